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
        self.assertEqual(self._line(first, "A1").result_text, "27/30")
        self.sample.action_apply()
        self.assertEqual(len(first.crossing_ids), 1)

    def test_the_ladder_is_the_countys(self):
        self.env["ir.config_parameter"].set_param("bphs_evaluation.cap", 30)
        self.assertEqual(self.sample._ladder().cap, 30)
