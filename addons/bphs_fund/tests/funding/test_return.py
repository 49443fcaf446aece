from odoo.exceptions import UserError
from odoo.tests import tagged

from ..paying_case import PayingCase


@tagged("post_install", "-at_install")
class TestReturn(PayingCase):
    """Returned money goes back to the sources it came from, confirmed by a second person."""

    @classmethod
    def create_scheme(cls, **values):
        return super().create_scheme(**{"notice_required": False, **values})

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=100.0, county=100.0)
        account = cls.account(cls.clinic_a1, "王医生", "99990000000000001")
        cls.payees(cls.clinic_a1, ("王医生", account, 1))
        cls.prepay(cls.q1)
        cls.first = cls.batch()
        cls.pay_batch(cls.first)
        cls.first.action_mark_paid("记-1", "2025-02-01")

    def _return(self, amount, key="finance_officer", **values):
        return self.as_user(key, "bphs.fund.return").create(
            {
                "institution_id": self.clinic_a1.id,
                "budget_id": self.budget.id,
                "amount": amount,
                "reason": "卫生室撤并，缴回多拨资金",
                **values,
            }
        )

    def test_goes_back_to_its_sources(self):
        money = self._return(20.01)
        with self.refused("was entered or changed by you: a second person"):
            self.countersign(money, "finance_officer")
        self.countersign(money)
        entries = self.env["bphs.fund.entry"].search([("kind", "=", "return")])
        self.assertEqual(
            {entry.source_id.level: entry.amount for entry in entries}, {"central": 10.01, "county": 10.00}
        )
        with self.refused("is confirmed already"):
            self.countersign(money)
        with self.refused("is no longer a draft and cannot be changed or"):
            money.write({"amount": 1})

    def test_what_waits_for_the_bank_is_not_given_back(self):
        """The bank may still refuse it, and then it must all be there to be taken back."""
        self.work(self.clinic_a1, self.q1, {self.item_ehr: 100, self.item_htn: 10})
        self.score(self.clinic_a1, self.q1, 92)
        self.arrive(central=1000.0)
        run = self.settle(self.q1)
        payable = self.env["bphs.fund.payable"].search([("kind", "=", "pay")])
        self.assertEqual(payable.origin_id, self.line_of(run, self.clinic_a1).id)
        waiting = self.batch(kind="pay")
        self.pay_batch(waiting)
        money = self._return(105.01)
        with self.assertRaisesRegex(UserError, "wait for the bank"):
            self.countersign(money)
        self.countersign(self._return(105.00))
        self.refuse(waiting.line_ids, "账号有误")
        self.assertEqual(set(waiting.line_ids.mapped("state")), {"failed"})

    def test_never_more_than_received(self):
        money = self._return(105.01)
        with self.refused("甲一村卫生室"):
            self.countersign(money)
        self.assertFalse(self.env["bphs.fund.entry"].search([("kind", "=", "return")]))

    def test_whoever_changes_it_cannot_confirm_it(self):
        money = self._return(5.0)
        second = self.as_user("finance_officer_2", money)
        second.write({"amount": 6.0})
        for key in ("finance_officer", "finance_officer_2"):  # who entered it, who changed it last
            with self.assertRaisesRegex(UserError, "second person"):
                self.countersign(money, key)

    def test_who(self):
        money = self._return(5.0)
        for key in ("deputy_leader", "administrator", "auditor"):
            with self.no_right("write", "bphs.fund.return"):
                self.as_user(key, money).action_confirm()
        self.assertEqual(self.as_user("village_doctor_a1", "bphs.fund.return").search([]), money)
        self.assertFalse(self.as_user("village_doctor_b1", "bphs.fund.return").search([]))
