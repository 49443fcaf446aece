from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTeams(TransactionCase):
    """The teams of the demo county, and what a manager finds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.teams = cls.env["bphs.team"].search([("institution_id.code", "=like", "140404%")])
        cls.today = cls.teams._county_today()

    def test_every_township_has_teams(self):
        self.assertEqual(len(self.teams.institution_id), 13)
        self.assertEqual(len(self.teams), 31)
        free = self.teams._villages_without_team(self.today)
        self.assertEqual(set(free.parent_id.mapped("name")), {"荫城镇", "八义镇"})

    def test_a_managers_morning(self):
        wrong = {
            "over": self.teams.search([("is_over", "=", True)]).mapped("name"),
            "gap": self.teams.search([("has_gap", "=", True)]).mapped("institution_id.name"),
        }
        self.assertIn("荫城镇第一家庭医生团队", wrong["over"])
        self.assertLessEqual(len(wrong["over"]), 3)
        self.assertEqual(set(wrong["gap"]), {"北呈乡卫生院", "西火镇卫生院"})
        absences = self.env["bphs.team.absence"]
        self.assertEqual(absences.search_count(absences._without_substitute(self.today)), 1)
        self.assertEqual(self.env["bphs.handover"].search([]).mapped("state"), ["planned"])

    def test_a_past_day_is_not_today(self):
        moved = self.env["bphs.team.village"].search([("date_to", "!=", False)])
        self.assertEqual(len(moved), 1)
        on = {day: self.teams._villages_by_team(day) for day in (moved.date_to, self.today)}
        self.assertIn(moved.division_id.id, on[moved.date_to][moved.team_id.id])
        self.assertNotIn(moved.division_id.id, on[self.today][moved.team_id.id])

    def test_as_many_have_signed_as_the_notice_says_and_far_fewer_are_served(self):
        section = self.env["res.users"].search([("login", "=", "primarycare")])
        contracts = self.env["bphs.contract"].with_user(section)
        rates = {
            one["rate"]: one for one in contracts._told_rates("county", self.today.replace(month=1, day=1), self.today)
        }
        signed = rates["signed"]
        self.assertAlmostEqual(100 * signed["counted"] / signed["over"], 91.83, delta=0.1)
        self.assertIn("签约服务人口", signed["base"])
        self.assertLess(rates["person"]["counted"] / rates["person"]["over"], 0.5)
        self.assertTrue(rates["never"]["counted"])

    def test_a_specialist_came_and_comes_again(self):
        sessions = self.env["bphs.team.session"].search([], order="date")
        held, to_come = sessions
        self.assertEqual([one.state for one in sessions], ["done", "planned"])
        self.assertLess(held.date, self.today)
        self.assertGreater(to_come.date, self.today)
        self.assertGreaterEqual(held.named_count, 3)
        self.assertEqual(held.seen_count, held.named_count - 1, "one did not come")
        self.assertTrue(all(line.concern for line in sessions.line_ids))
        for line in held.line_ids.filtered("seen"):
            self.assertTrue(line.treatment and line.medicine and line.way_of_life)
            opened = self.env["bphs.resident.access"].search(
                [("resident_id", "=", line.resident_id.id), ("user_id", "=", held.specialist_id.user_id.id),
                 ("kind", "=", "open")]
            )  # fmt: skip
            self.assertEqual(opened.mapped("reason"), [held.with_context(lang="zh_CN")._reason()])
            self.assertEqual(opened.date.date(), held.date)
        quarter = [(day.year, (day.month - 1) // 3) for day in (held.date, self.today)]
        self.assertEqual(held.team_id.had_session, quarter[0] == quarter[1])
