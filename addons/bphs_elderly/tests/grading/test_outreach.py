from datetime import date

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestOutreach(GradingCase):
    """Whoever was not examined this year stands in a list that is worked: by whom, until when, what came of it."""

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)
        self.Outreach = self.env["bphs.elderly.outreach"]
        self.man = self.make("赵大年", self.village_a1, "19550601", 11)
        self.row = self.of(self.man)

    def of(self, resident):
        return self.Outreach.search([("resident_id", "=", resident.id)])

    def test_it_begins_with_the_elder_and_closes_with_the_exam(self):
        self.assertEqual((self.row.year, self.row.state), (2026, "open"))
        self.assertFalse(self.of(self.make("钱壮年", self.village_a1, "19700601", 12)), "not 65 yet")
        self.on(2026, 3, 5)
        exam = self.visit("village_doctor_a1", self.man, "elder_exam")
        self.assertEqual((self.row.state, self.row.examined_on), ("examined", date(2026, 3, 5)))
        exam.action_void("录错了人")
        self.assertEqual((self.row.state, self.row.examined_on), ("open", False))

    def test_who_was_examined_before_never_stands_in_it(self):
        self.on(2026, 3, 5)
        woman = self.make("钱大娘", self.village_a1, "19550602", 13)
        self.of(woman).unlink()
        self.visit("village_doctor_a1", woman, "elder_exam")
        self.assertFalse(self.of(woman))

    def test_an_accepted_outside_report_closes_it_until_it_is_voided(self):
        row = self.as_user("village_doctor_a1", self.row)
        context = row.action_outside()["context"]
        report = self.as_user("village_doctor_a1", "bphs.elderly.outside").with_context(**context)
        report = report.create({"place": "县医院", "measured_on": "2026-02-20"})
        self.assertEqual((self.row.state, self.row.examined_on), ("outside", date(2026, 2, 20)))
        report.action_void("不是本人的报告")
        self.assertEqual(self.row.state, "open")
        last_year = {"resident_id": self.man.id, "kind": "exam", "measured_on": "2025-12-20"}
        self.env["bphs.elderly.outside"].create(last_year)
        self.assertEqual(self.row.state, "open", "a report of last year is none of this one")

    def test_it_is_assigned_with_a_day_and_an_exam_at_home_is_appointed(self):
        doctor = self.env["bphs.worker"].create(
            {
                "name": "赵村医",
                "profession": "village_doctor",
                "institution_id": self.clinic_a1.id,
                "since": "2025-01-01",
            }
        )
        row = self.as_user("team_leader_a", self.row)
        row.write({"worker_id": doctor.id, "due_on": "2026-04-30"})
        self.assertEqual((row.assigned_on, row.state), (self.day, "open"))
        with self.refused("for which day the exam is appointed"):
            row.appointed_at = "home"
        with self.refused("The day lies in 2026"):
            row.due_on = "2027-01-01"
        self.as_user("village_doctor_a1", self.row).write({"appointed_on": "2026-03-10", "appointed_at": "home"})
        self.assertEqual(self.row.state, "appointed")
        row.excuse = "refused"
        self.assertEqual(self.row.state, "excused")
        self.assertFalse(self.row.is_to_do)
        row.write({"excuse": False, "worker_id": False})
        self.assertEqual((self.row.state, self.row.assigned_on), ("appointed", False))

    def test_nobody_says_examined_and_nobody_makes_or_deletes_rows(self):
        row = self.as_user("team_leader_a", self.row)
        for vals in ({"state": "examined"}, {"examined_on": "2026-03-01"}, {"outside": True}):
            with self.refused("set by the system"):
                self.ask("team_leader_a", "bphs.elderly.outreach", "write", self.row.ids, vals)
        with self.no_right("create", "bphs.elderly.outreach"):
            self.as_user("team_leader_a", "bphs.elderly.outreach").create({"resident_id": self.man.id, "year": 2026})
        with self.no_right("unlink", "bphs.elderly.outreach"):
            row.unlink()
        with self.denied("not within your scope"):
            self.as_user("team_leader_b", self.row).read(["state"])

    def test_attempts_are_those_of_the_services(self):
        row = self.as_user("village_doctor_a1", self.row)
        plan = {"plan_id": row.action_attempt()["context"]["default_plan_id"]}
        attempts = self.as_user("village_doctor_a1", "bphs.followup.attempt")
        attempts.create({**plan, "kind": "unreachable", "made_on": "2026-02-27"})
        attempts.create({**plan, "kind": "in_hospital"})
        row.invalidate_recordset()
        self.assertEqual((row.attempts, row.attempt_words), (2, "2026-03-01 In Hospital"))
        self.assertEqual(self.row.state, "open", "an attempt closes nothing")

    def test_the_night_brings_an_institution_up_to_date(self):
        self.on(2027, 1, 2)
        self.assertFalse(self.Outreach.search([("year", "=", 2027), ("resident_id", "=", self.man.id)]))
        self.env["bphs.elderly.grader"]._grade_institution(self.man.institution_id.id)
        row = self.Outreach.search([("year", "=", 2027), ("resident_id", "=", self.man.id)])
        self.assertEqual(row.state, "open")
        self.assertTrue(row.is_to_do)
        self.assertFalse(self.row.is_to_do, "last year's is over")
        self.man._move("died", self.day, evidence="死亡医学证明")
        self.assertFalse(self.Outreach.search([("id", "=", row.id), ("is_to_do", "=", True)]))

    def test_first_pages_count_what_the_list_shows(self):
        self.row.write({"due_on": "2026-02-20", "appointed_on": "2026-03-02", "appointed_at": "home"})
        for key in ("village_doctor_a1", "team_leader_a", "township_public_health_a"):
            page = check_page(self, self.env(user=self.user[key]))
            card = next(card for card in page["cards"] if card["key"] == "elders")
            figures = {line["label"]: line["figure"] for line in card["lines"]}
            self.assertEqual(figures["Of them past their day"], "1", key)
            self.assertEqual(figures["Exams at home appointed"], "1", key)
            self.assertNotEqual(figures["Not examined this year"], "0", key)
