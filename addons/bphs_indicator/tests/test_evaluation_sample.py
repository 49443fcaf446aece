from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.bphs_evaluation.tests.common import EvaluationCase

from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestEvaluationSample(EvaluationCase, IndicatorCase):
    """A round is drawn of service records, by numbers; here alone they become records again."""

    def setUp(self):
        super().setUp()
        self.round.action_start()
        self.day = self.q1.date_end - timedelta(10)
        self.sample = self.as_user("primary_care_officer", "bphs.evaluation.sample").create(
            {"name": "随访记录核实", "evaluation_id": self.round.id, "size": 2, "method": "worst"}
        )

    def _visit(self, resident, **vals):
        visit = self.visit("village_doctor_a1", resident, done_on=self.day, complete=False, **vals)
        visit.sudo()._write_state({"state": "done"})
        return visit

    def _doubt(self, visit, state="found"):
        check = self.env["bphs.authenticity.check"].search([("hard", "=", False)], limit=1)
        finding = self.env["bphs.authenticity.finding"].create(
            {
                "check_id": check.id,
                "institution_id": visit.institution_id.id,
                "date_from": self.q1.date_start,
                "date_to": self.q1.date_end,
                "key": str(visit.id),
                "seen": "疑点",
            }
        )
        self.env["bphs.authenticity.evidence"].create({"finding_id": finding.id, "visit_id": visit.id})
        finding._write_state({"state": state})

    def test_frames_are_the_records_of_the_period_with_their_doubts(self):
        first, second, late = (self._visit(self.zhang) for _one in range(3))
        late.sudo()._write_state({"done_on": self.q2.date_start})
        self._doubt(second)
        self._doubt(first, "closed")
        self.sample.action_fill()
        frames = {frame.unit_id: frame for frame in self.sample.frame_ids}
        told = frames[self.township_a].references.split("\n")
        self.assertEqual(told, sorted([f"V{first.id}", f"V{second.id} 1"]))
        self.assertFalse(frames[self.township_b].references)
        self.assertEqual(frames[self.township_a].soft_count, 1)
        self.assertFalse(frames[self.township_a].is_abnormal)

    def test_files_for_named_persons_are_not_drawn(self):
        plain = self._visit(self.zhang)
        hidden = self._visit(self.zhang)
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [hidden.id])
        told = self.env["bphs.evaluation.sample"]._frames_of(self.township_a, self.q1.date_start, self.q1.date_end)
        self.assertEqual(told, {self.township_a.id: {f"V{plain.id}": 0}})
        self.env.cr.execute("UPDATE bphs_resident SET restricted = TRUE WHERE id = %s", [self.zhang.id])
        told = self.env["bphs.evaluation.sample"]._frames_of(self.township_a, self.q1.date_start, self.q1.date_end)
        self.assertFalse(any(told.values()))

    def test_typed_numbers_lead_to_no_records_of_others(self):
        """Records of another unit, hidden ones, ones of another quarter and none: all are refused in the same words."""
        own, hidden, late = (self._visit(self.zhang) for _one in range(3))
        late.sudo()._write_state({"done_on": self.q2.date_start})
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [hidden.id])
        self.env.invalidate_all()
        self.sample.action_fill()
        frames = {frame.unit_id: frame for frame in self.sample.frame_ids}
        strange = "1 numbers are of no service record that it gave in the period, the first: V{}."
        frames[self.township_b].references = f"X1\nV{own.id}"
        with self.refused(strange.format(own.id)):
            self.sample.action_draw()
        frames[self.township_b].references = "X1"
        for typed in (hidden.id, late.id, max(own.id, hidden.id, late.id) + 1000):
            frames[self.township_a].references = f"V{own.id} 1\nV{typed}"
            with self.refused(strange.format(typed)):
                self.sample.action_draw()
        frames[self.township_a].references = f"V{own.id}"
        self.sample.action_draw()
        self.assertEqual(set(self.sample.record_ids.mapped("reference")), {f"V{own.id}", "X1"})

    def test_what_was_found_untrue_leaves_the_work_of_its_unit(self):
        visits = self.Visit.union(*(self._visit(self.zhang) for _one in range(3)))
        self.sample.size = 3
        self.sample.action_fill()
        self.sample.action_draw()
        records = {record.reference: record for record in self.as_user("county_specialist", self.sample.record_ids)}
        for visit, verdict in zip(visits, ("false", "partly", "genuine"), strict=True):
            records[f"V{visit.id}"].write({"verdict": verdict, "finding": "本人称未接受随访"})
        untrue = self.env["bphs.authenticity.evidence"]._untrue
        self.assertFalse(untrue(visits))
        self.sample.action_finish()
        self.assertEqual(untrue(visits), {visits[0].id})
        finding = self.env["bphs.authenticity.finding"].search([("check_id.code", "=", "evaluated")])
        self.assertEqual(
            (finding.institution_id, finding.state, len(finding.evidence_ids)), (self.clinic_a1, "verified", 2)
        )
        # The unit looks abnormal to the next sample.
        days = (self.q1.date_start, self.q1.date_end)
        self.assertEqual(self.env["bphs.institution"]._abnormal_counts(*days), {self.clinic_a1.id: (1, 0)})

    def test_what_evaluations_found_is_looked_for_by_no_check(self):
        check = self.env.ref("bphs_indicator.authenticity_check_evaluated")
        with self.refused("is looked for by none of the checks at night"):
            check.active = True
        self.env["bphs.authenticity.finding"]._find(self.q1.date_start, self.q1.date_end)

    def test_a_record_drawn_is_opened_by_who_may_see_it(self):
        visit = self._visit(self.zhang)
        self.sample.action_fill()
        self.sample.action_draw()
        record = self.sample.record_ids
        self.assertEqual(record.reference, f"V{visit.id}")
        action = self.as_user("primary_care_officer", record).action_open_record()
        self.assertEqual((action["res_model"], action["res_id"]), ("bphs.visit", visit.id))
        with self.denied("by those who look after residents"):
            self.as_user("evaluator", record).action_open_record()
        record.sudo().reference = "X1"
        with self.refused("X1 is no service record kept here"):
            self.as_user("primary_care_officer", record).action_open_record()

    def test_what_was_typed_before_it_was_asked_leads_to_no_record_of_others(self):
        """A sample drawn by an earlier release holds what was typed: another unit's record, or another quarter's."""
        own, late, elsewhere, draft = (self._visit(self.zhang) for _one in range(4))
        self.sample.action_fill()
        self.sample.write({"size": 1, "reserves": 0})
        self.sample.action_draw()
        late.sudo()._write_state({"done_on": self.q2.date_start})
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET state = 'draft' WHERE id = %s", [draft.id])
        self.env.cr.execute(
            "UPDATE bphs_visit SET institution_id = %s WHERE id = %s", [self.clinic_b1.id, elsewhere.id]
        )
        self.env.invalidate_all()
        record = self.as_user("primary_care_officer", self.sample.record_ids[:1])
        self.sample.record_ids.sudo().write({"verdict": "false", "finding": "本人称未接受随访"})
        for visit in (late, elsewhere, draft):
            record.sudo().reference = f"V{visit.id}"
            with self.denied("This record is not yours to see"):
                record.action_open_record()
            self.sample.sudo()._tell_untrue()
            self.assertFalse(self.env["bphs.authenticity.evidence"]._untrue(visit), "it stays work of its unit")
        record.sudo().reference = f"V{own.id}"
        record.action_open_record()

    def test_a_record_that_is_hidden_since_is_refused_as_none(self):
        visit = self._visit(self.zhang)
        self.sample.action_fill()
        self.sample.action_draw()
        record = self.as_user("primary_care_officer", self.sample.record_ids)
        log = self.env["bphs.resident.access"]
        before = log.search_count([])
        for hide, of in (
            ("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", visit),
            ("UPDATE bphs_resident SET restricted = TRUE WHERE id = %s", self.zhang),
            ("UPDATE bphs_evaluation_sample_record SET reference = 'V2000000000' WHERE id = %s", record),
        ):
            self.env.flush_all()
            self.env.cr.execute(hide, [of.id])
            self.env.invalidate_all()
            with self.denied("This record is not yours to see"):
                record.action_open_record()
        self.assertEqual(log.search_count([]), before)
