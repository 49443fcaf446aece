from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestPlanGenerate(FundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.next_year = cls.env["bphs.period"]._create_year(2026)
        cls.next_quarters = cls.next_year.child_ids.filtered(lambda p: p.kind == "quarter").sorted("code")

    def generate(self, period=None, key="finance_officer", **values):
        wizard = self.as_user(key, "bphs.fund.plan.generate").create(
            {"institution_id": self.bureau.id, "period_id": (period or self.year).id, **values}
        )
        wizard.action_generate()
        return self.env["bphs.fund.plan"].search([("period_id", "=", wizard.period_id.id)])

    def publish_next_year(self, **values):
        self.publish(self.create_scheme(period_id=self.next_year.id, period_from_id=self.next_quarters[0].id, **values))

    def entry(self, kind, amount, quarter, clinic=None, origin=1):
        self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": self.budget.id,
                    "kind": kind,
                    "institution_id": (clinic or self.clinic_a1).id,
                    "period_id": quarter.id,
                    "amount": amount,
                    "origin_model": "res.users",
                    "origin_id": origin,
                }
            ]
        )

    def test_needs_a_published_scheme(self):
        with self.assertRaisesRegex(UserError, "2025"):
            self.generate()

    def test_blank_for_all_and_only_once(self):
        self.publish()
        plans = self.generate(quantity_from="blank")
        self.assertEqual(plans.institution_id, self.clinic_a1 | self.clinic_a2 | self.clinic_b1)
        self.assertEqual(set(plans.mapped("state")), {"draft"})
        self.assertEqual(len(plans.line_ids), 6)
        self.assertEqual(set(plans.mapped("annual_amount")), {0})
        plans[0].line_ids[0].quantity = 5
        self.assertEqual(self.generate(quantity_from="blank"), plans)
        self.assertEqual(plans[0].line_ids[0].quantity, 5)

    def test_from_last_years_plan(self):
        self.publish()
        self.create_plan()
        self.publish_next_year()
        plans = self.generate(self.next_year, quantity_from="last_plan")
        amounts = {plan.institution_id: plan.annual_amount for plan in plans}
        self.assertEqual(amounts[self.clinic_a1], 600.0)
        self.assertEqual(amounts[self.clinic_a2], 0)

    def test_from_verified_work(self):
        self.publish_next_year()
        workload = self.env["bphs.workload"].create({"institution_id": self.clinic_a1.id, "period_id": self.q1.id})
        line = workload.line_ids.filtered(lambda line: line.item_id == self.item_ehr)
        if not line:
            line = self.env["bphs.workload.line"].create({"workload_id": workload.id, "item_id": self.item_ehr.id})
        line.reported = 30
        self.env.flush_all()
        # The steps of a statement are tested where they live; here only what a verified one means.
        self.env.cr.execute("UPDATE bphs_workload SET state = 'verified' WHERE id = %s", (workload.id,))
        self.env.invalidate_all()
        plans = self.generate(self.next_year, quantity_from="work")
        self.assertEqual(plans.filtered(lambda plan: plan.institution_id == self.clinic_a1).annual_amount, 60.0)

    def test_from_the_ledger(self):
        """Settled 3,120.40 = prepaid 2,184.28 + 936.12; the fourth quarter left 481.69 to
        deduct."""
        self.publish_next_year(prepay_basis="last_year")
        self.entry("prepayment", 2184.28, self.q1)
        self.entry("settlement", 936.12, self.q1)
        self.entry("settlement", -481.69, self.q4, origin=2)
        self.entry("carry", 481.69, self.q4, origin=2)
        plans = self.generate(self.next_year)
        plan = plans.filtered(lambda plan: plan.institution_id == self.clinic_a1)
        self.assertEqual(plan.basis, "last_year")
        self.assertEqual(
            {line.period_id.code: line.amount for line in plan.quarter_ids},
            {"2026Q1": 3120.40, "2026Q4": 0},
        )
        self.assertEqual(plan.annual_amount, 3120.40)
        self.assertEqual(plan.opening_carry, -481.69)
        with self.assertRaisesRegex(UserError, "2026Q2, 2026Q3"):
            plan.with_user(self.user["finance_officer"]).action_confirm()

    def test_rights(self):
        self.publish()
        for key in ("primary_care_officer", "leader", "administrator", "township_director_a"):
            with self.subTest(key), self.no_right("create", "bphs.fund.plan.generate"):
                self.generate(key=key)
