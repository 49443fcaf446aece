from odoo import Command
from odoo.tests import tagged

from .common import EvaluationCase


@tagged("post_install", "-at_install")
class TestSample(EvaluationCase):
    def setUp(self):
        super().setUp()
        self.round.action_start()
        self.sample = self.as_user("primary_care_officer", "bphs.evaluation.sample").create(
            {
                "name": "随访记录核实",
                "evaluation_id": self.round.id,
                "size": 12,
                "frame_ids": [
                    Command.create(
                        {"unit_id": unit.id, "is_abnormal": abnormal, "references": self._numbers(letter, 40)}
                    )
                    for unit, letter, abnormal in ((self.township_a, "a", True), (self.township_b, "b", False))
                ],
            }
        )

    def _numbers(self, letter, count):
        return "\n".join(f"{letter}{number:04d}" for number in range(count))

    def _records(self, unit, drawn=True):
        records = self.sample.record_ids.filtered(lambda record: record.unit_id == unit)
        return records.filtered(lambda record: not record.stands_in_for) if drawn else records

    def _verify(self, unit, **counts):
        """Give the drawn records of a unit verdicts, the first of each kind first."""
        verdicts = [verdict for verdict, count in counts.items() for _one in range(count)]
        records = self.as_user("evaluator", self._records(unit))
        for record, verdict in zip(records, verdicts + ["genuine"] * (len(records) - len(verdicts)), strict=True):
            record.verdict = verdict

    def test_an_abnormal_unit_is_drawn_twice_as_densely(self):
        self.sample.action_draw()
        self.assertEqual((len(self._records(self.township_a)), len(self._records(self.township_b))), (8, 4))
        everything = self.sample.record_ids.mapped("reference")
        self.assertEqual(len(set(everything)), len(everything), "reserve and sample are disjoint")
        self.assertEqual(len(everything), 36)

    def test_a_draw_is_made_once_and_replays(self):
        with self.refused("was drawn and stays as it was"):
            self.sample.action_finish()
        self.assertFalse(self.sample._is_repeatable())
        self.sample.action_draw()
        self.assertEqual(self.sample.action_repeat()["params"]["type"], "success")
        with self.refused("was drawn and stays as it was"):
            self.sample.action_draw()
        with self.refused("was drawn and stays as it was"):
            self.sample.frame_ids[0].references = "a1"
        self.sample.record_ids[0].sudo().reference = "zz"
        self.assertEqual(self.sample.action_repeat()["params"]["type"], "danger")

    def test_the_worst_come_first_and_the_draw_replays(self):
        self.sample.method = "worst"
        frame = self.sample.frame_ids.filtered(lambda one: one.unit_id == self.township_a)
        worst = {"a0003": 4, "a0017": 1, "a0031": 2}
        lines = [f"{one} {worst[one]}" if one in worst else one for one in self._numbers("a", 40).split()]
        frame.references = "\n".join(lines)
        self.assertEqual(frame.frame_size, 40)
        self.sample.action_draw()
        self.assertLessEqual(set(worst), set(self._records(self.township_a).mapped("reference")))
        self.assertTrue(self.sample._is_repeatable())
        everything = self.sample.record_ids.mapped("reference")
        self.assertEqual(len(set(everything)), len(everything), "reserve and sample are disjoint")

    def test_records_and_doubts_come_from_who_keeps_them(self):
        sample = self.as_user("primary_care_officer", "bphs.evaluation.sample").create(
            {"name": "随访记录核实", "evaluation_id": self.round.id}
        )
        samples, institutions = self.env.registry["bphs.evaluation.sample"], self.env.registry["bphs.institution"]
        self.patch(samples, "_frames_of", lambda *_args: {})
        with self.refused("no records of the period are kept here"):
            sample.action_fill()
        held = {self.township_a.id: {"V12": 0, "V7": 2}, self.township_b.id: {"V9": 0}}
        doubts = {self.clinic_a1.id: (0, 2), self.clinic_a2.id: (0, 1), self.township_b.id: (0, 2)}
        asked = []
        self.patch(samples, "_frames_of", lambda _self, units, first, last: asked.append((first, last)) or held)
        self.patch(institutions, "_abnormal_counts", lambda _self, first, last: doubts)
        sample.action_fill()
        self.assertEqual(asked, [(self.q1.date_start, self.q1.date_end)])
        frames = {frame.unit_id: frame for frame in sample.frame_ids}
        first, second = frames[self.township_a], frames[self.township_b]
        self.assertEqual((first.references, first.frame_size), ("V12\nV7 2", 2))
        self.assertEqual((first.is_abnormal, first.hard_count, first.soft_count), (True, 0, 3))
        self.assertEqual((second.is_abnormal, second.soft_count), (False, 2))
        sample.action_fill()
        self.assertEqual(len(sample.frame_ids), 2, "taken again, each unit stands once")
        self.env["ir.config_parameter"].set_param("bphs_evaluation.soft_doubts", 2)
        sample.action_fill()
        self.assertTrue(second.is_abnormal)
        sample.action_draw()
        with self.refused("was drawn and stays as it was"):
            sample.action_fill()

    def test_who_runs_the_round_takes_the_records(self):
        with self.no_right("write", "bphs.evaluation.sample"):
            self.as_user("evaluator", self.sample).action_fill()

    def test_nothing_that_tells_of_a_person_is_a_reference(self):
        frame = self.sample.frame_ids[0]
        for told in ("张三", "990499197001010017", "13800000000", "a1\na1"):
            with self.refused("行"):
                frame.references = told
        with self.refused("is not evaluated in this round"):
            self.sample.frame_ids = [Command.create({"unit_id": self.clinic_a1.id, "references": "x1"})]

    def test_no_unit_learns_what_is_drawn_of_it(self):
        self.sample.action_draw()
        for model in ("bphs.evaluation.sample", "bphs.evaluation.sample.record", "bphs.evaluation.sample.frame"):
            self.assertFalse(self.as_user("township_director_a", model).search([]))
        with self.no_right("read", "bphs.evaluation.sample.record"):
            self.as_user("village_doctor_a1", "bphs.evaluation.sample.record").search([])

    def test_a_reserve_stands_in_for_who_cannot_be_reached(self):
        self.sample.action_draw()
        first = self.as_user("evaluator", self._records(self.township_a)[0])
        reserve = self.sample.record_ids.filtered(lambda one: one.stands_in_for == first.reference)[0]
        reserve = self.as_user("evaluator", reserve)
        with self.refused("stands in only where"):
            reserve.verdict = "genuine"
        first.is_unreachable = True
        with self.refused("its reserve is verified"):
            first.verdict = "genuine"
        self.assertFalse(first._settled())
        reserve.verdict = "genuine"
        self.assertTrue(first._settled())
        self.assertEqual(reserve.checked_by_id, self.user["evaluator"])
        with self.refused("was drawn"):
            reserve.reference = "another"

    def test_the_ladder_reaches_the_sheets(self):
        scheme = self.scheme.copy()
        scheme.red_line_ids.trigger = "cap"
        scheme.item_ids.filtered(lambda item: item.code == "A1").takes_verdicts = True
        self.round = self._plan(
            "primary_care_officer", self.bureau, self.q2, self.township_a | self.township_b, scheme=scheme
        )
        self.round.action_start()
        self.sample.evaluation_id = self.round
        self.sample.size = 60
        self.sample.frame_ids.is_abnormal = False
        self.sample.action_draw()
        with self.refused("60 records have no verdict yet"):
            self.sample.action_finish()
        self._verify(self.township_a, false=3)
        self._verify(self.township_b, false=1, partly=1)
        self.sample.action_finish()
        frames = {frame.unit_id: frame for frame in self.sample.frame_ids}
        self.assertEqual(
            [(frames[unit].untrue_text, frames[unit].consequence) for unit in (self.township_a, self.township_b)],
            [("10.00%", "cap"), ("5.00%", "zero")],
        )
        self.sample.action_apply()
        first, second = self._sheet(self.township_a), self._sheet(self.township_b)
        self.assertEqual(first.crossing_ids.red_line_id.code, "R1")
        self.assertFalse(second.crossing_ids)
        # From 5 % untrue on the item is nothing, whatever the scheme would give for 93 %.
        for sheet, rate in ((first, "10.00%"), (second, "5.00%")):
            line = self._line(sheet, "A1")
            self.assertEqual((line.result_text, line.score), ("0/30", 0))
            self.assertIn(f"30 records verified, {rate} untrue: the item is nothing", line.note)
        self.sample.action_apply()
        self.assertEqual(len(first.crossing_ids), 1)

    def _taking(self, size):
        """A round one of whose items takes the verified rate, and the sample of A drawn for it."""
        scheme = self.scheme.copy()
        scheme.item_ids.filtered(lambda item: item.code == "A1").takes_verdicts = True
        self.round = self._plan(
            "primary_care_officer", self.bureau, self.q2, self.township_a | self.township_b, scheme=scheme
        )
        self.round.action_start()
        self.sample.evaluation_id = self.round
        self.sample.size = size
        self.sample.frame_ids.filtered(lambda one: one.unit_id == self.township_b).unlink()
        self.sample.action_draw()

    def test_below_the_ladder_the_item_is_in_proportion(self):
        self._taking(25)
        self._verify(self.township_a, false=1)
        self.sample.action_finish()
        self.sample.action_apply()
        line = self._line(self._sheet(self.township_a), "A1")
        self.assertEqual((line.result_text, line.score), ("24/25", 40))
        self.assertFalse(self.sample.can_double)
        with self.refused("no unit has so many untrue records"):
            self.sample.action_double()

    def test_a_unit_with_untrue_records_is_drawn_twice_as_much(self):
        self._taking(10)
        with self.refused("was drawn and stays as it was"):
            self.sample.action_double()
        self._verify(self.township_a, false=1)
        self.sample.action_finish()
        self.assertTrue(self.sample.can_double)
        action = self.sample.action_double()
        more = self.sample.search(action["domain"])
        self.assertEqual((more.doubles_id, more.size, more.state), (self.sample, 20, "draft"))
        self.assertFalse(self.sample.can_double)
        with self.refused("was doubled already"):
            self.sample.action_double()
        # Of 40 records 10 were looked at; none of them is drawn a second time.
        self.assertEqual(more.frame_ids.frame_size, 30)
        more.action_draw()
        first = set(self._records(self.township_a).mapped("reference"))
        self.assertFalse(first & set(more.record_ids.mapped("reference")))
        self.assertTrue(more._is_repeatable())
        for record in self.as_user("evaluator", more.record_ids.filtered(lambda one: not one.stands_in_for)):
            record.verdict = "genuine"
        more.action_finish()
        more.action_apply()
        # Both together: one of thirty.
        line = self._line(self._sheet(self.township_a), "A1")
        self.assertEqual(line.result_text, "29/30")
        self.assertIn("30 records verified, 3.33% untrue", line.note)

    def test_the_ladder_is_the_countys(self):
        self.env["ir.config_parameter"].set_param("bphs_evaluation.cap", 30)
        self.assertEqual(self.sample._ladder().cap, 30)

    def test_no_untrue_record_is_not_told_as_an_item_of_nothing(self):
        frames = self.env["bphs.evaluation.sample.frame"].with_context(lang="zh_CN")
        told = dict(frames._fields["consequence"]._description_selection(frames.env))
        effects = dict(self.env["bphs.evaluation.red.line"]._fields["effect"]._description_selection(frames.env))
        self.assertNotEqual(told["none"], effects["zero"])

    def test_a_record_opens_where_lists_are_cards(self):
        action = self.env.ref("bphs_evaluation.bphs_evaluation_sample_record_action")
        self.assertEqual(action.view_mode, "list,kanban,form")
