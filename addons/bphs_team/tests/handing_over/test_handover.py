from datetime import date, timedelta

from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import TeamCase

DAY = timedelta(days=1)
# What a hand-over may touch, and what is compared before and after.
TABLES = ("bphs_team", "bphs_team_member", "bphs_team_lead", "bphs_team_absence", "bphs_rectification")
ALWAYS_NEW = ("write_date", "write_uid", "escalation_level")


@tagged("post_install", "-at_install")
class TestHandover(TeamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Team._county_today()
        cls.successor = cls.worker("郑医生", "gp", cls.township_a)
        cls.gp_a.user_id = cls.user["team_leader_a"]
        for team in (cls.team_a1, cls.team_a2):
            team._take_member(cls.gp_a, "gp", 50, date(2025, 1, 1))
        cls.team_a1.leader_id = cls.gp_a
        cls.team_a1.lead_ids.date_from = date(2025, 1, 1)
        cls.tasks = cls.env["bphs.rectification"].create(
            [
                {"institution_id": cls.clinic_a1.id, "responsible_worker_id": cls.gp_a.id,
                 "responsible_id": cls.gp_a.user_id.id}
                for _number in range(3)
            ]
        )  # fmt: skip
        cls.env.flush_all()

    def handover(self, key="township_director_a", **vals):
        return self.as_user(key, "bphs.handover").create(
            {"worker_id": self.gp_a.id, "successor_id": self.successor.id, "date": self.today, **vals}
        )

    def test_no_line_is_brought_from_another(self):
        """To link a line is to write what it belongs to, which no client does."""
        mine, other = self.handover(), self.handover(worker_id=self.nurse_a.id)
        line = mine.line_ids.filtered(lambda line: line.key == "tasks")
        line.sudo().count = 3
        self.assertNotIn("tasks", other.line_ids.mapped("key"))
        for link in ([4, line.id], [4, line.id, {"chosen": True}], [6, 0, [*other.line_ids.ids, line.id]], line.id):
            for method, *more in (("write",), ("web_save", {})):
                with self.subTest(link, method=method), self.refused("is set by the system or by its buttons"):
                    self.ask("township_director_a", "bphs.handover", method, other.ids, {"line_ids": [link]}, *more)
        with self.refused("is set by the system or by its buttons"):
            values = {"worker_id": self.nurse_a.id, "successor_id": self.successor.id, "line_ids": [[4, line.id]]}
            self.ask("township_director_a", "bphs.handover", "create", [values])
        self.assertEqual(line.handover_id, mine)

    def rows(self):
        """Every row a hand-over may touch."""
        self.env.flush_all()
        return {
            table: self.env.execute_query(
                SQL("SELECT to_jsonb(one) - %s FROM %s one ORDER BY id", list(ALWAYS_NEW), SQL.identifier(table))
            )
            for table in TABLES
        }

    def test_it_is_shown_before_it_is_confirmed(self):
        handover = self.handover()
        # Contracts stand there without any too: that their line came and went would tell of somebody hidden.
        counted = {line.key: line.count for line in handover.line_ids}
        own = {"leads": 1, "serves": 2, "tasks": 3, "contracts": 0}
        # Modules above add kinds of their own, in which nothing is open here.
        self.assertEqual({key: count for key, count in counted.items() if count or key in own}, own)
        with self.refused("is set by the system"):
            self.ask("team_leader_a", "bphs.handover.line", "write", handover.line_ids[:1].ids, {"key": "invented"})
        opened = handover.line_ids.filtered(lambda line: line.key == "tasks").action_open()
        self.assertEqual(self.env["bphs.rectification"].search(opened["domain"]), self.tasks.sorted("id"))
        self.tasks[:1].responsible_worker_id = self.nurse_a
        with self.refused("the list has changed meanwhile"):
            handover.action_hand_over()
        handover.action_refresh()
        handover.action_hand_over()
        self.assertEqual(self.tasks.mapped("responsible_worker_id"), self.nurse_a | self.successor)

    def test_what_is_given_and_who_did_what(self):
        handover = self.handover("team_leader_a")
        handover.action_hand_over()
        self.assertEqual(handover.state, "done")
        self.assertEqual(self.team_a1.leader_id, self.successor)
        self.assertEqual(self.team_a1._leaders_on(self.today - DAY)[self.team_a1.id], self.gp_a)
        self.assertEqual(self.tasks.responsible_worker_id, self.successor)
        self.assertFalse(self.tasks.responsible_id)
        self.assertIn("周医生", self.tasks.event_ids[:1].reason)
        on = {
            day: self.env["bphs.team.member"].search(self.env["bphs.team.member"]._of_day(day)).worker_id
            for day in (self.today - DAY, self.today)
        }
        self.assertIn(self.gp_a, on[self.today - DAY])
        self.assertIn(self.successor, on[self.today])
        self.assertNotIn(self.gp_a, on[self.today])

    def test_every_row_is_back_after_undoing(self):
        before = self.rows()
        handover = self.handover()
        handover.action_hand_over()
        self.assertNotEqual(self.rows(), before)
        handover.action_undo()
        self.assertEqual(self.rows(), before)
        self.assertEqual(handover.state, "undone")
        self.assertEqual(self.team_a1.leader_id, self.gp_a)

    def test_what_somebody_changed_since_is_not_undone(self):
        handover = self.handover()
        handover.action_hand_over()
        self.team_a1.leader_id = self.nurse_a
        with self.refused("somebody has changed a part of it since"):
            handover.action_undo()

    def test_another_day_nothing_is_undone(self):
        handover = self.handover()
        handover.action_hand_over()
        handover.sudo()._write_state({"done_on": self.today - DAY})
        with self.refused("only what was handed over today"):
            handover.action_undo()

    def test_one_kind_may_stay(self):
        handover = self.handover()
        handover.line_ids.filtered(lambda line: line.key == "tasks").chosen = False
        handover.action_hand_over()
        self.assertEqual(self.tasks.responsible_worker_id, self.gp_a)
        with self.refused("this step does not apply"):
            handover.line_ids[:1].chosen = False

    def test_who_serves_there_already_only_takes_the_rest(self):
        self.team_a1._take_member(self.successor, "gp", 50, date(2025, 1, 1))
        before = self.rows()
        handover = self.handover()
        handover.action_hand_over()
        members = self.env["bphs.team.member"]
        serving = members.search(members._of_day(self.today)).filtered(lambda row: row.team_id == self.team_a1)
        self.assertEqual(serving.mapped("worker_id"), self.successor)
        handover.action_undo()
        self.assertEqual(self.rows(), before)

    def test_a_cover_moves_nothing(self):
        before = self.rows()
        handover = self.handover(mode="cover", date_to=self.today + 14 * DAY, reason="ill")
        handover.action_hand_over()
        self.assertEqual(handover.absence_id.substitute_id, self.successor)
        self.assertEqual(self.team_a1.leader_id, self.gp_a)
        handover.action_undo()
        self.assertEqual(self.rows(), before)
        with mute_logger("odoo.sql_db"), self.refused("bphs_handover_cover_ends", kind=CheckViolation):
            self.handover(mode="cover").flush_recordset()

    def test_a_coming_day_is_planned(self):
        handover = self.handover(date=self.today + 5 * DAY)
        with self.refused("its day is still to come"):
            handover.action_hand_over()
        self.assertIn("plan", handover.allowed_steps)
        handover.action_plan()
        self.assertEqual((handover.state, self.team_a1.leader_id), ("planned", self.gp_a))
        self.env["bphs.handover"]._cron_carry_out()
        self.assertEqual(handover.state, "planned")
        handover.sudo()._write_state({"date": self.today})
        self.env["bphs.handover"]._cron_carry_out()
        self.assertEqual((handover.state, self.team_a1.leader_id), ("done", self.successor))

    def test_a_plan_that_cannot_be_carried_out_says_why(self):
        handover = self.handover(date=self.today + 5 * DAY)
        handover.action_plan()
        self.successor.user_id = self.user["village_doctor_b1"]
        handover.sudo()._write_state({"date": self.today})
        self.env["bphs.handover"]._cron_carry_out()
        self.assertEqual(handover.state, "planned")
        self.assertIn("cannot be responsible there", handover.hindrance)
        handover.action_withdraw()
        self.assertEqual((handover.state, handover.hindrance), ("draft", False))

    def test_who_hands_over(self):
        with self.no_right("create", "bphs.handover"):
            self.handover("township_public_health_a")
        with self.denied("not within your scope"):
            self.handover("township_director_b")
        with self.refused("cannot be changed now", ("Handed", "交接")):
            handover = self.handover()
            handover.action_hand_over()
            handover.successor_id = self.nurse_a
