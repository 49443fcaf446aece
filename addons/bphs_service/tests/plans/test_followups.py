from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestFollowups(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.env["bphs.resident.group"].create(
            {"resident_id": cls.wang.id, "kind": "hypertension", "date_from": cls.today - timedelta(95)}
        )
        cls.plan = cls.wang.plan_ids.filtered(lambda plan: plan.code == "hypertension")

    def states(self):
        rows = self.plan.followup_ids.sorted("opens_on")
        return [(row.kind, row.state) for row in rows if row.state != "planned"]

    def test_a_visit_closes_what_is_due_at_once(self):
        self.assertIn(self.states(), ([("due", "overdue")], [("due", "open")]))
        visit = self.visit("village_doctor_a1", self.wang, result="satisfied", mode="home")
        self.assertEqual(self.states(), [("due", "done")])
        self.assertEqual(self.plan.followup_ids.filtered("visit_id").visit_id, visit)
        visit.action_void("没有做")
        self.assertIn(self.states(), ([("due", "overdue")], [("due", "open")]))

    def test_a_call_closes_none(self):
        self.visit("village_doctor_a1", self.wang, result="satisfied", mode="phone")
        self.assertNotIn(("due", "done"), self.states())

    def test_one_record_serves_every_plan(self):
        self.env["bphs.resident.group"].create(
            {"resident_id": self.wang.id, "kind": "diabetes", "date_from": self.today - timedelta(95)}
        )
        visit = self.visit("village_doctor_a1", self.wang, "chronic", result="satisfied")
        closed = self.env["bphs.followup"].search([("visit_id", "=", visit.id)])
        self.assertEqual(sorted(closed.clock_id.mapped("code")), ["diabetes", "hypertension"])

    def test_twice_uncontrolled_is_referred(self):
        self.visit("village_doctor_a1", self.wang, result="uncontrolled", done_on=self.today - timedelta(30))
        self.visit(
            "village_doctor_a1", self.wang, result="uncontrolled", mode="phone", done_on=self.today - timedelta(2)
        )
        self.assertEqual(self.states(), [("due", "done"), ("recheck", "late"), ("referral", "open")])

    def test_lists_and_states_are_one_definition(self):
        rows = self.env["bphs.followup"].search([("plan_id", "in", self.wang.plan_ids.ids)])
        for state in set(rows.mapped("state")):
            found = rows.search([("plan_id", "in", self.wang.plan_ids.ids), ("state", "=", state)])
            self.assertEqual(found, rows.filtered(lambda row, state=state: row.state == state))
        self.assertFalse(rows.search([("plan_id", "=", self.plan.id), ("state", "=", "missed")]))

    def test_a_mute_takes_it_off_the_list(self):
        self.env["bphs.plan.mute"].create({"plan_id": self.plan.id, "reason": "外出"})
        self.env.invalidate_all()
        self.assertEqual(self.states(), [("due", "muted")])

    def test_recording_opens_the_form_that_closes_it(self):
        row = self.as_user("village_doctor_a1", self.plan.followup_ids.sorted("opens_on")[0])
        context = row.action_record()["context"]
        self.assertEqual(context["default_template_id"], self.form("hypertension").id)
        self.assertEqual(context["default_resident_id"], self.wang.id)

    def test_the_night_changes_nothing_and_makes_what_is_wanting(self):
        facts = ["plan_id", "kind", "key", "opens_on", "due_on", "closes_on", "missed_from", "closed_on"]
        rows = self.env["bphs.followup"].search([], order="plan_id, kind, key")
        before = rows.read(facts)
        of_wang = {(row.clock_id.code, row.key, row.due_on) for row in rows if row.resident_id == self.wang}
        self.assertTrue(of_wang)
        with mute_logger("odoo.addons.queue_job.delay"):
            self.env["bphs.plan"].with_context(queue_job__no_delay=True)._cron_bring_up()
        self.assertEqual(rows.search([], order="plan_id, kind, key").read(facts), before)
        self.env.cr.execute("DELETE FROM bphs_followup; DELETE FROM bphs_plan")
        self.env.invalidate_all()
        self.env["bphs.plan"]._bring_up_institution(self.clinic_a1.id)
        made = self.env["bphs.followup"].search([("resident_id", "=", self.wang.id)])
        self.assertEqual({(row.clock_id.code, row.key, row.due_on) for row in made}, of_wang)

    def test_nobody_writes_a_row(self):
        row = self.as_user("village_doctor_a1", self.plan.followup_ids[0])
        with self.no_right("write", "bphs.followup"):
            row.write({"due_on": self.today})
