from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import TeamCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestBoard(TeamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Team._county_today()
        cls.team_a1._take_village(cls.village_a1, date(2025, 1, 1), seen=cls.Team.browse())
        cls.team_a1._take_member(cls.gp_a, "gp", 50, date(2025, 1, 1))

    def board(self, key, *arguments):
        board = self.as_user(key, self.Team).board(*arguments)
        return board, {team["name"]: team for team in board["teams"]}

    def test_what_a_township_sees(self):
        board, teams = self.board("township_director_a")
        self.assertEqual(set(teams), {"甲镇一队", "甲镇二队"})
        self.assertEqual([card["name"] for card in board["free"]], ["甲二村"])
        self.assertEqual([card["name"] for card in teams["甲镇一队"]["villages"]], ["甲一村"])
        self.assertEqual(teams["甲镇一队"]["capacity"], 1000)
        self.assertTrue(board["may_assign"])
        self.assertEqual(self.board("township_director_b")[0]["free"][0]["name"], "乙一村")
        self.assertFalse(self.board("leader")[0]["may_assign"])

    def test_where_no_services_are_planned_load_is_weighted_by_key_groups(self):
        self.enterContext(patch.object(self.env.registry["bphs.team"], "_expected_load", lambda *_asked: None))
        # Two live in the village: one of them over 65, with high blood pressure.
        self.zhang.group_ids = [Command.create({"kind": "hypertension"})]
        head = self.board("team_leader_a")[1]["甲镇一队"]
        self.assertEqual((head["people"], head["load"]), (2, 7))  # 2 + 1.5 + 3, half up
        self.env["bphs.team.weight"].search([("kind", "=", "hypertension")]).weight = 0
        board, teams = self.board("team_leader_a")
        self.assertEqual((board["expected"], teams["甲镇一队"]["load"]), (False, 4))

    def test_where_they_are_load_is_what_is_told(self):
        def told(_team, division_ids, _day):
            return SQL("SELECT id, 12.5 FROM bphs_division WHERE id = ANY(%s)", division_ids)

        self.enterContext(patch.object(self.env.registry["bphs.team"], "_expected_load", told))
        board, teams = self.board("team_leader_a")
        head = teams["甲镇一队"]
        self.assertEqual((board["expected"], head["people"], head["load"]), (True, 2, 13))
        self.assertEqual(head["villages"][0]["load"], 13)
        self.assertEqual(self.team_a1.load, 13)

    def test_who_has_much_more_to_do_than_others(self):
        self.team_a2._take_member(self.nurse_a, "gp", 100, date(2025, 1, 1))
        teams = self.as_user("township_director_a", self.Team)
        mine = self.team_a1 | self.team_a2
        # All that is to do lies with half a doctor, none with a whole one.
        self.assertEqual(teams.search([("is_heavy", "=", True), ("id", "in", mine.ids)]), self.team_a1)
        self.assertEqual([team.is_heavy for team in mine], [True, False])
        heads = self.board("township_director_a")[1]
        self.assertEqual([heads[team.name]["heavy"] for team in mine], [True, False])
        self.env["ir.config_parameter"].set_param("bphs_team.heavy_percent", "400")
        self.assertFalse(teams.search([("is_heavy", "=", True), ("id", "in", mine.ids)]))

    def test_files_for_named_persons_are_in_no_figure(self):
        self.wang.group_ids = [Command.create({"kind": "smi"})]
        self.name_person("team_leader_a")
        for key in ("team_leader_a", "township_director_a", "leader"):
            self.assertEqual(self.board(key)[1]["甲镇一队"]["people"], 1, key)

    def test_gaps_and_the_limit(self):
        self.assertIn("×", self.team_a1._lacks_text({"nurse": 2}, {"nurse": "护士"}))
        teams = self.as_user("primary_care_officer", self.Team)
        mine = self.team_a1 | self.team_a2 | self.team_b1
        self.assertEqual(teams.search([("has_gap", "=", True), ("id", "in", mine.ids)]), mine)
        # Nobody in the other teams may answer for anybody, but they have no people.
        self.assertFalse(teams.search([("is_over", "=", True), ("id", "in", mine.ids)]))
        self.env["bphs.team.post"].search([("role", "=", "gp")]).people = 2
        self.assertEqual(teams.search([("is_over", "=", True), ("id", "in", mine.ids)]), self.team_a1)
        self.assertTrue(self.team_a1.is_over)

    def test_a_past_and_a_coming_day(self):
        self.team_a2._take_village(self.village_a1, self.today + DAY, seen=self.team_a1)
        now, soon = (self.board("team_leader_a", False, str(day))[1] for day in (self.today, self.today + DAY))
        self.assertEqual(len(now["甲镇一队"]["villages"]), 1)
        self.assertFalse(soon["甲镇一队"]["villages"])
        self.assertFalse(self.board("team_leader_a", False, "2024-01-01")[0]["teams"])

    def test_a_past_day_names_who_led_then(self):
        yesterday = str(self.today - DAY)
        self.team_a1.leader_id = self.gp_a
        self.assertEqual(self.board("team_leader_a", False, yesterday)[1]["甲镇一队"]["leader"], "")
        self.env["bphs.team.lead"].search([("team_id", "=", self.team_a1.id)]).date_from = date(2025, 1, 1)
        self.team_a1.leader_id = self.nurse_a
        then, now = (self.board("team_leader_a", False, day)[1]["甲镇一队"] for day in (yesterday, str(self.today)))
        self.assertEqual((then["leader"], now["leader"]), ("周医生", "吴护士"))
        self.assertEqual([card["leads"] for card in then["members"]], [True])
        # Changed and changed back on one day is no change.
        self.team_a1.leader_id = self.gp_a
        rows = self.env["bphs.team.lead"].search([("team_id", "=", self.team_a1.id)])
        self.assertEqual([(row.worker_id, row.date_from, row.date_to) for row in rows],
                         [(self.gp_a, date(2025, 1, 1), False)])  # fmt: skip
        self.gp_a.sudo()._leave(self.today - DAY)
        self.assertEqual(rows.date_to, self.today - DAY)
        self.assertFalse(self.team_a1.leader_id)

    def test_a_team_begun_with_its_leader(self):
        team = self.team("A9", "甲镇九队", self.township_a, leader_id=self.gp_a.id)
        self.assertEqual(team.lead_ids.date_from, date(2025, 1, 1))
        self.assertEqual(team._leaders_on(date(2025, 2, 1)), {team.id: self.gp_a})
        team.leader_id = False
        self.assertEqual(team._leaders_on(self.today)[team.id], self.Team.leader_id.browse())

    def test_who_is_away_and_who_stands_in(self):
        absences = self.as_user("township_director_a", "bphs.team.absence")
        absence = absences.create({"worker_id": self.gp_a.id, "date_from": self.today, "date_to": self.today + 3 * DAY})
        card = self.board("team_leader_a")[1]["甲镇一队"]["members"][0]
        self.assertEqual((card["away"], card["substitute"]), (str(self.today + 3 * DAY), ""))
        self.assertEqual(absences.search(absences._without_substitute(self.today)), absence)
        absence.substitute_id = self.nurse_a
        self.assertEqual(self.board("team_leader_a")[1]["甲镇一队"]["members"][0]["substitute"], "吴护士")
        with self.refused("is away too"):
            absences.create(
                {"worker_id": self.nurse_a.id, "date_from": self.today, "date_to": self.today,
                 "substitute_id": self.gp_a.id}
            )  # fmt: skip

    def test_how_many_queries_a_board_takes(self):
        self.env.invalidate_all()
        self.board("team_leader_a")
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.board("team_leader_a")
