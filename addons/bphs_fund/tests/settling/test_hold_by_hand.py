from odoo.exceptions import UserError
from odoo.tests import tagged

from ..paying_case import PayingCase


@tagged("post_install", "-at_install")
class TestHoldByHand(PayingCase):
    """Money held back by hand stays out of batches until its release is approved, and is counted once throughout."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=600.0, county=400.0)
        account = cls.account(cls.clinic_a1, "王医生", "99990000000000001")
        cls.payees(cls.clinic_a1, ("王医生", account, 1))
        cls.prepay(cls.q1)  # 105.00
        cls.payable = cls.as_user("finance_officer", "bphs.fund.payable").search(
            [("institution_id", "=", cls.clinic_a1.id)]
        )

    def hold(self, amount, key="finance_officer"):
        self.as_user(key, self.payable).action_hold(amount, "群众举报，待核查")
        return self.as_user("finance_officer", "bphs.fund.hold").search(
            [("payable_id", "=", self.payable.id)], order="id desc", limit=1
        )

    def release(self, hold):
        hold.release_reason = "核查属实无误"
        hold.action_approval_submit()
        self.approve(hold, "primary_care_officer", "finance_officer_2", "deputy_leader")

    def ledger(self, *kinds):
        entries = self.env["bphs.fund.entry"].search(
            [("institution_id", "=", self.clinic_a1.id), ("kind", "in", kinds)]
        )
        return round(sum(entries.mapped("amount")), 2)

    def test_a_part_is_held_and_the_rest_is_paid(self):
        hold = self.hold(40.05)
        self.assertRecordValues(
            hold,
            [
                {
                    "origin": "manual",
                    "state": "held",
                    "amount": 40.05,
                    "releasable": 40.05,
                    "held_by_id": self.user["finance_officer"].id,
                }
            ],
        )
        self.assertRecordValues(self.payable, [{"held_amount": 40.05, "open_amount": 64.95, "state": "to_pay"}])
        self.assertEqual(self.ledger("hold"), -40.05)
        payment = self.batch()
        self.assertEqual(payment.line_ids.mapped("amount"), [64.95])
        self.pay_batch(payment)
        payment.action_mark_paid("记-1", "2025-04-01")
        self.assertEqual(self.payable.state, "held")
        self.release(hold)
        self.assertRecordValues(self.payable, [{"held_amount": 0.0, "open_amount": 40.05, "state": "to_pay"}])
        self.assertEqual(self.ledger("hold", "release"), 0)
        self.assertEqual(self.env["bphs.fund.payable"].search_count([("institution_id", "=", self.clinic_a1.id)]), 1)
        again = self.batch()
        self.assertEqual(again.line_ids.mapped("amount"), [40.05])
        self.pay_batch(again)
        self.assertEqual(self.ledger("payment"), -105.00)
        self.assertEqual(self.ledger("prepayment", "hold", "release", "payment"), 0, "owed nothing, paid once")
        with self.refused("is under approval or approved and cannot be"):
            self.release(hold)

    def test_each_payee_gets_the_rest_of_the_share(self):
        li = self.account(self.clinic_b1, "李医生", "99990000000000002")
        zhao = self.account(self.clinic_b1, "赵医生", "99990000000000003")
        self.payees(self.clinic_b1, ("李医生", li, 0.6), ("赵医生", zhao, 0.4))
        self.payable = self.as_user("finance_officer", "bphs.fund.payable").search(
            [("institution_id", "=", self.clinic_b1.id)]
        )
        hold = self.hold(10)  # 95.00: 57.00 and 38.00
        first = self.batch()
        self.pay_batch(first)
        self.refuse(first.line_ids.filtered(lambda line: line.amount == 57.00), "账号有误")
        again = self.batch()
        self.assertEqual(again.line_ids.mapped(lambda line: (line.payee_name, line.amount)), [("李医生", 57.00)])
        self.pay_batch(again)
        self.release(hold)
        rest = self.batch()
        self.assertEqual(
            sorted(rest.line_ids.mapped(lambda line: (line.payee_name, line.amount))),
            [("李医生", 6.00), ("赵医生", 4.00)],
        )

    def test_all_is_held(self):
        self.hold(105)
        self.assertEqual((self.payable.open_amount, self.payable.state), (0.0, "held"))
        self.assertFalse(self.batch().line_ids)
        with self.assertRaisesRegex(UserError, "0.00"):
            self.hold(0.01)

    def test_only_what_is_open_can_be_held(self):
        for amount in (0, -1, 105.01):
            with self.refused("yuan can be held: the rest is in a batch, paid"):
                self.hold(amount)
        with self.refused("Say why the money is held back"):
            self.payable.action_hold(1, "  ")
        payment = self.batch()
        with self.refused("yuan can be held: the rest is in a batch, paid"):
            self.hold(1)
        payment.unlink()
        self.hold(1)
        self.assertFalse(self.env["bphs.fund.overpaid"].search([("amount", "!=", 0)]))

    def test_who(self):
        self.hold(1, "primary_care_officer")
        for key in ("deputy_leader", "administrator", "auditor", "rectification_clerk", "village_doctor_a1"):
            with self.denied(("Only finance and the primary-care section hold", "bphs.fund.payable")):
                self.hold(1, key)
        hold = self.hold(1)
        for values in ({"amount": 0.5}, {"state": "released"}, {"payable_id": False}):
            with self.denied("A hold comes from a settlement or an amount to"):
                hold.write(values)
        with self.denied("A hold comes from a settlement or an amount to"):
            hold.env["bphs.fund.hold"].create({"payable_id": self.payable.id, "amount": 1, "origin": "manual"})

    def test_the_dialog(self):
        action = self.payable.action_open_hold()
        wizard = self.payable.env[action["res_model"]].with_context(**action["context"]).create({"reason": "待核查"})
        self.assertEqual(wizard.amount, 105.00)
        wizard.action_save()
        self.assertEqual(self.payable.state, "held")
