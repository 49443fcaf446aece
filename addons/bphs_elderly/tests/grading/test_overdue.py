from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page
from odoo.addons.bphs_team.tests.common import TeamCase

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestOverdue(GradingCase, TeamCase):
    """Overdue visits of colours are told to the team's leader, then to the section, by the county's own days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = date(2026, 3, 1)
        cls.man = cls.make("赵大年", cls.village_a1, "19550601", 11)
        cls.env["bphs.team.village"].create(
            {"team_id": cls.team_a1.id, "division_id": cls.village_a1.id, "date_from": "2025-01-01"}
        )
        cls.gp_a.user_id = cls.user["team_leader_a"]
        cls.team_a1.leader_id = cls.gp_a
        cls.visit("village_doctor_a1", cls.man, "elder_exam", done_on=cls.day)
        vals = {"resident_id": cls.man.id, "kind": "adl_score", "value": "0"}
        cls.as_user("village_doctor_a1", "bphs.elderly.outside").create(vals)
        cls.on(2026, 3, 2)
        # Red from today: due within a week.
        cls.visit("village_doctor_a1", cls.man, "elder_follow", systolic=186, diastolic=80)

    def setUp(self):
        super().setUp()
        self.on(2026, 3, 2)

    def told(self):
        """:return dict: user -> summary of the reminder, after a night"""
        self.Team._cron_remind_elders()
        self.env.flush_all()
        return {reminder.user_id: reminder.summary for reminder in self.team_a1._reminder_activities()}

    def listed(self, key, level="team_leader"):
        return self.as_user(key, "bphs.followup").search([("elder_told_to", "in", [level])]).resident_id

    def test_first_the_leader_then_the_section_hears_of_it(self):
        leader, section = self.user["team_leader_a"], self.user["primary_care_officer"]
        self.on(2026, 3, 11)
        self.assertFalse(self.told(), "two days overdue is nobody's affair yet")
        self.assertFalse(self.listed("team_leader_a"))
        self.on(2026, 3, 12)
        self.assertEqual(list(self.told()), [leader])
        self.assertEqual(self.listed("team_leader_a"), self.man)
        self.assertFalse(self.listed("team_leader_a", "section"))
        self.assertFalse(self.listed("team_leader_b"))
        self.on(2026, 3, 16)
        told = self.told()
        self.assertEqual(set(told), {leader, section})
        self.assertRegex(told[section], r"甲镇一队\D+1\D+1\D*", "the team, how many, and how many of them for long")
        self.assertEqual(self.listed("team_leader_a", "section"), self.man)

    def test_what_stands_is_kept_and_what_is_done_is_taken_back(self):
        self.on(2026, 3, 16)
        self.told()
        standing = self.team_a1._reminder_activities()
        self.on(2026, 3, 17)
        self.told()
        self.assertEqual(self.team_a1._reminder_activities(), standing, "nobody hears of it anew each night")
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=130, diastolic=80)
        self.assertFalse(self.told())

    def test_a_reminder_is_ended_by_who_has_it_and_by_no_other(self):
        self.on(2026, 3, 12)
        self.told()
        (reminder,) = self.team_a1._reminder_activities()
        for key in ("auditor", "leader"):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.ask(key, "mail.activity", "action_done", reminder.ids)
        self.assertTrue(reminder.active)
        self.ask("team_leader_a", "mail.activity", "action_feedback", reminder.ids, feedback="已打电话")
        self.assertEqual((reminder.active, reminder.feedback), (False, "已打电话"))

    def test_where_nobody_leads_the_section_steps_in(self):
        self.team_a1.leader_id = False
        self.env["res.users"].search([]).filtered(
            lambda user: user._holds_role(("team_leader",)) and user != self.env.user
        ).active = False
        self.on(2026, 3, 12)
        self.assertEqual(list(self.told()), [self.user["primary_care_officer"]])

    def test_the_days_are_the_countys(self):
        rung = self.env.ref("bphs_elderly.bphs_elderly_rung_worse_team_leader")
        self.as_user("primary_care_officer", rung).days = 1
        self.on(2026, 3, 10)
        self.assertEqual(list(self.told()), [self.user["team_leader_a"]])
        with self.no_right("write", "bphs.elderly.rung"):
            self.as_user("team_leader_a", rung).days = 30

    def test_figures_and_their_lists_for_whoever_may_have_them(self):
        self.on(2026, 3, 16)
        team = self.as_user("team_leader_a", self.team_a1)
        self.assertEqual((team.elders_overdue, team.elders_overdue_long), (1, 1))
        action = team.action_elders_overdue()
        rows = self.as_user("team_leader_a", "bphs.followup").search(action["domain"])
        self.assertEqual(len(rows), team.elders_overdue)
        with self.refused("sees the figures of teams here"):
            self.as_user("primary_care_officer", self.team_a1).action_elders_overdue()
        page = check_page(self, self.env(user=self.user["primary_care_officer"]))
        lines = {line["label"]: line["figure"] for card in page["cards"] for line in card["lines"]}
        self.assertEqual(lines["Teams with visits of colours overdue for long"], "1")

    def test_a_visit_for_a_disease_that_is_the_one_for_the_colour_is_told_like_it(self):
        other = self.make("钱大年", self.village_a1, "19560601", 12)
        self.on(2026, 3, 2)
        vals = {"resident_id": other.id, "kind": "hypertension", "date_from": "2026-03-01"}
        self.env["bphs.resident.group"].create(vals)
        self.visit("village_doctor_a1", other, "elder_follow", done_on=self.day)
        rows = self.env["bphs.followup"].search([("resident_id", "=", other.id)], order="due_on")
        self.assertEqual(self.colour(other), "yellow")
        self.assertNotIn("yellow", rows.clock_id.mapped("code"), "the disease asks for as many")
        row = rows.filtered(lambda one: one.clock_id.code == "hypertension")[0]
        self.on(*(row.due_on + timedelta(6)).timetuple()[:3])
        self.assertNotIn(other, self.listed("team_leader_a"))
        self.on(*(row.due_on + timedelta(7)).timetuple()[:3])
        self.assertIn(other, self.listed("team_leader_a"))
        self.assertEqual(row.elder_told_to, "team_leader")
        self.assertNotIn(other, self.listed("team_leader_a", "section"))
        count = self.as_user("team_leader_a", self.team_a1).elders_overdue
        action = self.as_user("team_leader_a", self.team_a1).action_elders_overdue()
        self.assertEqual(self.as_user("team_leader_a", "bphs.followup").search_count(action["domain"]), count)
        self.on(*(row.due_on + timedelta(21)).timetuple()[:3])
        self.assertEqual(row.elder_told_to, "section")

    def test_a_file_for_named_persons_is_counted_for_them_alone(self):
        self.env["bphs.resident.group"].create({"resident_id": self.man.id, "kind": "smi", "date_from": "2026-03-01"})
        self.on(2026, 3, 16)
        self.assertFalse(self.told())
        self.assertEqual(self.as_user("team_leader_a", self.team_a1).elders_overdue, 0)
        self.name_person("team_leader_a")
        self.assertEqual(self.as_user("team_leader_a", self.team_a1).elders_overdue, 1)
