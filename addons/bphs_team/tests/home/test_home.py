from datetime import date, timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.bphs_base.tests.common import ROLES
from odoo.addons.bphs_base.tests.home import check_page

from ...tools.roles import BOARD_READERS
from ..common import TeamCase
from ..contract_case import ContractCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestHome(TeamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Team._county_today()
        cls.team_a1._take_member(cls.gp_a, "gp", 100, date(2025, 1, 1))

    def page(self, key):
        page = check_page(self, self.env(user=self.user[key]))
        return {row["key"]: row for row in page["waiting"]}, {card["key"]: card for card in page["cards"]}

    def test_who_has_the_exceptions(self):
        for role in ROLES:
            key = next(name for name in self.user if name.startswith(role))
            self.assertEqual("teams" in self.page(key)[1], role in BOARD_READERS, role)

    def test_a_managers_morning(self):
        self.team_a1._take_village(self.village_a1, date(2025, 1, 1), seen=self.Team.browse())
        absence = self.env["bphs.team.absence"].create({"worker_id": self.gp_a.id, "date_to": self.today + DAY})
        self.as_user("team_leader_a", "bphs.handover").create(
            {"worker_id": self.gp_a.id, "successor_id": self.nurse_a.id}
        )
        for key in ("township_director_a", "team_leader_a"):
            waiting, cards = self.page(key)
            counts = {name: row["count"] for name, row in waiting.items()}
            self.assertEqual([counts[name] for name in ("team_village", "team_absence", "handover")], [1, 1, 1])
            # What other modules add to the card stands after these.
            figures = [line["figure"] for line in cards["teams"]["lines"]][:8]
            self.assertEqual(figures, ["2", "0", "0", "2", "2", "0", "1", "0"])
        self.assertFalse({"team_absence", "handover"} & set(self.page("township_director_b")[0]))
        absence.substitute_id = self.nurse_a
        self.assertNotIn("team_absence", self.page("team_leader_a")[0])

    def test_who_has_not_been_seen_for_days(self):
        self.gp_a.user_id = self.user["team_leader_a"]
        unseen = self.env["bphs.worker"]._unseen
        self.assertNotIn(self.gp_a.id, unseen(), "of who left no trace nothing is said")
        self.as_user("team_leader_a", self.zhang)._log_access("change")
        self.env.flush_all()
        self.assertNotIn(self.gp_a.id, unseen())
        self.env.cr.execute(SQL("ALTER TABLE bphs_resident_access DISABLE TRIGGER USER"))
        self.env.cr.execute(
            SQL(
                "UPDATE bphs_resident_access SET date = date - interval '20 days' WHERE user_id = %s",
                self.gp_a.user_id.id,
            )
        )
        self.assertIn(self.gp_a.id, unseen())
        self.env["bphs.team.absence"].create({"worker_id": self.gp_a.id, "date_to": self.today + DAY})
        self.assertNotIn(self.gp_a.id, unseen())

    def test_what_named_persons_alone_see_is_no_trace_for_others(self):
        leader = self.user["team_leader_a"]
        self.gp_a.user_id = leader
        self.as_user("team_leader_a", self.zhang)._log_access("change")
        self.env.flush_all()
        self.env.cr.execute(SQL("ALTER TABLE bphs_resident_access DISABLE TRIGGER USER"))
        back = "UPDATE bphs_resident_access SET date = date - interval '20 days' WHERE user_id = %s"
        self.env.cr.execute(SQL(back, leader.id))
        self.env["bphs.resident.group"].create({"resident_id": self.wang.id, "kind": "smi", "date_from": "2020-01-01"})
        self.as_user("team_leader_a", self.wang)._log_access("change")
        self.as_user("team_leader_a", self.wang)._log_access("list")
        self.assertIn(self.gp_a.id, self.as_user("township_director_a", "bphs.worker")._unseen())
        self.name_person("township_director_a")
        self.assertNotIn(self.gp_a.id, self.as_user("township_director_a", "bphs.worker")._unseen())

    def test_a_village_is_given_from_the_list(self):
        action = self.as_user("team_leader_a", self.village_a2).action_open_team()
        self.assertEqual(action["context"]["default_division_id"], self.village_a2.id)

    def test_a_steep_fall_of_services(self):
        """Twenty last month and eight this: what counts are the last two whole months."""
        end = self.today.replace(day=1)
        package = self.env["bphs.package"].create({"code": "F", "name": "包", "date_from": "2025-01-01"})
        people = [self.make(f"人{at}", self.village_a1, "19600101", at) for at in range(20, 40)]
        self.env.flush_all()
        for person in people:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO bphs_contract (resident_id, team_id, package_id, signed_on, date_from, months,"
                    " date_to, until, state, source) VALUES (%s, %s, %s, %s, %s, 60, %s, %s, 'running', 'desk')",
                    person.id, self.team_a1.id, package.id, end - 100 * DAY, end - 100 * DAY, end + 800 * DAY,
                    end + 801 * DAY,
                )
            )  # fmt: skip
        services = self.env["bphs.service.record"]

        def serve(number, day):
            services.create(
                [
                    {"resident_id": one.id, "date": day, "worker_id": self.gp_a.id, "kind": "care"}
                    for one in people[:number]
                ]
            )

        fallen = [("has_fallen", "=", True)]
        serve(20, (end - DAY).replace(day=1) - DAY)
        serve(11, end - DAY)
        self.assertFalse(self.as_user("township_director_a", "bphs.team").search(fallen))
        services.search([("date", "=", end - DAY)], limit=1).action_void("录错了")
        self.assertEqual(self.as_user("township_director_a", "bphs.team").search(fallen), self.team_a1)
        self.assertEqual((self.team_a1.services_before, self.team_a1.services_last), (20, 10))
        self.env["ir.config_parameter"].set_param("bphs_team.fall_percent", "60")
        self.assertFalse(self.as_user("township_director_a", "bphs.team").search(fallen))


@tagged("post_install", "-at_install")
class TestHomeContracts(ContractCase):
    """What is wrong with contracts; whoever answers for several townships comes to the teams, and not to people."""

    def cards(self, key):
        page = check_page(self, self.env(user=self.user[key]))
        return {card["key"]: card for card in page["cards"]}

    def test_the_section_comes_down_to_the_team(self):
        self.sign(self.zhang, date_from=date(2025, 4, 1))
        self.sign(self.wang)
        lines = self.cards("primary_care_officer")["contracts"]["lines"]
        self.assertEqual([line["model"] for line in lines], ["bphs.team", "bphs.contract.figure", "bphs.team"])
        self.assertEqual([line["figure"] for line in lines], ["1", "0", "0"])
        teams = self.as_user("primary_care_officer", "bphs.team").search(lines[0]["domain"])
        self.assertEqual(teams, self.team_a1)
        self.assertEqual((teams.signed_count, teams.ending_count, teams.has_ending), (2, 1, True))
        self.assertFalse(self.as_user("primary_care_officer", "bphs.contract").search([]))
        # The month that was fixed says who was never served.
        self.env["bphs.contract.figure"]._fix(date(2026, 2, 1))
        card = self.cards("primary_care_officer")["contracts"]
        self.assertEqual([line["figure"] for line in card["lines"]], ["1", "1", "0"])
        self.assertIn("2026-02", card["note"])

    def test_a_leader_comes_to_the_people(self):
        self.sign(self.zhang, date_from=date(2025, 4, 1))
        lines = self.cards("team_leader_a")["contracts"]["lines"]
        self.assertEqual({line["model"] for line in lines}, {"bphs.contract"})

    def test_numbers_of_a_team_are_of_ones_own_scope_and_of_no_hidden_file(self):
        self.sign(self.zhang, date_from=date(2025, 4, 1))
        doctor = self.as_user("village_doctor_a2", self.team_a1)
        self.assertEqual((doctor.signed_count, doctor.ending_count), (0, 0))
        with self.denied("You do not have enough rights to access the field"):
            self.as_user("leader", self.team_a1).read(["signed_count"])
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_resident SET restricted = TRUE WHERE id = %s", [self.zhang.id])
        self.env.invalidate_all()
        self.assertEqual(self.as_user("primary_care_officer", self.team_a1).signed_count, 0)
        self.assertFalse(self.as_user("primary_care_officer", "bphs.team").search([("has_ending", "=", True)]))
