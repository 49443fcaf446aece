from odoo.exceptions import UserError
from odoo.tests import tagged

from ..paying_case import PayingCase


@tagged("post_install", "-at_install")
class TestPaymentTold(PayingCase):
    """What a batch and the bank's answer are told as: before, after, in the standing of funds, in the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=600.0, province=200.0, city=40.0, county=160.0)
        cls.wang = cls.account(cls.clinic_a1, "王医生", "99990000000000001")
        cls.li = cls.account(cls.clinic_a1, "李医生", "99990000000000002")
        cls.payees(cls.clinic_a1, ("王医生", cls.wang, 0.6), ("李医生", cls.li, 0.4))
        cls.prepay(cls.q1)  # 600 yuan a year, 70 %, a quarter: 105.00 a clinic

    def _standing(self):
        """{paid, at_bank, refused: of all sources} and that each source's figures add up."""
        self.env.invalidate_all()
        standing = self.as_user("finance_officer", "bphs.fund.standing").search([("budget_id", "=", self.budget.id)])
        for source in standing:
            left = source.arrived - source.paid - source.at_bank - source.refused + source.returned
            self.assertAlmostEqual(source.available, left, 2, source.level)
        return {name: round(sum(standing.mapped(name)), 2) for name in ("paid", "at_bank", "refused")}

    def test_h3_paid_is_what_the_bank_has_paid(self):
        payment = self.batch()
        self.pay_batch(payment)
        self.assertEqual(self._standing(), {"paid": 0, "at_bank": 105.00, "refused": 0})
        line = payment.line_ids.filtered(lambda line: line.payee_name == "王医生")
        self.as_user("finance_officer", line).action_mark_failed("账号已销户")
        self.assertEqual(self._standing(), {"paid": 0, "at_bank": 42.00, "refused": 63.00})
        payment.action_mark_paid("记-13", "2025-04-01")
        self.assertEqual(self._standing(), {"paid": 42.00, "at_bank": 0, "refused": 63.00})
        self.as_user("finance_officer_2", line).action_confirm_failed()
        self.assertEqual(self._standing(), {"paid": 42.00, "at_bank": 0, "refused": 0})

    def test_h3_the_ledger_links_a_refusal_and_its_payment(self):
        payment = self.batch()
        self.pay_batch(payment)
        line = payment.line_ids.filtered(lambda line: line.payee_name == "王医生")
        self.refuse(line, "账号已销户")
        entries = self.as_user("auditor", "bphs.fund.entry").search([("kind", "=", "payment")])
        back = entries.filtered(lambda entry: entry.amount > 0)
        self.assertEqual(set(back.mapped("wording")), {"Refused by the Bank"})
        self.assertEqual(set((entries - back).mapped("wording")), {"Payment"})
        action = back[0].action_open_counterpart()
        taken_back = entries.search(action["domain"])
        self.assertEqual(taken_back.mapped("institution_id"), line.institution_id)
        self.assertTrue(all(entry.amount < 0 for entry in taken_back))
        action = taken_back[0].action_open_counterpart()
        self.assertIn(line, self.env[action["res_model"]].search(action["domain"]))
        arrival = self.as_user("auditor", "bphs.fund.entry").search([("kind", "=", "arrival")], limit=1)
        with self.assertRaisesRegex(UserError, "Only a payment and its refusal"):
            arrival.action_open_counterpart()

    def test_h4_what_a_batch_would_take_is_said_before_and_after(self):
        draft = self.as_user("finance_officer", "bphs.fund.payment").create(
            {"budget_id": self.budget.id, "kind": "prepaid", "township_id": self.township_b.id}
        )
        open_there = self.env["bphs.fund.payable"].search(
            [("institution_id", "child_of", self.township_b.id), ("kind", "=", "prepaid"), ("open_amount", ">", 0)]
        )
        self.assertTrue(open_there)
        words = f"Prepayment: {len(open_there)} amounts, {sum(open_there.mapped('open_amount')):,.2f} yuan"
        self.assertEqual(draft.offer, words)
        said = draft.action_fill()["params"]["message"]
        self.assertEqual(draft.line_ids.institution_id | draft.left_ids.institution_id, open_there.institution_id)
        self.assertIn(f"{draft.line_count} transfers, {draft.total_amount:,.2f} yuan", said)
        self.assertIn(f"{draft.left_count} amounts", said)
        draft.write({"kind": "township"})
        self.assertFalse(draft.line_ids, "other terms empty it")
        self.assertEqual(draft.offer, "Nothing is open.")

    def test_h4_the_dialogs_name_what_they_do(self):
        payment = self.batch()
        self.pay_batch(payment)
        line = payment.line_ids.filtered(lambda line: line.payee_name == "王医生")
        self.as_user("finance_officer", line).action_mark_failed("账号已销户")
        second = self.as_user("finance_officer_2", line)
        action = second.action_open_confirm_failed()
        dialog = second.env[action["res_model"]].with_context(**action["context"]).create({})
        self.assertRecordValues(dialog, [{"confirming": True, "line_count": 1, "total_amount": 63.00}])
        result = self.as_user("finance_officer", "bphs.fund.payment.result").create(
            {"payment_id": payment.id, "voucher": "记-13"}
        )
        self.assertRecordValues(result, [{"open_line_count": 1, "open_line_amount": 42.00}])
        dialog.action_confirm()
        self.assertEqual(line.state, "failed")
