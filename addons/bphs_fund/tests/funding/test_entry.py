from decimal import Decimal

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestEntry(FundCase):
    def vals(self, kind, amount, **more):
        return {
            "budget_id": self.budget.id,
            "kind": kind,
            "institution_id": self.clinic_a1.id,
            "period_id": self.q1.id,
            "amount": Decimal(amount),
            "origin_model": "res.users",
            "origin_id": 1,
            **more,
        }

    def test_nobody_creates(self):
        for key, user in self.user.items():
            with self.subTest(key), self.no_right("create", "bphs.fund.entry"):
                self.env["bphs.fund.entry"].with_user(user).create(self.vals("prepayment", "1"))
        with self.no_right("create", "bphs.fund.entry"):
            self.env["bphs.fund.entry"].with_user(self.env.ref("base.user_admin")).create(self.vals("prepayment", "1"))

    def test_append_only(self):
        entry = self.env["bphs.fund.entry"]._post([self.vals("prepayment", "12.34")])
        with self.refused("an entry once made is never changed or deleted"):
            entry.write({"amount": 1})
        with self.refused("an entry once made is never changed or deleted"):
            entry.unlink()
        for statement in (
            "UPDATE bphs_fund_entry SET amount = 1",
            "DELETE FROM bphs_fund_entry",
            "TRUNCATE bphs_fund_entry CASCADE",
        ):
            with self.assertRaises(psycopg2.Error), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env.cr.execute(statement)
        self.assertEqual(entry.amount, 12.34)

    def test_posting_twice_is_refused(self):
        self.env["bphs.fund.entry"]._post([self.vals("prepayment", "12.34")])
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env["bphs.fund.entry"]._post([self.vals("prepayment", "12.34")])

    def test_zero_is_left_out(self):
        self.assertFalse(self.env["bphs.fund.entry"]._post([self.vals("hold", "0.00")]))

    def test_cash_names_its_source(self):
        for vals in (
            self.vals("payment", "-1"),
            self.vals("hold", "-1", source_id=self.source["city"].id),
        ):
            with (
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.env["bphs.fund.entry"]._post([vals])

    def test_no_source_below_zero(self):
        self.arrive(central=100.0)
        self.pay("central", 99.99)
        with self.assertRaisesRegex(UserError, "0.01 "), self.cr.savepoint():
            self.pay("central", 0.02, origin_id=2)
        self.pay("central", 0.01, origin_id=3)
        self.env.invalidate_all()
        self.assertEqual(self.source["central"].available, 0)
        self.assertEqual(self.source["central"].paid, 100.0)

    def test_owed(self):
        """Prepay 100, pay it, settle at 130: 30 are owed; withhold 30: nothing is."""
        self.arrive(central=500.0)
        entries = self.env["bphs.fund.entry"]
        post = entries._post

        def owed():
            ((amount,),) = entries._read_group([("institution_id", "=", self.clinic_a1.id)], [], ["amount:sum"])
            return amount

        post([self.vals("prepayment", "100")])
        self.pay("central", 100.0)
        self.assertEqual(owed(), 0)
        post([self.vals("settlement", "30")])
        self.assertEqual(owed(), 30)
        post([self.vals("hold", "-30")])
        self.assertEqual(owed(), 0)

    def test_scope(self):
        self.env["bphs.fund.entry"]._post([self.vals("prepayment", "100")])
        seen = self.env["bphs.fund.entry"].with_user(self.user["township_accountant_a"]).search([])
        self.assertEqual(seen.institution_id, self.clinic_a1)
        self.assertFalse(self.env["bphs.fund.entry"].with_user(self.user["township_accountant_b"]).search([]))
        with self.no_right("read", "bphs.fund.entry"):
            self.env["bphs.fund.entry"].with_user(self.user["village_doctor_a1"]).search([])
