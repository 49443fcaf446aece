from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestIndicators(TransactionCase):
    """Fifteen months of indicators of every place, targets handed down, one receipt confirmed."""

    def _as(self, login, model):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_fifteen_months_of_every_township(self):
        values = self.env["bphs.indicator.value"].search([("code", "=", "ELDER_MANAGED"), ("level", "=", "township")])
        self.assertEqual(len(set(values.mapped("month"))), 15)
        self.assertEqual(len(set(values.filtered("frozen").mapped("month"))), 13)
        county = self.env["bphs.indicator.value"].search(
            [("code", "=", "ELDER_MANAGED"), ("level", "=", "county")], limit=1
        )
        last = values.filtered(lambda value: value.month == county.month)
        self.assertEqual(sum(last.mapped("denominator")), county.denominator)
        self.assertGreater(county.numerator, 0)

    def test_targets_are_judged_and_shares_sum(self):
        issue = self.env["bphs.indicator.issue"].search([], limit=1)
        shares = issue.task_ids.filtered(lambda task: task.code == "HTN_COUNT")
        county = self.env["bphs.indicator.value"].search(
            [("code", "=", "HTN_COUNT"), ("level", "=", "county")], limit=1
        )
        self.assertEqual(sum(shares.mapped("value")), county.numerator)
        told = self._as("primarycare", "bphs.indicator.value").board()
        passed = {cell["passed"] for cell in told["cells"].values()}
        self.assertLessEqual({"yes", "no"}, passed)

    def test_one_township_has_received_the_other_waits(self):
        issue = self.env["bphs.indicator.issue"].search([], limit=1)
        self.assertFalse(self._as("director.yincheng", "bphs.indicator.issue").browse(issue.id).can_receive)
        self.assertTrue(self._as("director.beicheng", "bphs.indicator.issue").browse(issue.id).can_receive)
