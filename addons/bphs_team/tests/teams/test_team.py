from psycopg2.errors import ExclusionViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import TeamCase


@tagged("post_install", "-at_install")
class TestTeam(TeamCase):
    def test_a_village_has_one_team_on_a_day(self):
        rows = self.env["bphs.team.village"]
        rows.create({"team_id": self.team_a1.id, "division_id": self.village_a1.id, "date_from": "2026-01-01"})
        with mute_logger("odoo.sql_db"), self.refused("bphs_team_village_one_team_at_a_time", kind=ExclusionViolation):
            rows.create({"team_id": self.team_a2.id, "division_id": self.village_a1.id, "date_from": "2026-03-01"})

    def test_a_team_belongs_to_a_township(self):
        with self.refused("a team belongs to a township's hospital or centre"):
            self.team("C1", "村队", self.clinic_a1)
        with self.refused("A team stays with its township"):
            self.as_user("primary_care_officer", self.team_a1).institution_id = self.township_b

    def test_a_team_is_closed_by_its_step_alone(self):
        for key in ("team_leader_a", "township_director_a", "primary_care_officer"):
            for method, *vals in (
                ("write", {"date_to": "2026-12-31"}),
                ("write", {"active": False}),
                ("action_archive",),
            ):
                with self.subTest(f"{key}, {method}"), self.refused("is set by the system"):
                    self.ask(key, "bphs.team", method, self.team_a1.ids, *vals)

    def test_who_sees_a_team(self):
        seen = {
            key: self.as_user(key, self.Team).search([]) for key in ("village_doctor_a1", "leader", "team_leader_b")
        }
        self.assertEqual(seen["village_doctor_a1"], self.team_a1 | self.team_a2)
        self.assertEqual(seen["team_leader_b"], self.team_b1)
        self.assertIn(self.team_b1, seen["leader"])
