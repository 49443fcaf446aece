from datetime import timedelta

from odoo.tests import Form, tagged

from odoo.addons.bphs_base.tests.home import check_page

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestExceptions(ServiceCase):
    """A team leader sees what goes wrong; a row is put off with a reason, or the person sent on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        # Of a quarter: not due yet; due three days ago; due twenty days ago.
        cls.fresh, cls.late, cls.long = cls.wang, cls.zhang, cls.make("赵久拖", cls.village_a1, "19600101", 21)
        for resident, days in ((cls.fresh, 70), (cls.late, 95), (cls.long, 112)):
            cls.env["bphs.resident.group"].create(
                {"resident_id": resident.id, "kind": "hypertension", "date_from": cls.today - timedelta(days)}
            )
        cls.env.flush_all()

    def exceptions(self, key="team_leader_a", **only):
        asked = [("is_exception", "=", True), ("clock_id.code", "=", "hypertension")]
        return self.as_user(key, "bphs.followup").search([*asked, *only.items()])

    def row(self, resident, key="village_doctor_a1"):
        rows = self.as_user(key, "bphs.followup").search(
            [("resident_id", "=", resident.id), ("clock_id.code", "=", "hypertension"),
             ("state", "in", ("open", "overdue", "muted"))]
        )  # fmt: skip
        return rows[:1]

    def test_what_is_due_is_no_exception_and_what_is_long_late_is_one(self):
        self.assertEqual(self.row(self.late).state, "overdue")
        rows = self.exceptions()
        self.assertEqual(rows.resident_id, self.long)
        self.assertTrue(rows.is_exception)
        self.assertIn(f"{(self.today - rows.due_on).days} days past its day", rows.exception_words)
        self.assertFalse(self.row(self.fresh).is_exception)
        self.env["ir.config_parameter"].set_param("bphs_service.exception_days", "2")
        self.assertEqual(self.exceptions().resident_id, self.long | self.late)
        others = self.as_user("team_leader_a", "bphs.followup").search([("is_exception", "=", False)])
        self.assertFalse(others & self.exceptions())

    def test_a_mute_hides_none_of_them(self):
        row = self.row(self.long)
        row.plan_id.mute_ids.create({"plan_id": row.plan_id.id, "reason": "外出"})
        self.assertEqual(row.state, "muted")
        self.assertEqual(self.exceptions(), row.sudo(False))

    def test_who_is_in_danger_or_not_reached_is_one_at_once(self):
        self.visit("village_doctor_a1", self.fresh, "elder_exam", systolic=190)
        attempts = self.as_user("village_doctor_a1", "bphs.followup.attempt")
        for days in (8, 5, 2):
            attempts.create({"plan_id": self.row(self.late).plan_id.id, "kind": "unreachable",
                             "made_on": self.today - timedelta(days)})  # fmt: skip
        self.env.invalidate_all()
        found = {row.resident_id: row.exception_words for row in self.exceptions()}
        self.assertEqual(set(found), {self.fresh, self.late, self.long})
        self.assertEqual(found[self.fresh], "in danger")
        self.assertIn("not reached", found[self.late])

    def test_the_leaders_first_screens(self):
        menu = self.env.ref("bphs_service.menu_exceptions")
        self.assertLess(menu.sequence, self.env.ref("bphs_service.menu_due").sequence, "the app opens on it")
        for key, there in (("team_leader_a", True), ("village_doctor_a1", False)):
            menus = self.env["ir.ui.menu"].with_user(self.user[key])._visible_menu_ids()
            self.assertEqual(menu.id in menus, there, key)
        self.assertIn("search_default_exception", menu.action.context)
        page = check_page(self, self.env(user=self.user["team_leader_a"]))
        (card,) = (card for card in page["cards"] if card["key"] == "services")
        told = {line["label"]: line["figure"] for line in card["lines"]}
        self.assertGreaterEqual(int(told["More than 7 days past their day"]), 1)
        doctor = check_page(self, self.env(user=self.user["village_doctor_a1"]))
        (card,) = (card for card in doctor["cards"] if card["key"] == "services")
        self.assertIn("Due by today", [line["label"] for line in card["lines"]])

    def test_a_row_is_put_off_until_a_day_with_a_reason(self):
        row = self.row(self.late)
        action = row.action_postpone()
        form = Form(
            self.as_user("village_doctor_a1", "bphs.plan.mute").with_context(**action["context"]),
            view=action["views"][0][0],
        )
        form.date_to = self.today + timedelta(10)
        form.reason = "秋收，十天后回村"
        mute = form.save()
        self.assertEqual((mute.plan_id, mute.date_from), (row.plan_id, self.today))
        row.invalidate_recordset()
        self.assertEqual((row.state, row.is_past_due), ("muted", True), "it forgives nothing")
        with self.denied("not within your scope"):
            row.with_user(self.user["village_doctor_b1"]).action_postpone()
        with self.no_right("create", "bphs.plan.mute"):
            row.with_user(self.user["township_director_a"]).action_postpone()

    def test_a_row_leads_to_a_referral_with_what_was_seen_last(self):
        self.visit("village_doctor_a1", self.late, systolic=168, diastolic=96, mode="phone", result="uncontrolled")
        row = self.row(self.late)
        context = row.action_refer()["context"]
        self.assertEqual(context["default_resident_id"], self.late.id)
        self.assertIn("168/96", context["default_summary"])
        given = {name.removeprefix("default_"): value for name, value in context.items()}
        referral = self.as_user("village_doctor_a1", "bphs.referral").create(
            {**given, "to_key": str(self.township_a.id)}
        )
        self.assertEqual((referral.resident_id, referral.reason), (self.late, row.clock_id.name))
        self.assertFalse(self.row(self.fresh).action_refer()["context"]["default_summary"])

    def test_all_that_is_due_in_a_house_is_one_tap_away(self):
        home = self.env["bphs.household"].create({"division_id": self.village_a1.id, "nickname": "老槐树家"})
        (self.late | self.long).household_id = home
        row = self.row(self.late)
        action = row.action_house()
        self.assertEqual(action["name"], "老槐树家")
        rows = self.as_user("village_doctor_a1", "bphs.followup").search(action["domain"])
        self.assertEqual(rows.resident_id, self.late | self.long)
        self.assertEqual(len(rows), row.house_more + 1)
        alone = self.row(self.fresh)
        self.assertEqual(alone.search(alone.action_house()["domain"]), alone)
        with self.denied("not within your scope"):
            row.with_user(self.user["village_doctor_b1"]).action_house()
