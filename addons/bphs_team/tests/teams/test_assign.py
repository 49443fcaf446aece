from datetime import date, timedelta

from odoo.tests import Form, tagged

from ..common import TeamCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestAssign(TeamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Team._county_today()
        cls.none = cls.Team.browse()
        cls.team_a1._take_village(cls.village_a1, date(2025, 1, 1), seen=cls.none)

    def give(self, key, team, village, day, seen):
        teams = self.as_user(key, self.Team)
        teams.browse(team.ids)._take_village(self.as_user(key, village), day, seen=teams.browse(seen.ids))

    def test_a_village_moves_from_a_day(self):
        self.give("township_director_a", self.team_a2, self.village_a1, self.today + DAY, self.team_a1)
        rows = self.env["bphs.team.village"].search([("division_id", "=", self.village_a1.id)], order="date_from")
        self.assertEqual(rows.team_id, self.team_a1 | self.team_a2)
        self.assertEqual(rows.mapped("date_to"), [self.today, False])
        on = {day: self.zhang._team_on(day).get(self.zhang.id) for day in (self.today, self.today + DAY)}
        self.assertEqual(on, {self.today: self.team_a1.id, self.today + DAY: self.team_a2.id})
        with self.refused("goes to 甲镇二队"):
            self.give("township_director_a", self.team_a2, self.village_a1, self.today, self.team_a1)

    def test_what_somebody_else_changed_is_not_overwritten(self):
        self.give("team_leader_a", self.team_a2, self.village_a1, self.today, self.team_a1)
        with self.refused("is with 甲镇二队", "changed meanwhile"):
            self.give("township_director_a", self.team_a2, self.village_a1, self.today, self.team_a1)

    def test_a_day_on_which_it_began_is_corrected(self):
        self.give("team_leader_a", self.team_a2, self.village_a1, self.today, self.team_a1)
        self.give("team_leader_a", self.team_a1, self.village_a1, self.today, self.team_a2)
        rows = self.env["bphs.team.village"].search([("division_id", "=", self.village_a1.id)], order="date_from")
        self.assertEqual(rows.team_id, self.team_a1)

    def test_history_stays(self):
        with self.refused("is history"):
            self.give("team_leader_a", self.team_a2, self.village_a1, date(2025, 6, 1), self.team_a1)

    def test_a_village_of_another_township_does_not_come(self):
        with self.refused("does not serve 乙一村"):
            self.give("primary_care_officer", self.team_a1, self.village_b1, self.today, self.none)

    def test_who_assigns(self):
        with self.denied("Teams are set up by"):
            self.give("township_public_health_a", self.team_a2, self.village_a1, self.today, self.team_a1)
        with self.denied("this record is not yours to change"):
            self.give("township_director_b", self.team_a2, self.village_a1, self.today, self.team_a1)
        with self.no_right("write", "bphs.team.village"):
            self.as_user("township_director_a", self.team_a1.village_ids).date_to = self.today

    def test_the_dialog_of_a_village(self):
        action = self.as_user("team_leader_a", self.team_a1.village_ids).action_open_move()
        form = Form(self.as_user("team_leader_a", "bphs.team.change").with_context(**action["context"]))
        self.assertEqual(form.seen_team_id, self.team_a1)
        form.team_id = self.team_a2
        form.save().action_confirm()
        self.assertEqual(self.wang.team_id, self.team_a2)

    def test_a_resident_who_moved_was_with_the_team_of_the_old_village(self):
        self.give("team_leader_a", self.team_a2, self.village_a2, date(2025, 1, 1), self.none)
        self.wang._move("within", self.today, division=self.village_a2, evidence="迁移证")
        self.assertEqual(self.wang.team_id, self.team_a2)
        self.assertEqual(self.wang._team_on(self.today - DAY), {self.wang.id: self.team_a1.id})

    def test_members_join_move_and_leave(self):
        leader = self.as_user("team_leader_a", self.team_a1)
        gp = self.as_user("team_leader_a", self.gp_a)
        leader._take_member(gp, "gp", 60, self.today - 10 * DAY)
        with self.refused("serves 甲镇一队 in this role"):
            leader._take_member(gp, "gp", 60, self.today)
        action = leader.member_ids.action_open_move()
        form = Form(self.as_user("team_leader_a", "bphs.team.change").with_context(**action["context"]))
        form.team_id = self.team_a2
        form.date = self.today
        dialog = form.save()
        dialog.action_confirm()
        self.assertEqual(self.team_a1.member_ids.date_to, self.today - DAY)
        self.assertEqual(self.team_a2.member_ids.worker_id, self.gp_a)
        with self.refused("left 甲镇一队"):
            dialog.action_confirm()

    def test_who_leaves_the_county_leaves_the_teams(self):
        self.team_a1._take_member(self.worker_a1, "village_doctor", 100, self.today - 10 * DAY)
        self.team_a2._take_member(self.worker_a1, "village_doctor", 50, self.today + DAY)
        self.worker_a1._leave(self.today)
        self.assertEqual(self.worker_a1.member_ids.team_id, self.team_a1)
        self.assertEqual(self.worker_a1.member_ids.date_to, self.today)

    def test_a_team_closes_without_villages(self):
        with self.refused("is responsible for 甲一村 still"):
            self.as_user("primary_care_officer", self.team_a1)._close(self.today)
        self.as_user("primary_care_officer", self.team_a2)._close(self.today)
        self.assertFalse(self.team_a2.active)
        with self.refused("does not stand"):
            self.give("team_leader_a", self.team_a2, self.village_a1, self.today, self.team_a1)
