import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.bphs_base.tools.money import to_decimal

from .test_settling import ReadyCase

STEPS = st.lists(
    st.tuples(st.sampled_from(["arrive", "pay", "fail", "return", "hold"]), st.integers(0, 5), st.integers(1, 99999)),
    min_size=3,
    max_size=9,
)


@tagged("post_install", "-at_install")
class TestReplayMoney(ReadyCase):
    """Whatever happened to the money, the export replays to the ledger's own splits and balances, to the fen."""

    @classmethod
    def create_scheme(cls, **values):
        return super().create_scheme(**{"notice_required": False, **values})

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, clinic in enumerate(cls.clinics):
            payees = []
            for part, share in enumerate((0.6, 0.4)):
                name = f"医生{number}{part}"
                account = cls.as_user("finance_officer", "bphs.bank.account").create(
                    {
                        "holder": name,
                        "bank": "农商行",
                        "account_number": f"99990000000000{number}{part}0",
                        "institution_id": clinic.id,
                    }
                )
                cls.countersign(account)
                payees.append(
                    {
                        "institution_id": clinic.id,
                        "name": name,
                        "account_id": account.id,
                        "share": share,
                        "date_from": "2025-01-01",
                    }
                )
            cls.as_user("finance_officer", "bphs.fund.payee").create(payees)
        cls.quarter = cls.settle(cls.q1)

    def batch(self):
        payment = self.as_user("finance_officer", "bphs.fund.payment").create({"budget_id": self.budget.id})
        payment.action_fill()
        held = sum(to_decimal(source.available) for source in self.budget.source_ids)
        if not payment.line_ids or to_decimal(payment.total_amount) > held:
            payment.unlink()
            return None
        payment.action_approval_submit()
        self.approve(payment, "finance_officer_2", "deputy_leader")
        return payment

    def take(self, step, place, fen):
        """One step, where it is possible; amounts follow from the number of fen."""
        if step == "arrive":
            self.arrive(**{("central", "province", "city", "county")[place % 4]: fen / 100})
        elif step == "pay":
            self.batch()
        elif step == "fail":
            waiting = self.env["bphs.fund.payment.line"].search([("state", "=", "to_pay")])
            if waiting:
                self.refuse(waiting[place % len(waiting)], "账号有误")
        elif step == "hold":
            payables = self.as_user("finance_officer", "bphs.fund.payable").search([("open_amount", ">", 0)])
            if payables:
                payable = payables[place % len(payables)]
                payable.action_hold(min(fen / 100, payable.open_amount), "待核查")
        else:
            clinic = self.clinics[place % 3]
            received = -sum(
                to_decimal(entry.amount)
                for entry in self.env["bphs.fund.entry"].search(
                    [("institution_id", "=", clinic.id), ("kind", "in", ("payment", "return"))]
                )
            )
            under_way = self.env["bphs.fund.payment.line"].search(
                [("institution_id", "=", clinic.id), ("state", "=", "to_pay")]
            )
            received -= sum(map(to_decimal, under_way.mapped("amount")))
            if received > 0:
                money = self.as_user("finance_officer", "bphs.fund.return").create(
                    {
                        "institution_id": clinic.id,
                        "budget_id": self.budget.id,
                        "reason": "缴回",
                        "amount": min(to_decimal(fen) / 100, received),
                    }
                )
                self.countersign(money)

    def check(self):
        self.env.flush_all()
        self.env.invalidate_all()
        __, replayed, stored, notes = self.quarter._replay_texts()
        self.assertFalse(notes)
        self.assertEqual(replayed, stored)
        available = {source.level: f"{source.available:.2f}" for source in self.budget.source_ids if source.arrived}
        self.assertEqual(json.loads(replayed)["available"], available)
        return json.loads(replayed)

    def test_a_refused_transfer_is_told_as_a_return(self):
        self.arrive(central=3000.0, county=1000.0)
        payment = self.batch()
        line = payment.line_ids.filtered(lambda line: line.institution_id == self.clinic_a1)[:1]
        self.refuse(line, "账号有误")
        again = self.batch()
        self.assertEqual(again.line_ids.amount, line.amount)
        events = self.check()["events"]
        told = [(event["type"], event["amount"]) for event in events if event.get("code") == self.clinic_a1.code]
        refused = f"{line.amount:.2f}"
        self.assertEqual(told[-2:], [("return", refused), ("payment", refused)])

    def test_every_history_replays(self):
        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(STEPS)
        def history(steps):
            savepoint = self.env.cr.savepoint()
            try:
                self.arrive(central=2000.01, county=1500.0)
                for step in steps:
                    self.take(*step)
                self.check()
            finally:
                savepoint.close(rollback=True)
                self.env.invalidate_all(flush=False)

        history()

    def test_an_arrival_taken_back_is_said(self):
        receipt = self.create_receipt("central", 10.0)
        self.countersign(receipt)
        receipt.action_reverse()
        self.countersign(receipt.reversal_ids)
        written, __, __, notes = self.quarter._replay_texts()
        self.assertEqual(len(notes), 1)
        self.assertNotIn("events", json.loads(written))
