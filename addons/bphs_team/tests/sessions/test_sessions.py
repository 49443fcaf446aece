from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged

from ..contract_case import TODAY, ContractCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestSessions(ContractCase):
    """A specialist comes to a team: its people are named, their files open on the day, the advice stands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.specialist = cls.worker("徐主任", "specialist", cls.bureau)
        cls.specialist.user_id = cls.user["county_specialist"]
        cls.Session = cls.env["bphs.team.session"]

    def session(self, *people, day=TODAY, agreed=True):
        session = self.as_user("primary_care_officer", self.Session).create(
            {"team_id": self.team_a1.id, "specialist_id": self.specialist.id, "date": day, "topic": "高血压、糖尿病"}
        )
        self.name(session, *people)
        if agreed:
            self.as_user("team_leader_a", session).action_agree()
        return session.sudo()

    def name(self, session, *people, key="team_leader_a"):
        lines = [Command.create({"resident_id": one.id, "concern": "血压控制不好"}) for one in people]
        self.as_user(key, session).line_ids = lines

    def line(self, session, resident=None, key="county_specialist"):
        lines = session.line_ids.filtered(lambda line: line.resident_id == (resident or self.zhang))
        return self.as_user(key, lines)

    def test_a_session_is_the_ticket_to_its_files(self):
        session = self.session(self.zhang, self.wang)
        with self.denied("Resident"):
            self.as_user("county_specialist", self.zhang).read(["name"])
        line = self.line(session)
        self.assertEqual(line.resident_id.display_name, "张*丰", "masked until it is opened")
        self.assertEqual(line.action_open_file()["res_id"], self.zhang.id)
        self.assertEqual(self.as_user("county_specialist", self.zhang).name, "张三丰")
        with self.denied("Resident"):
            self.as_user("county_specialist", self.wang).read(["name"])
        entry = self.log(self.zhang, kind="open").filtered(lambda one: one.user_id == self.user["county_specialist"])[
            :1
        ]
        self.assertEqual(entry.reason, f"Specialist's session {session.id} of 2026-03-10: 高血压、糖尿病")

    def test_on_its_day_for_its_specialist(self):
        session = self.session(self.zhang, day=TODAY + DAY)
        line = self.line(session)
        with self.refused("opened on its day alone"):
            line.action_open_file()
        session._write_state({"date": TODAY - DAY})
        self.assertFalse(line.may_advise)
        with self.refused("opened on its day alone"):
            line.action_open_file()
        session._write_state({"date": TODAY})
        self.assertTrue(line.may_advise)
        with self.denied("opened by its specialist"):
            self.line(session, key="team_leader_a").action_open_file()
        self.specialist.user_id = self.user["evaluator"]
        self.assertFalse(self.as_user("county_specialist", "bphs.team.session.line").search([]))

    def test_people_are_named_by_the_team_and_are_its_own(self):
        session = self.session(agreed=False)
        with self.refused("name the people first"):
            self.as_user("team_leader_a", session).action_agree()
        with self.refused("neither lives in a village of the team nor is signed with it"):
            self.name(session, self.li)
        self.sign(self.li, team=self.team_a1)
        self.name(session, self.li, key="township_public_health_a")
        with self.denied(""):
            self.name(session, self.zhang_b)
        for key in ("village_doctor_a1", "county_specialist", "primary_care_officer"):
            with self.subTest(key), self.denied(""):
                self.name(session, self.zhang, key=key)
        with self.denied("named by the team"):
            self.as_user("primary_care_officer", session).action_agree()
        self.as_user("team_leader_a", session).action_agree()
        with self.refused("cannot be changed now"):
            self.name(session, self.zhang)
        with self.refused("cannot be changed now"):
            self.as_user("primary_care_officer", session).date = TODAY + DAY
        self.as_user("team_leader_a", session).action_reopen()
        self.as_user("primary_care_officer", session).date = TODAY + DAY
        self.as_user("team_leader_a", session.line_ids).unlink()

    def test_what_cannot_be_agreed(self):
        over = self.session(self.zhang, day=TODAY - DAY, agreed=False)
        with self.refused("its day is over"):
            self.as_user("team_leader_a", over).action_agree()
        self.specialist.user_id = False
        session = self.session(self.zhang, agreed=False)
        with self.refused("no sign-in to open files with"):
            self.as_user("team_leader_a", session).action_agree()
        with self.refused("is no specialist at work"):
            session.specialist_id = self.gp_a
        with self.refused("never deleted"):
            session.unlink()

    def test_advice_is_written_once_the_file_is_open_and_stays(self):
        session = self.session(self.zhang, self.wang)
        line = self.line(session)
        advice = {"treatment": "两周后复测血压", "medicine": "氨氯地平 5 mg，每日一次", "way_of_life": "减盐，每日步行"}
        with self.denied(""):
            line.write(advice)
        line.action_open_file()
        with self.denied("opened by its specialist"):
            self.line(session, key="team_leader_a").write(advice)
        with self.refused("this step does not apply"):
            line.write({"concern": "改写"})
        line.write(advice)
        self.assertTrue(line.seen)
        self.as_user("county_specialist", session).action_close()
        self.assertEqual((session.state, session.named_count, session.seen_count), ("done", 2, 1))
        with self.refused("opened on its day alone"):
            line.write({"medicine": "停药"})
        told = self.as_user("village_doctor_a1", self.zhang)._timeline()
        self.assertIn(
            "Medicines Advised：氨氯地平 5 mg，每日一次",
            next(one["text"] for one in told if one.get("model") == line._name),
        )
        self.assertFalse([one for one in self.as_user("village_doctor_a1", self.wang)._timeline()
                          if one.get("model") == line._name])  # fmt: skip

    def test_who_closes_and_cancels(self):
        session = self.session(self.zhang, day=TODAY + DAY)
        with self.denied("closed by its specialist"):
            self.as_user("team_leader_a", session).action_close()
        with self.refused("its day is still to come"):
            self.as_user("county_specialist", session).action_close()
        with self.refused("Say why"):
            self.as_user("county_specialist", session).action_cancel("")
        self.as_user("county_specialist", session).action_cancel("参加急救")
        with self.refused("this step does not apply"):
            self.as_user("team_leader_a", session).action_reopen()
        self.session(self.zhang, day=TODAY + DAY)

    def test_files_for_named_persons_stay_hidden(self):
        self.wang.group_ids = [Command.create({"kind": "smi"})]
        session = self.session(self.zhang, agreed=False)
        session.line_ids = [Command.create({"resident_id": self.wang.id, "concern": "用药依从性差"})]
        self.as_user("team_leader_a", session).action_agree()
        mine = self.as_user("county_specialist", "bphs.team.session.line").search([("session_id", "=", session.id)])
        self.assertEqual(mine.resident_id, self.zhang)
        with self.denied(""):
            self.line(session, self.wang).action_open_file()
        self.as_user("county_specialist", session).action_close()
        self.assertEqual(session.named_count, 1)

    def test_coverage_of_a_quarter(self):
        teams = self.team_a1 | self.team_a2
        without = self.as_user("township_director_a", "bphs.team")
        asked = [("had_session", "=", False), ("id", "in", teams.ids)]
        self.assertEqual(without.search(asked), teams)
        session = self.session(self.zhang)
        self.assertEqual(without.search(asked), teams, "agreed is not held")
        self.as_user("county_specialist", session).action_close()
        self.assertEqual(without.search(asked), self.team_a2)
        self.assertEqual(without.search([("had_session", "=", True)]), self.team_a1)
        self.assertTrue(self.team_a1.had_session)
        told = self.as_user("leader", "bphs.team.session")._read_group(
            [("state", "=", "done")], ["team_id", "date:quarter"], ["__count", "named_count:sum", "seen_count:sum"]
        )
        self.assertEqual(told, [(self.team_a1, date(2026, 1, 1), 1, 1, 0)])
