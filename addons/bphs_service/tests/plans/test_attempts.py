from datetime import timedelta

from odoo.tests import Form, tagged

from ..common import ServiceCase

KINDS = ("unreachable", "agreed", "refused", "moved", "in_hospital", "dead", "wrong_number")


@tagged("post_install", "-at_install")
class TestAttempts(ServiceCase):
    """Tried in vain: nothing is closed by it, no count changes, and in the end somebody is left in peace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.env["bphs.resident.group"].create(
            [
                {"resident_id": cls.wang.id, "kind": kind, "date_from": cls.today - timedelta(100)}
                for kind in ("hypertension", "diabetes")
            ]
        )
        cls.plan = cls.wang.plan_ids.filtered(lambda plan: plan.code == "hypertension")
        cls.Attempt = cls.as_user("village_doctor_a1", cls.env["bphs.followup.attempt"])
        cls.rows = cls.env["bphs.followup"].search([("resident_id", "=", cls.wang.id)])

    def attempt(self, days_ago=0, kind="unreachable", **vals):
        day = self.today - timedelta(days_ago)
        made = self.Attempt.create({"plan_id": self.plan.id, "kind": kind, "made_on": day, **vals})
        self.env.invalidate_all()
        return made

    def states(self):
        """:return dict: id -> state, muted or not as one"""
        self.env.invalidate_all()
        as_one = {"muted": "to do", "open": "to do", "overdue": "to do"}
        return {row.id: as_one.get(row.state, row.state) for row in self.rows.search([("id", "in", self.rows.ids)])}

    def past_due(self):
        return self.rows.search([("is_past_due", "=", True), ("resident_id", "=", self.wang.id)])

    def test_an_attempt_changes_no_count(self):
        before, late, visits = self.states(), self.past_due(), self.Visit.search_count([])
        self.assertTrue(late)
        for at, kind in enumerate(KINDS):
            agreed = {"agreed_on": self.today + timedelta(5)} if kind == "agreed" else {}
            self.attempt(len(KINDS) - at, kind, **agreed)
            self.assertEqual(self.states(), before, kind)
            self.assertEqual(self.past_due(), late, kind)
            self.rows._recompute(self.wang.plan_ids)
            self.assertEqual(self.states(), before, kind)
        self.assertEqual(self.Visit.search_count([]), visits)
        self.assertEqual(self.wang.last_service_on, False)
        self.assertTrue(self.rows.filtered(lambda row: row.state == "muted"))
        self.assertTrue(all(row.is_past_due for row in late))

    def test_three_different_days_leave_them_in_peace_until_a_day(self):
        self.attempt(5)
        self.attempt(5)
        self.attempt(2)
        self.assertFalse(self.plan.mute_ids)
        self.assertFalse(self.plan.is_unreached)
        third = self.attempt(0, "wrong_number")
        mute = self.plan.mute_ids
        self.assertEqual((mute.date_from, mute.date_to), (self.today, self.today + timedelta(30)))
        self.assertEqual(mute.attempt_id, third.sudo(False))
        # Whoever is not reached for one thing is not called for the other either.
        muted = self.rows.filtered(lambda row: row.state == "muted")
        self.assertTrue({"hypertension", "diabetes"} <= set(muted.plan_id.mapped("code")))
        self.assertFalse(self.rows.search([("state", "in", ["open", "overdue"]), ("id", "in", self.rows.ids)]))
        self.assertTrue(self.plan.is_unreached)
        self.assertIn(self.plan, self.plan.search([("is_unreached", "=", True)]))
        self.assertNotIn(self.plan, self.plan.search([("is_unreached", "=", False)]))

    def test_a_visit_begins_the_count_anew(self):
        self.attempt(5)
        self.attempt(4)
        self.visit("village_doctor_a1", self.wang, result="satisfied", mode="phone", done_on=self.today - timedelta(2))
        self.attempt(0)
        self.assertFalse(self.plan.mute_ids)

    def test_what_is_agreed_is_left_until_the_day_before(self):
        self.attempt(0, "agreed", agreed_on=self.today + timedelta(9))
        self.assertEqual(self.plan.mute_ids.date_to, self.today + timedelta(8))
        with self.refused("Say for which day it was agreed."):
            self.attempt(0, "agreed")
        with self.refused("It is agreed for a day after the attempt."):
            self.attempt(0, "agreed", agreed_on=self.today)
        with self.refused("An attempt cannot have been made on a day to come."):
            self.attempt(-1)

    def test_what_was_agreed_for_a_day_gone_by_mutes_nothing(self):
        self.attempt(9, "agreed", agreed_on=self.today - timedelta(3))
        self.assertFalse(self.plan.mute_ids)

    def test_who_died_or_moved_is_told_to_the_register(self):
        self.attempt()
        for kind, step in (("dead", "died"), ("moved", "out")):
            action = self.attempt(0, kind).action_next()
            self.assertEqual(action["res_model"], "bphs.resident.moving")
            self.assertEqual(action["context"]["default_kind"], step)
            self.assertEqual(action["context"]["default_resident_id"], self.wang.id)
        self.assertEqual(self.attempt(0, "refused").action_next()["type"], "ir.actions.act_window_close")

    def test_the_dialog_asks_what_came_of_it(self):
        row = self.as_user("village_doctor_a1", self.rows.filtered(lambda row: row.plan_id == self.plan)[0])
        action = row.action_attempt()
        with Form(self.Attempt.with_context(**action["context"])) as form:
            form.kind = "refused"
        attempt = form.save()
        self.assertEqual((attempt.plan_id, attempt.resident_id), (row.plan_id, row.resident_id))
        self.assertTrue(attempt.worker_id == attempt.env["bphs.visit"]._own_worker())

    def test_it_is_written_once_and_within_scope(self):
        attempt = self.attempt()
        with self.refused("an entry once made is never changed or deleted"):
            attempt.write({"note": "改"})
        with self.refused("an entry once made is never changed or deleted"):
            attempt.sudo().unlink()
        stranger = self.as_user("village_doctor_b1", self.env["bphs.followup.attempt"])
        with self.denied("not within your scope"):
            stranger.create({"plan_id": self.plan.id, "kind": "unreachable"})
        self.assertFalse(stranger.search([]))
        with self.refused("not written by hand"):
            self.plan.mute_ids.with_user(self.user["village_doctor_a1"]).create(
                {"plan_id": self.plan.id, "reason": "外出", "attempt_id": attempt.id}
            )

    def test_reading_is_entered_in_the_log(self):
        attempt = self.attempt()
        log = self.env["bphs.resident.access"]
        before = log.search_count([("resident_id", "=", self.wang.id)])
        attempt.read(["kind"])
        self.assertGreater(log.search_count([("resident_id", "=", self.wang.id)]), before)

    def test_what_not_everybody_sees_reaches_nobody(self):
        for days in (9, 6, 3):
            self.attempt(days)
        self.assertTrue(self.plan.is_unreached)
        visit = self.visit("village_doctor_a1", self.wang, "hypertension")
        self.env.invalidate_all()
        self.assertFalse(self.plan.is_unreached)
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [visit.id])
        self.env.invalidate_all()
        self.assertTrue(self.plan.is_unreached)

    def test_an_attempt_is_of_a_plan(self):
        with self.refused("for which plan"):
            self.Attempt.create({"kind": "unreachable"})
        with self.no_right("create", "bphs.followup.attempt"):
            self.as_user("auditor", "bphs.followup.attempt").create({"kind": "unreachable"})
