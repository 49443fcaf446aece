from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..guidance.test_guidance import GuidanceCase


@tagged("post_install", "-at_install")
@freeze_time("2025-07-02 04:00:00")
class TestQuarterlyReport(GuidanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Report = cls.env["bphs.quarterly.report"]

    def report(self, unit):
        return self.Report.search([("institution_id", "=", unit.id), ("period_id", "=", self.q2.id)])

    def opened(self):
        self.Report._open(self.q2)
        return self.report(self.township_a)

    def test_opened_for_every_unit_once(self):
        self.Report._cron_open()
        reports = self.Report.search([("period_id", "=", self.q2.id)])
        self.assertEqual(reports.institution_id, self.township_a | self.township_b | self.cdc)
        # Ten working days after 1 July 2025, the day before the run.
        self.assertEqual(set(reports.mapped("due_date")), {date(2025, 7, 15)})
        self.Report._cron_open()
        self.assertEqual(self.Report.search([("period_id", "=", self.q2.id)]), reports)

    def test_nobody_is_late_for_what_was_asked_for_late(self):
        with freeze_time("2025-09-01 04:00:00"):
            report = self.opened()
            self.assertEqual((report.due_date, report.is_overdue), (date(2025, 9, 12), False))

    def test_holidays_do_not_count(self):
        with freeze_time("2025-10-08 04:00:00"):
            self.Report._cron_open()
        due = self.Report.search([("period_id", "=", self.q3.id)], limit=1).due_date
        # Seven days of holiday, and a Saturday that is worked.
        self.assertEqual(due, date(2025, 10, 21))

    def test_in_time_and_late(self):
        report = self.opened()
        report.summary = "开展培训两次"
        self.assertFalse(report.is_overdue)
        with freeze_time("2025-07-16 01:00:00"):
            self.Report.invalidate_model()
            self.assertTrue(report.is_overdue)
            self.assertIn(report, self.Report.search([("is_overdue", "=", True)]))
            self.as_user("township_director_a", report).action_submit()
        self.assertEqual((report.state, report.late, str(report.submitted_on)), ("submitted", True, "2025-07-16"))
        self.assertNotIn(report, self.Report.search([("is_overdue", "=", True)]))

    def test_a_return_makes_nobody_late(self):
        report = self.opened()
        report.summary = "开展培训两次"
        self.as_user("township_public_health_a", report).action_submit()
        self.as_user("rectification_clerk", report).action_return("请补充指导情况")
        self.assertEqual((report.state, report.return_reason), ("draft", "请补充指导情况"))
        with freeze_time("2025-08-01 01:00:00"):
            self.as_user("township_public_health_a", report).action_submit()
        self.assertEqual((report.late, str(report.submitted_on)), (False, "2025-07-02"))

    def test_counts_are_those_of_the_quarter(self):
        report = self.opened()
        self.train("township_public_health_a", self.township_a, (self.clinic_a1, 2, 2, 2))
        self.train("township_public_health_a", self.township_a, date="2025-07-01")
        self.Report.invalidate_model()
        self.assertEqual((report.training_count, report.guidance_count), (1, 0))
        self.as_user("township_public_health_a", report).action_submit()

    def test_an_empty_report_needs_a_word(self):
        report = self.as_user("township_public_health_a", self.opened())
        with self.assertRaisesRegex(UserError, "empty"):
            report.action_submit()
        report.summary = "本季度因疫情未开展"
        report.action_submit()
        with self.refused("was handed in and stays as it was"):
            report.action_submit()

    def test_wrong_person(self):
        report = self.opened()
        report.summary = "开展培训两次"
        for key in ("township_director_b", "village_doctor_a1", "county_specialist", "rectification_clerk", "leader"):
            with (
                self.subTest(key),
                self.denied(
                    (
                        "If you need it, ask the bureau administrator",
                        "bphs.quarterly.report",
                        "is written by its own unit",
                    )
                ),
            ):
                self.as_user(key, report).action_submit()
        with self.denied("not within your scope"):
            self.as_user("township_director_a", self.report(self.cdc)).read(["state"])
        with self.denied("is written by its own unit"):
            self.as_user("county_specialist", report).write({"summary": "x"})
        self.as_user("township_director_a", report).action_submit()
        for key in ("township_director_a", "county_specialist", "leader"):
            with self.subTest(key), self.denied("Only the rectification clerk and the"):
                self.as_user(key, report).action_return("x")
        with self.refused("Say why"):
            self.as_user("rectification_clerk", report).action_return("  ")

    def test_state_and_dates_are_nobodys_to_write(self):
        report = self.as_user("township_director_a", self.opened())
        for vals in (
            {"state": "submitted"},
            {"due_date": "2026-01-01"},
            {"late": False},
            {"institution_id": self.township_b.id},
        ):
            with self.subTest(vals), self.refused("A report changes by its buttons; the unit"):
                report.write(vals)
        with self.no_right("create", "bphs.quarterly.report"):
            self.as_user("township_director_a", "bphs.quarterly.report").create(
                {"institution_id": self.township_a.id, "period_id": self.q1.id, "due_date": "2026-01-01"}
            )

    def test_what_was_reported_stays(self):
        report = self.opened()
        training = self.train("township_public_health_a", self.township_a, (self.clinic_a1, 2, 2, 2))
        self.as_user("township_director_a", report).action_submit()
        attempts = (
            lambda: training.write({"hours": 8}),
            lambda: training.attendance_ids.write({"passed": 1}),
            lambda: training.attendance_ids.unlink(),
            lambda: training.unlink(),
            lambda: self.train("township_public_health_a", self.township_a),
        )
        for attempt in attempts:
            with self.assertRaisesRegex(UserError, "handed in"), self.cr.savepoint():
                attempt()
        self.env.invalidate_all()
        self.as_user("primary_care_officer", report).action_return("请更正人数")
        training.attendance_ids.write({"passed": 1})
        self.assertEqual(training.passed_total, 1)

    def test_opening_by_hand(self):
        dialog = self.as_user("rectification_clerk", "bphs.quarterly.report.open").create({})
        self.assertEqual(dialog.period_id, self.q2)
        action = dialog.action_open()
        self.assertEqual(len(self.Report.search(action["domain"])), 3)
        early = self.as_user("rectification_clerk", "bphs.quarterly.report.open").create({"period_id": self.q3.id})
        with self.refused("is not a quarter that is over"):
            early.action_open()


@tagged("post_install", "-at_install")
class TestReportReminders(GuidanceCase):
    """Reports of the second quarter of 2025, opened on 1 July, due on 15 July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2025-07-01 00:30:00"):
            cls.env["bphs.quarterly.report"]._cron_open()
        reports = cls.env["bphs.quarterly.report"].search([("period_id", "=", cls.q2.id)])
        # The database's clock is not frozen.
        cls.env.cr.execute(
            "UPDATE bphs_quarterly_report SET create_date = '2025-07-01' WHERE id = ANY(%s)", [reports.ids]
        )
        reports.invalidate_recordset()
        cls.report_a = reports.filtered(lambda report: report.institution_id == cls.township_a)
        cls.report_cdc = reports.filtered(lambda report: report.institution_id == cls.cdc)

    def run_on(self, *days):
        for day in days:
            with freeze_time(f"2025-{day} 00:30:00"):
                self.env["bphs.quarterly.report"]._cron_remind()

    def told(self, report):
        keys = {user: key for key, user in self.user.items()}
        rows = report.reminder_ids.filtered(lambda row: row.outcome == "told").sorted("id")
        found = {}
        for row in rows:
            found.setdefault(row.kind, set()).add(keys[row.recipient_id])
        return found

    def people(self, report):
        return self.env["mail.activity"].search([("res_model", "=", report._name), ("res_id", "=", report.id)]).user_id

    def test_the_ladder_of_the_tasks(self):
        self.run_on(*(f"07-{day:02}" for day in range(1, 32)), *(f"08-{day:02}" for day in range(1, 20)))
        officer, director = "township_public_health_a", "township_director_a"
        section = {"primary_care_officer", "rectification_clerk"}
        self.assertEqual(
            self.told(self.report_a),
            {
                "before_7": {officer},
                "before_3": {officer},
                "due": {officer},
                "overdue_3": {officer, director},
                "overdue_7": {officer, director, *section},
                "overdue_14": {officer, director, *section, "deputy_leader", "leader"},
            },
        )
        self.assertEqual(
            self.people(self.report_a),
            self.env["res.users"].browse(
                {self.user[key].id for key in (officer, director, *section, "deputy_leader", "leader")}
            ),
        )

    def test_nothing_twice_and_nothing_missed_after_a_standstill(self):
        self.run_on("07-08", "07-08", "07-09")
        self.assertEqual(set(self.told(self.report_a)), {"before_7"})
        self.run_on("07-19")
        self.assertEqual(set(self.told(self.report_a)), {"before_7", "overdue_3"})
        covered = self.report_a.reminder_ids.filtered(lambda row: row.outcome == "covered")
        self.assertEqual(set(covered.mapped("kind")), {"before_3", "due"})

    def test_handing_in_ends_it(self):
        self.run_on("07-08")
        self.assertTrue(self.people(self.report_a))
        self.report_a.summary = "开展培训两次"
        with freeze_time("2025-07-09 02:00:00"):
            self.as_user("township_public_health_a", self.report_a).action_submit()
        self.assertFalse(self.people(self.report_a))
        self.run_on("07-15", "07-30")
        self.assertEqual(set(self.told(self.report_a)), {"before_7"})

    def test_where_nobody_holds_the_post_the_next_above_is_told(self):
        self.run_on("07-08")
        self.assertEqual(self.told(self.report_cdc)["before_7"], {"primary_care_officer", "rectification_clerk"})

    def test_nobody_writes_a_reminder(self):
        self.run_on("07-08")
        row = self.as_user("rectification_clerk", self.report_a.reminder_ids[:1])
        for attempt in (lambda: row.write({"kind": "due"}), row.unlink, lambda: row.copy({})):
            with self.refused(
                (
                    "an entry once made is never changed or deleted",
                    "bphs.quarterly.report.reminder",
                    "Reminders are recorded by the system alone",
                )
            ):
                attempt()
        self.assertFalse(self.as_user("township_director_b", row._name).search([("report_id", "=", self.report_a.id)]))
