from odoo.tests import tagged

from odoo.addons.bphs_base.tests.queries import MANY, QueriesMixin

from ..paying_case import PayingCase

# Of these there is at least one row for each clinic.
GROWING = {
    "bphs.fund.plan",
    "bphs.fund.score",
    "bphs.fund.payee",
    "bphs.bank.account",
    "bphs.fund.prepayment.line",
    "bphs.fund.settlement.line",
    "bphs.fund.objection",
    "bphs.fund.hold",
    "bphs.fund.payable",
    "bphs.fund.payment.line",
    "bphs.fund.entry",
}


@tagged("post_install", "-at_install")
class TestQueries(QueriesMixin, PayingCase):
    """A township of 460 clinics with a quarter prepaid, settled and paid: no screen asks more for more of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clinics = cls.env["bphs.institution"].create(
            [
                {
                    "code": f"Q{number:04}",
                    "name": f"第{number}卫生室",
                    "kind": "village_clinic",
                    "parent_id": cls.township_a.id,
                    "division_id": cls.county.id,
                }
                for number in range(MANY)
            ]
        )
        cls._plan_all()
        cls._name_payees()
        cls.prepayment = cls.prepay(cls.q1)
        cls.quarter = cls._settle_all()
        cls._object_all()
        cls.arrive(central=1000000.0)
        cls.payment = cls.batch()
        cls.pay_batch(cls.payment)
        cls.env.flush_all()

    @classmethod
    def _plan_all(cls):
        plans = cls.as_user("finance_officer", "bphs.fund.plan").create(
            [
                {
                    "institution_id": clinic.id,
                    "period_id": cls.year.id,
                    "scheme_id": cls.scheme.id,
                    "line_ids": [(0, 0, {"item_id": cls.item_ehr.id, "quantity": 100})],
                }
                for clinic in cls.clinics
            ]
        )
        plans.action_confirm()

    @classmethod
    def _name_payees(cls):
        accounts = cls.as_user("finance_officer", "bphs.bank.account").create(
            [
                {
                    "holder": f"医生{number}",
                    "bank": "试验农商行",
                    "account_number": f"9999{number:013}",
                    "institution_id": clinic.id,
                }
                for number, clinic in enumerate(cls.clinics)
            ]
        )
        cls.countersign(accounts)
        cls.as_user("finance_officer", "bphs.fund.payee").create(
            [
                {
                    "institution_id": account.institution_id.id,
                    "name": account.holder,
                    "account_id": account.id,
                    "share": 1,
                    "date_from": "2025-01-01",
                }
                for account in accounts
            ]
        )

    @classmethod
    def _settle_all(cls):
        """Everybody's score is below the line: each clinic has a hold."""
        cls.as_user("primary_care_officer", "bphs.fund.score").create(
            [{"institution_id": clinic.id, "period_id": cls.q1.id, "score": 55} for clinic in cls.clinics]
        )
        statements = cls.env["bphs.workload"]._open_period(cls.q1, cls.clinics)
        lines = statements.line_ids.filtered(lambda line: line.item_id == cls.item_ehr)
        cls.env["bphs.workload.line"]._load_quantities(["reported"], [(line.id, 90) for line in lines])
        statements.action_submit()
        statements.action_verify()
        return cls.settle(cls.q1)

    @classmethod
    def _object_all(cls):
        # Whoever may object was settled in silence; here only the rows count.
        cls.env["bphs.fund.objection"].create(
            [
                {
                    "line_id": line.id,
                    "institution_id": line.institution_id.id,
                    "period_id": line.period_id.id,
                    "reason": "少计",
                    "user_id": cls.env.uid,
                }
                for line in cls.quarter.settlement_ids.line_ids
            ]
        )

    def test_lists(self):
        self.assert_lists_bounded("bphs_fund", "finance_officer", GROWING)

    def test_lists_of_the_township(self):
        self.assert_lists_bounded("bphs_fund", "township_director_a", {"bphs.fund.settlement.line", "bphs.fund.hold"})

    def test_forms(self):
        self.assert_form_bounded(self.prepayment, "finance_officer", "line_ids")
        self.assert_form_bounded(self.quarter.settlement_ids, "township_director_a", "line_ids")
        self.assert_form_bounded(self.payment, "finance_officer", "line_ids")
        waiting = self.compute(self.q2)
        self.assert_form_bounded(waiting, "finance_officer", "issue_ids")
