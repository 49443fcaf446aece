from odoo.tests import tagged

from odoo.addons.bphs_base.tests.field_cases import FieldCases, Route

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestFieldCases(FieldCases, FundCase):
    """Scores, annual plans and payees, from files as they come."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publish()

    def routes(self):
        item = f"{self.item_htn.name}（{self.item_htn.unit}）"
        return [
            Route(
                "bphs.fund.score.import",
                "primary_care_officer",
                [
                    ["Institution Code", "Score", "Deduction", "Reason for Deduction"],
                    ["T11", "92", "5", "三人未随访"],
                    ["T12", "88.5", "6", "一人未随访"],
                ],
                name=3,
                figure=1,
                vals={"period_id": self.q1.id},
                strict=True,
            ),
            Route(
                "bphs.fund.plan.import",
                "finance_officer",
                [["Institution Code", item], ["T11", "30"], ["T12", "40"]],
                figure=1,
                vals={"period_id": self.year.id},
                strict=True,
            ),
            Route(
                "bphs.fund.payee.import",
                "finance_officer",
                [
                    ["Institution Code", "Name of Doctor", "Share", "Bank and Branch", "Account Number"],
                    ["T11", "马小一", "1", "农商行", "6217000012345678"],
                    ["T12", "王三", "1", "农商行", "6217000012345679"],
                ],
                code=4,
                name=1,
                figure=2,
                vals={"date_from": "2025-01-01"},
                strict=True,
            ),
        ]

    def test_f1_an_account_of_lost_digits_is_never_taken(self):
        payees, accounts = self.env["bphs.fund.payee"], self.env["bphs.bank.account"]
        route = self.routes()[2]
        rows = [list(row) for row in route.rows]
        rows[1][4] = 6217000012345678901
        wizard = self._checked(route, "xlsx", rows)
        (heading, first, *_others) = self.read_book(wizard.reject_file)
        self.assertEqual(first[4], "", "the digits that are left are not given back")
        self.assertIn("须重新填写：Account Number", first[-1])
        self._round_trip(route, wizard)
        self.assertFalse(payees.search([]) or accounts.search([]))
        first[4] = "6217000012345678901"
        again = self.import_file(route.model, route.key, [heading, first, *_others], **route.vals)
        again.action_load()
        self.assertEqual((again.state, accounts.search_count([])), ("loaded", 2), again.message)

    def test_a_blank_deduction_leaves_what_stands(self):
        route = self.routes()[0]
        for rows, expected in (
            (route.rows, (92, 5, "三人未随访")),
            ([route.rows[0], ["T11", 91, "", ""]], (91, 5, "三人未随访")),
            ([route.rows[0], ["T11", 91, 0, "清空"]], (91, 0, False)),
        ):
            wizard = self.import_file(route.model, route.key, rows, **route.vals)
            wizard.action_load()
            self.assertEqual(wizard.state, "loaded", wizard.message)
            score = self.env["bphs.fund.score"].search([("institution_id", "=", self.clinic_a1.id)])
            self.assertEqual((score.score, score.deduction, score.reason), expected)
