from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestGiving(ServiceCase):
    """Whose work what is due is: given to somebody, many at once, or of the village where one serves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.worker, cls.other = cls.env["bphs.worker"].create(
            [
                {"name": name, "institution_id": cls.clinic_a1.id, "profession": "village_doctor", "user_id": user}
                for name, user in (("赵村医", cls.user["village_doctor_a1"].id), ("钱护士", False))
            ]
        )
        for resident in (cls.zhang, cls.wang):
            resident.group_ids = [Command.create({"kind": "hypertension", "date_from": cls.today - timedelta(days=80)})]
        cls.env.flush_all()
        cls.rows = cls.env["bphs.followup"].search(
            [("resident_id", "in", (cls.zhang | cls.wang).ids), ("state", "in", ("open", "overdue"))]
        )

    def dialog(self, key, rows, worker):
        chosen = {"active_model": "bphs.followup", "active_ids": rows.ids}
        return self.as_user(key, "bphs.followup.assign").with_context(**chosen).create({"worker_id": worker.id})

    def mine(self, key):
        rows = self.as_user(key, "bphs.followup")
        return rows.search([("is_mine", "=", True), ("id", "in", self.rows.ids)])

    def test_it_says_how_many_and_whose_before(self):
        first = self.rows.filtered(lambda row: row.resident_id == self.zhang)
        self.dialog("team_leader_a", first, self.other).action_assign()
        told = self.dialog("team_leader_a", self.rows, self.worker).told
        self.assertIn(f"{len(self.rows)} things due, of {len(self.rows.plan_id)} plans of 2 people", told)
        self.assertIn(f"钱护士 {len(first.plan_id)}", told)
        self.assertIn("nobody", told)

    def test_given_is_theirs_and_what_nobody_has_is_whose_village_it_is(self):
        self.assertEqual(self.mine("village_doctor_a1"), self.rows.with_user(self.user["village_doctor_a1"]))
        self.assertFalse(self.mine("team_leader_a"), "of the clinics below, not of the hospital itself")
        first = self.rows.filtered(lambda row: row.resident_id == self.zhang)
        self.dialog("team_leader_a", first, self.other).action_assign()
        self.assertEqual(self.mine("village_doctor_a1").resident_id, self.wang)
        row = self.as_user("village_doctor_a1", first[0])
        self.assertEqual((row.is_mine, row.worker_id.name), (False, "钱护士"))
        unassigned = self.env["bphs.followup"].search([("worker_id", "=", False), ("id", "in", self.rows.ids)])
        self.assertEqual(unassigned, self.rows - first)
        self.dialog("team_leader_a", first, self.env["bphs.worker"]).action_assign()
        self.assertEqual(len(self.mine("village_doctor_a1")), len(self.rows))
        rest = self.as_user("village_doctor_a1", "bphs.followup").search(
            [("is_mine", "=", False), ("id", "in", self.rows.ids)]
        )
        self.assertFalse(rest)

    def test_a_row_made_anew_stays_whose_it_was(self):
        self.dialog("team_leader_a", self.rows, self.other).action_assign()
        self.visit("village_doctor_a1", self.zhang, result="satisfied")
        new = self.env["bphs.followup"].search([("plan_id", "in", self.rows.plan_id.ids)])
        self.assertEqual(set(new.mapped("worker_id.name")), {"钱护士"})

    def test_in_sets(self):
        dialog = self.dialog("team_leader_a", self.rows, self.other)
        self.env.flush_all()
        few = self.rows.filtered(lambda row: row.resident_id == self.zhang)
        self.dialog("team_leader_a", few, self.worker).action_assign()
        self.env.flush_all()
        count = self.env.cr.sql_log_count
        dialog.action_assign()
        self.assertLess(self.env.cr.sql_log_count - count, 40)

    def test_who_may(self):
        with self.no_right("create", "bphs.followup.assign"):
            self.dialog("village_doctor_a1", self.rows, self.other)
        with self.refused("Choose what is due"):
            self.dialog("township_public_health_b", self.rows, self.env["bphs.worker"]).action_assign()
        with self.denied("not within your scope"):
            self.dialog("township_public_health_b", self.rows, self.other)
