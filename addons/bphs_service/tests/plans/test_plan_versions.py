from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestPlanVersions(ServiceCase):
    """Plans go on under the version of their clock that is in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.env["bphs.resident.group"].create(
            {"resident_id": cls.wang.id, "kind": "hypertension", "date_from": cls.today - timedelta(100)}
        )
        cls.plan = cls.wang.plan_ids.filtered(lambda plan: plan.code == "hypertension")
        cls.old = cls.plan.clock_id

    def publish(self, **vals):
        officer = self.as_user("primary_care_officer", self.old)
        new = officer.browse(officer.action_new_version()["res_id"])
        new.write(vals)
        with mute_logger("odoo.addons.queue_job.delay"):
            new.with_context(queue_job__no_delay=True).action_publish()
        self.env.invalidate_all()
        return new

    def test_a_new_version_brings_its_own_days(self):
        visit = self.visit("village_doctor_a1", self.wang, result="satisfied", done_on=self.today - timedelta(12))
        first = self.plan.followup_ids.filtered("visit_id")
        self.assertEqual((first.key, first.visit_id), ("1", visit))
        new = self.publish(every_number=2, before_days=20, after_days=20)
        self.assertEqual(self.plan.clock_id.id, new.id)
        self.assertEqual(self.plan.followup_ids.clock_id.ids, [new.id])
        told = {(row.kind, row.key, row.opens, row.due, row.visit) for row in self.plan._rows(self.today)}
        rows = self.plan.followup_ids
        found = {(row.kind, row.key, row.opens_on, row.due_on, str(row.visit_id.id or "") or None) for row in rows}
        self.assertTrue(found and told >= found)
        self.assertEqual(rows.filtered("visit_id").visit_id, visit)
        self.assertNotEqual(rows.mapped("due_on")[:2], [first.due_on])

    def test_a_plan_that_has_ended_stays_with_its_own(self):
        self.wang.group_ids.date_to = self.today - timedelta(3)
        self.assertEqual(self.plan.date_to, self.today - timedelta(3))
        self.publish(every_number=2, before_days=20, after_days=20)
        self.assertEqual(self.plan.clock_id, self.old)

    def test_what_is_counted_from_a_day_goes_on_under_such_a_clock_alone(self):
        new = self.publish(kind="yearly", year_starts="01-01")
        self.assertEqual(self.plan.clock_id.id, new.id)
        officer = self.as_user("primary_care_officer", new)
        other = officer.browse(officer.action_new_version()["res_id"])
        step = {"code": "1", "name": "一", "due_days": 30, "closes_days": 40}
        other.write({"kind": "schedule", "step_ids": [(0, 0, step)]})
        with mute_logger("odoo.addons.queue_job.delay"):
            other.with_context(queue_job__no_delay=True).action_publish()
        self.env.invalidate_all()
        self.assertEqual(self.plan.clock_id.id, new.id)

    def test_who_is_named_is_asked_once_until_a_clock_or_form_changes(self):
        clocks = self.env["bphs.clock"]
        before = clocks._sensitive_ids()
        with self.assertQueryCount(0):
            self.assertEqual(clocks._sensitive_ids(), before)
        draft = self.env.ref("bphs_service.bphs_clock_smi").copy()
        self.assertIn(draft.id, clocks._sensitive_ids())
        draft.unlink()
        self.assertEqual(clocks._sensitive_ids(), before)
        form = self.form("file_update").copy({"sensitive": True, "code": "named"})
        draft = clocks.create({"name": "甲", "code": "jia", "form_codes": "named"})
        self.assertIn(draft.id, clocks._sensitive_ids())
        form.sensitive = False
        self.assertNotIn(draft.id, clocks._sensitive_ids())
