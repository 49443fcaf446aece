from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestSurveys(TransactionCase):
    """The demo county asked its residents: the figures of the notice, and one survey that is running."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        surveys = cls.env["bphs.survey"].with_context(lang="zh_CN")
        cls.closed = surveys.search([("state", "=", "closed")])
        cls.running = surveys.search([("state", "=", "running")])

    def test_465_of_519_are_satisfied(self):
        survey = self.closed.ensure_one()
        self.assertEqual((survey.sent, survey.returned, survey.valid, survey.satisfied), (548, 537, 519, 465))
        self.assertEqual((survey.satisfied_rate, survey.satisfied_interval), ("89.60%", "86.67%～91.94%"))
        self.assertEqual(
            dict(survey._reasons()),
            {"refused": 6, "contradicting": 4, "too_quick": 3, "duplicate": 3, "not_resident": 2},
        )

    def test_the_notice_may_not_call_that_a_clear_rise(self):
        self.assertIn("不能表述为“明显提升”", self.closed.finding)
        self.assertIn(self.closed.finding, self.closed.evaluation_id.bulletin_results)

    def test_sheets_took_the_rates_over(self):
        lines = self.closed.evaluation_id.sheet_ids.line_ids.filtered(
            lambda line: line.item_id.rate_code == "SURVEY_SATISFIED"
        )
        self.assertEqual(len(lines), 13)
        self.assertEqual((sum(lines.mapped("numerator")), sum(lines.mapped("denominator"))), (465, 519))

    def test_one_is_running(self):
        survey = self.running.ensure_one()
        self.assertEqual((survey.sent, survey.returned), (260, 57))
        self.assertTrue(survey._takes_answers())
        self.assertEqual(survey.previous_id, self.closed)
