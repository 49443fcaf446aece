from odoo.tests import tagged

from odoo.addons.bphs_base.tests.import_case import ImportCase

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestImport(ImportCase, FundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publish()

    def labels(self, wizard, *keys):
        labels = {column.key: column.label for column in wizard._import_columns()}
        return [labels[key] for key in keys]

    def load(self, model, key, columns, rows, **vals):
        """A wizard with a workbook of `rows` under the labels of `columns`."""
        draft = self.as_user(key, model).new(vals)
        return self.import_file(model, key, [self.labels(draft, *columns), *rows], **vals)

    # === SCORES === #

    def scores(self, *rows, key="primary_care_officer"):
        return self.load(
            "bphs.fund.score.import",
            key,
            ("clinic", "score", "deduction", "reason"),
            rows,
            period_id=self.q1.id,
        )

    def test_scores(self):
        wizard = self.scores(["T11", 92, "", ""], ["T12", 78.2, 96, "随访不真实"])
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 2))
        scores = self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)])
        self.assertEqual(
            {(s.institution_id.code, s.score, s.deduction, s.source) for s in scores},
            {("T11", 92, 0, "imported"), ("T12", 78.2, 96, "imported")},
        )
        again = self.scores(["T11", 92, "", ""], ["T12", 78.2, 96, "随访不真实"])
        again.action_load()
        self.assertEqual(again.loaded_count, 0)

    def test_bad_scores_load_nothing(self):
        wizard = self.scores(
            ["T11", 92, "", ""],
            ["T12", 101, "", ""],
            ["T21", 80, 5, ""],
            ["T11", 90, "", ""],
            ["T99", 90, "", ""],
            ["T10", 90, "", ""],
            ["T12", "优", "", ""],
        )
        wizard.action_load()
        self.assertRefused(wizard, {3: "100", 4: "", 5: "", 6: "T99", 7: "T10", 8: "优"})
        self.assertFalse(self.env["bphs.fund.score"].search([]))

    def test_unknown_heading(self):
        wizard = self.import_file(
            "bphs.fund.score.import",
            "primary_care_officer",
            [
                [
                    *self.labels(
                        self.as_user("primary_care_officer", "bphs.fund.score.import"),
                        "clinic",
                        "score",
                    ),
                    "奖金",
                ],
                ["T11", 90, 5],
            ],
            period_id=self.q1.id,
        )
        wizard.action_load()
        self.assertEqual(wizard.state, "unmatched")
        self.assertIn("奖金", wizard.message)
        self.assertFalse(self.env["bphs.fund.score"].search([]))

    # === PLANS === #

    def plans(self, columns, *rows, **vals):
        return self.load(
            "bphs.fund.plan.import",
            "finance_officer",
            columns,
            rows,
            period_id=self.year.id,
            **vals,
        )

    def test_plans_by_item(self):
        columns = ("clinic", "opening_carry", "EHR_UPDATE", "HTN_FOLLOWUP")
        wizard = self.plans(columns, ["T11", -10.5, 100, 50], ["T12", "", 7, ""])
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 2), wizard.message)
        plans = self.env["bphs.fund.plan"].search([("period_id", "=", self.year.id)])
        self.assertEqual(
            {(p.institution_id.code, p.annual_amount, p.opening_carry, p.cap) for p in plans},
            {("T11", 600.0, -10.5, 600.0), ("T12", 14.0, 0.0, 14.0)},
        )
        again = self.plans(columns, ["T11", -10.5, 100, 50], ["T12", "", 8, ""])
        again.action_load()
        self.assertEqual(again.loaded_count, 1)
        self.assertEqual(sum(plans.mapped("annual_amount")), 616.0)

    def test_plans_by_quarter(self):
        columns = ("clinic", "2025Q1", "2025Q2", "2025Q3", "2025Q4")
        wizard = self.plans(columns, ["T11", 3120.4, 2986.75, 3055.1, 3410.95], basis="last_year")
        wizard.action_load()
        plan = self.env["bphs.fund.plan"].search([("period_id", "=", self.year.id)])
        self.assertEqual((plan.basis, plan.annual_amount), ("last_year", 12573.2))

    def test_bad_plans_load_nothing(self):
        self.create_plan(self.clinic_b1).action_confirm()
        wizard = self.plans(
            ("clinic", "opening_carry", "EHR_UPDATE"),
            ["T11", 5, 1],
            ["T12", 0, -1],
            ["T21", 0, 1],
            ["T11", 0, 1.5],
        )
        wizard.action_load()
        self.assertRefused(wizard, {2: "", 3: "", 4: "", 5: "1.5"})
        self.assertEqual(self.env["bphs.fund.plan"].search_count([]), 1)

    def test_template(self):
        wizard = self.as_user("finance_officer", "bphs.fund.plan.import").create({"period_id": self.year.id})
        wizard.action_template()
        rows = self.read_book(wizard.template_file)
        self.assertEqual([row[0] for row in rows[1:4]], ["T11", "T12", "T21"])

    # === PAYEES === #

    def payees(self, *rows, **vals):
        return self.load(
            "bphs.fund.payee.import",
            "finance_officer",
            ("clinic", "name", "share", "id_number", "bank", "account"),
            rows,
            date_from="2025-01-01",
            **vals,
        )

    def test_payees(self):
        rows = (
            ["T11", "张小明", 0.6, "11010519491231002X", "农商行", "6217000012345678"],
            ["T11", "李四", 0.4, "", "", ""],
            ["T12", "王五", 1, "", "农商行", "6217000012345679"],
        )
        wizard = self.payees(*rows)
        wizard.action_load()
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 3), wizard.message)
        payees = self.env["bphs.fund.payee"].search([])
        self.assertEqual(
            {(p.name, p.share, p.account_state) for p in payees},
            {("张小明", 0.6, "draft"), ("李四", 0.4, "missing"), ("王五", 1.0, "draft")},
        )
        again = self.payees(*rows)
        again.action_load()
        self.assertEqual(again.loaded_count, 0)

    def test_bad_payees_load_nothing(self):
        wizard = self.payees(
            ["T11", "张小明", 0.6, "", "", ""],
            ["T12", "王五", 1, "11010519491231002Y", "", ""],
            ["T21", "赵六", 1, "", "农商行", "62170000A"],
        )
        wizard.action_load()
        self.assertRefused(wizard, {2: "0.6", 3: "", 4: ""})
        self.assertFalse(self.env["bphs.fund.payee"].search([]))
        self.assertFalse(self.env["bphs.bank.account"].search([]))

    def test_rights(self):
        for key in ("leader", "administrator", "township_director_a", "village_doctor_a1"):
            for model in (
                "bphs.fund.score.import",
                "bphs.fund.plan.import",
                "bphs.fund.payee.import",
            ):
                with (
                    self.subTest(f"{key} {model}"),
                    self.denied(
                        "不允许", ("bphs.fund.score.import", "bphs.fund.plan.import", "bphs.fund.payee.import")
                    ),
                ):
                    self.as_user(key, model).create({"period_id": self.q1.id})
        wizard = self.scores(["T11", 92, "", ""])
        with self.no_right("write", "bphs.fund.score.import"):
            wizard.with_user(self.user["finance_officer"]).action_load()
