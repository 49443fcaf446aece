from odoo.tests import tagged

from .test_settling import ReadyCase


@tagged("post_install", "-at_install")
class TestOverpaid(ReadyCase):
    """A correction downwards: what was paid too much is shown, deducted later, or returned. Never lost."""

    @classmethod
    def create_scheme(cls, **values):
        return super().create_scheme(**{"notice_required": False, **values})

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=20000.0, county=10000.0)
        for clinic, number in zip(cls.clinics, "123", strict=True):
            account = (
                cls.env["bphs.bank.account"]
                .with_user(cls.user["finance_officer"])
                .create(
                    {
                        "holder": "王医生",
                        "bank": "农商行",
                        "account_number": f"9999000000000000{number}",
                        "institution_id": clinic.id,
                    }
                )
            )
            cls.countersign(account)
            cls.as_user("finance_officer", "bphs.fund.payee").create(
                {
                    "institution_id": clinic.id,
                    "name": "王医生",
                    "account_id": account.id,
                    "share": 1,
                    "date_from": "2025-01-01",
                }
            )
        cls.quarter = cls.settle(cls.q1)  # 444.00 a clinic beside the prepaid 700.00

    def pay_all(self):
        payment = self.as_user("finance_officer", "bphs.fund.payment").create({"budget_id": self.budget.id})
        payment.action_fill()
        payment.action_approval_submit()
        self.approve(payment, "finance_officer_2", "deputy_leader")
        payment.action_mark_paid("记-1", "2025-05-01")
        return payment

    def correct(self, score, deduction):
        """Take the standing quarter of clinic A1 back and settle it anew."""
        line = self.env["bphs.fund.settlement.line"].search(
            [
                ("institution_id", "=", self.clinic_a1.id),
                ("period_id", "=", self.q1.id),
                ("posted", "=", True),
                ("reversed", "=", False),
                ("reversal_of_id", "=", False),
            ]
        )
        action = self.as_user("finance_officer", line).action_reverse("核查后更正")
        self.env["bphs.fund.score"].search(
            [("institution_id", "=", self.clinic_a1.id), ("period_id", "=", self.q1.id)]
        ).write({"score": score, "deduction": deduction, "reason": "更正"})
        run = self.as_user("finance_officer", self.env["bphs.fund.run"].browse(action["res_id"]))
        run.action_compute()
        self.deem(run)
        run.action_submit_townships()
        self.townships_approve(run)
        self.county_approves(run)
        return run

    def row(self, key="finance_officer"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.as_user(key, "bphs.fund.overpaid").search(
            [("institution_id", "=", self.clinic_a1.id), ("budget_id", "=", self.budget.id)]
        )

    def open_of(self, period=None):
        payables = self.env["bphs.fund.payable"].search(
            [
                ("institution_id", "=", self.clinic_a1.id),
                ("period_id", "=", (period or self.q1).id),
                ("kind", "=", "pay"),
            ]
        )
        return round(sum(payables.mapped("open_amount")), 2)

    def owed(self):
        self.env.flush_all()
        entries = self.env["bphs.fund.entry"].search([("institution_id", "=", self.clinic_a1.id)])
        return round(sum(entries.mapped("amount")), 2)

    def test_nothing_is_to_be_returned_in_a_settled_quarter(self):
        self.assertEqual(self.row().amount, 0)
        self.pay_all()
        self.assertEqual((self.row().amount, self.owed()), (0, 0))

    def test_what_is_not_yet_paid_is_simply_not_paid(self):
        self.correct(90, 44)
        self.assertEqual(self.open_of(), 400.00)
        self.assertEqual(self.row().amount, 0)
        self.assertEqual(
            sum(self.pay_all().line_ids.filtered(lambda line: line.institution_id == self.clinic_a1).mapped("amount")),
            1100.00,
        )
        self.assertEqual(self.owed(), 0)

    def test_a_second_correction_gives_back_what_was_deducted(self):
        self.correct(90, 44)
        self.correct(90, 0)
        self.assertEqual((self.open_of(), self.row().amount), (444.00, 0))
        self.assertEqual(self.env["bphs.fund.deduction"].search([], order="id").mapped("amount"), [44.00, -44.00])

    def test_deducted_from_the_next_settlement(self):
        self.pay_all()
        self.correct(90, 44)
        row = self.row()
        self.assertRecordValues(row, [{"excess": 44.0, "amount": 44.0, "granted": 1144.0, "entitled": 1100.0}])
        self.assertEqual(self.owed(), -44.00)
        self.assertEqual(row.search([("amount", ">", 0)]), row)
        self.ready(self.q2)
        prepaid = self.env["bphs.fund.payable"].search([("period_id", "=", self.q2.id), ("kind", "=", "prepaid")])
        self.assertEqual(set(prepaid.mapped("open_amount")), {700.00}, "prepayments stay gross")
        run = self.settle(self.q2)
        self.assertEqual(self.line_of(run, self.clinic_a1).pay, 444.00)
        self.assertEqual((self.open_of(self.q2), self.row().amount), (400.00, 0))
        self.pay_all()
        self.assertEqual(self.owed(), 0)
        written, replayed, stored, notes = run._replay_texts()
        self.assertEqual((replayed, notes), (stored, []))

    def test_returned(self):
        self.pay_all()
        self.correct(90, 44)
        action = self.row().action_record_return()
        money = (
            self.as_user("finance_officer", "bphs.fund.return")
            .with_context(**action["context"])
            .create({"reason": "多拨缴回"})
        )
        self.assertEqual(money.amount, 44.00)
        self.countersign(money)
        self.assertEqual((self.row().amount, self.owed()), (0, 0))
        self.ready(self.q2)
        self.settle(self.q2)
        self.assertEqual(self.open_of(self.q2), 444.00, "returned money is not deducted as well")

    def test_held_money_comes_free_less_what_is_owed_back(self):
        payable = self.env["bphs.fund.payable"].search(
            [("institution_id", "=", self.clinic_a1.id), ("kind", "=", "pay")]
        )
        self.as_user("finance_officer", payable).action_hold(444, "待核查")
        self.correct(90, 44)
        self.assertEqual(self.row().amount, 44.00)
        hold = self.as_user("finance_officer", "bphs.fund.hold").search([("payable_id", "=", payable.id)])
        hold.release_reason = "已核实"
        hold.action_approval_submit()
        self.approve(hold, "primary_care_officer", "finance_officer_2", "deputy_leader")
        self.assertEqual((self.open_of(), self.row().amount), (400.00, 0))

    def test_who(self):
        self.pay_all()
        self.correct(90, 44)
        self.assertEqual(self.row("village_doctor_a1").amount, 44.00)
        self.assertFalse(self.row("village_doctor_b1"))
        self.assertFalse(self.row("township_director_b"))
        for key in ("leader", "village_doctor_a1"):
            with self.no_right("create", "bphs.fund.return"):
                self.row(key).action_record_return()
        for key in ("rectification_clerk", "administrator"):
            with self.no_right("read", "bphs.fund.overpaid"):
                self.row(key)


@tagged("post_install", "-at_install")
class TestClosedClinic(ReadyCase):
    def test_what_a_closed_clinic_leaves_is_to_be_returned(self):
        self.arrive(central=20000.0)
        self.settle(self.q1)
        for quarter in (self.q2, self.q3, self.q4):
            self.ready(quarter, 55 if quarter == self.q4 else 90)
            self.settle(quarter)
        self.settle(self.year)  # capped at 4,000.00, granted 4,132.00
        overpaid = self.as_user("finance_officer", "bphs.fund.overpaid")
        mine = [("institution_id", "=", self.clinic_a1.id)]
        self.assertEqual(overpaid.search(mine).amount, 0, "an open clinic has it deducted next year")
        left = self.env["bphs.fund.plan"]._left_to_deduct(self.clinic_a1, self.year)
        self.assertEqual(left[self.clinic_a1.id], -132)
        self.clinic_a1.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        row = overpaid.search(mine)
        self.assertRecordValues(row, [{"to_carry": 132.0, "amount": 132.0, "excess": 0.0}])
        for payable in self.env["bphs.fund.payable"].search(mine):
            self.pay("central", payable.amount, origin_id=payable.id)
        money = self.as_user("finance_officer", "bphs.fund.return").create(
            {"institution_id": self.clinic_a1.id, "budget_id": self.budget.id, "amount": 132, "reason": "撤销缴回"}
        )
        self.countersign(money)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(overpaid.search(mine).amount, 0)
        self.assertEqual(self.env["bphs.fund.plan"]._left_to_deduct(self.clinic_a1, self.year)[self.clinic_a1.id], 0)
        entries = self.env["bphs.fund.entry"].search(mine)
        self.assertEqual(round(sum(entries.mapped("amount")), 2), 0)
