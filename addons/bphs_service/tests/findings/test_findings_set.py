from datetime import timedelta

from odoo.tests import tagged

from ..outside.common import OutsideCase

# By person: (days ago, systolic, fasting glucose), in no order of days.
TOLD = {
    "zhang": [(40, 152, 5.0), (30, 186, 7.4), (10, 128, 5.2), (2, 150, 5.0)],
    "li": [(35, 120, 7.9), (5, 144, 8.1)],
}
WORDS = ("code", "severity", "value_words", "questions", "state", "handling", "last_words", "due_on", "condition")


@tagged("post_install", "-at_install")
class TestFindingsSet(OutsideCase):
    """Findings of many exams at once: those that one after the other would leave, in no more statements for many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["bphs.visit"]._county_today()

    def exams(self):
        return [
            (
                getattr(self, name),
                self.today - timedelta(days=days),
                {"systolic": systolic, "diastolic": 78, "fasting_glucose": glucose},
            )
            for name, told in TOLD.items()
            for days, systolic, glucose in told
        ]

    def told(self):
        """What is said of all findings, and of which days the records are that found them and saw them last."""
        self.env.flush_all()
        self.env.invalidate_all()
        findings = self.env["bphs.finding"].search([("resident_id", "in", (self.zhang | self.li).ids)])
        return sorted(
            (
                finding.resident_id.name,
                str(finding.visit_id.done_on),
                str(finding.last_visit_id.done_on),
                str(finding.handled_on),
                *(str(finding[name]) for name in WORDS),
            )
            for finding in findings
        )

    def one_by_one(self):
        for resident, day, values in sorted(self.exams(), key=lambda exam: (exam[1], exam[0].id)):
            self.visit("importer", resident, "elder_exam", done_on=day, **values)
        return self.told()

    def test_the_same_as_one_by_one(self):
        savepoint = self.env.cr.savepoint()
        expected = self.one_by_one()
        savepoint.close(rollback=True)
        self.env.invalidate_all(flush=False)
        self.assertFalse(self.told())
        rows = [
            self.person(resident, form="elder_exam", day=str(day), **values) for resident, day, values in self.exams()
        ]
        run = self.receive("visit", *rows)
        self.assertEqual(run.new_count, len(rows), run.message)
        self.load(run)
        self.assertEqual(self.told(), expected)
        self.assertEqual({row[8] for row in expected}, {"open", "closed"}, "some are closed by a later exam")
        self.assertGreater(len(expected), 3)

    def test_no_more_statements_for_many_than_for_few(self):
        cost = {}
        for time, count in enumerate((3, 3, 60), start=1):  # the first fills what each process reads once
            residents = [self.make("某某", self.village_a1, "19500601", 100 * time + at) for at in range(count)]
            high = {"systolic": 190, "diastolic": 100, "fasting_glucose": 8.0}
            visits = self.Visit.union(
                *(self.visit("importer", one, "elder_exam", complete=False, **high) for one in residents)
            ).sudo()
            visits._write_state({"state": "done"})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["bphs.finding"].sudo()._follow(visits)
            visits._note_feedback()
            cost[count] = self.env.cr.sql_log_count - before
            self.assertEqual(len(visits.finding_ids), 2 * count)
        self.assertLessEqual(cost[60], cost[3], cost)

    def test_results_told_in_a_file_are_of_the_first_that_tells(self):
        exam = self.visit("importer", self.zhang, "elder_exam", done_on=self.today - timedelta(days=20), systolic=120)
        days = (10, 5)
        rows = [
            self.person(self.zhang, form="feedback", day=str(self.today - timedelta(days=day)), note="已告知")
            for day in days
        ]
        self.load(self.receive("visit", *rows))
        self.env.invalidate_all()
        self.assertEqual(exam.feedback_id.done_on, self.today - timedelta(days=10))
