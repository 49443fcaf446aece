from datetime import date

from odoo.tests import Form, tagged

from ..common import TeamCase


@tagged("post_install", "-at_install")
class TestBalance(TeamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Team._county_today()
        for village in (cls.village_a1, cls.village_a2):
            cls.team_a1._take_village(village, date(2025, 1, 1), seen=cls.Team.browse())
        for team, worker in ((cls.team_a1, cls.gp_a), (cls.team_a2, cls.nurse_a)):
            team._take_member(worker, "gp", 100, date(2025, 1, 1))

    def dialog(self, key="team_leader_a"):
        model = self.as_user(key, "bphs.team.balance")
        return Form(model.with_context(default_institution_id=self.township_a.id))

    def test_it_is_explained_changed_and_accepted(self):
        form = self.dialog()
        dialog = form.save()
        line = dialog.line_ids
        self.assertEqual((line.seen_team_id, line.team_id), (self.team_a1, self.team_a2))
        self.assertIn("甲镇二队", line.why)
        self.assertIn("甲镇一队", dialog.comparison)
        self.assertFalse(self.team_a2.village_ids, "nothing moves by itself")
        dialog.action_accept()
        self.assertEqual(self.team_a2.village_ids.division_id, line.division_id)

    def test_what_is_not_chosen_stays(self):
        dialog = self.dialog().save()
        dialog.line_ids.chosen = False
        with self.refused("No move is chosen"):
            dialog.action_accept()

    def test_a_village_without_a_team_is_proposed_to_one(self):
        self.env["bphs.team.village"].search([("division_id", "=", self.village_a2.id)]).unlink()
        dialog = self.dialog().save()
        first = dialog.line_ids[0]
        self.assertEqual((first.division_id, first.seen_team_id.id), (self.village_a2, False))
        dialog.action_accept()
        self.assertFalse(self.Team._villages_without_team(self.today) & (self.village_a1 | self.village_a2))

    def test_who_balances(self):
        with self.no_right("create", "bphs.team.balance"):
            self.as_user("township_public_health_a", "bphs.team.balance").create({"institution_id": self.township_a.id})
        with self.denied("Institution"):
            self.as_user("township_director_b", "bphs.team.balance").create({"institution_id": self.township_a.id})
