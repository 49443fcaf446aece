import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestBankAccount(FundCase):
    def create_account(self, key="finance_officer", **values):
        return self.as_user(key, "bphs.bank.account").create(
            {
                "holder": "张小明",
                "bank": "农商行甲镇支行",
                "account_number": "6217 0000 1234 5678",
                "institution_id": self.clinic_a1.id,
                **values,
            }
        )

    def test_two_persons(self):
        account = self.create_account(proposed_by_id=self.user["leader"].id)
        self.assertEqual(account.proposed_by_id, self.user["finance_officer"])
        self.assertEqual(account.account_number, "6217000012345678")
        with self.assertRaisesRegex(UserError, "second person"), self.cr.savepoint():
            self.countersign(account, "finance_officer")
        self.countersign(account)
        self.assertEqual((account.state, account.verified_by_id), ("verified", self.user["finance_officer_2"]))
        with self.refused("is confirmed already"):
            self.countersign(account)

    def test_who_edits_proposes(self):
        account = self.create_account()
        second = account.with_user(self.user["finance_officer_2"])
        second.account_number = "6217000087654321"
        for key in ("finance_officer", "finance_officer_2"):  # who entered it, who changed it last
            with self.assertRaisesRegex(UserError, "second person"), self.cr.savepoint():
                self.countersign(account, key)

    def test_database_holds_two_persons(self):
        account = self.create_account()
        self.env.flush_all()
        for statement in (
            "UPDATE bphs_bank_account SET state = 'verified', verified_by_id = proposed_by_id WHERE id = %s",
            "UPDATE bphs_bank_account SET state = 'verified' WHERE id = %s",
        ):
            with (
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(statement, (account.id,))

    def test_verified_is_fixed(self):
        account = self.create_account()
        self.countersign(account)
        for vals in (
            {"account_number": "6217000087654321"},
            {"holder": "李四"},
            {"state": "draft"},
            {"verified_by_id": False},
            {"active": False, "bank": "x"},
        ):
            with (
                self.subTest(vals),
                self.refused(
                    ("is no longer a draft and cannot be changed or", "is set by the buttons of the form, not by")
                ),
            ):
                account.write(vals)
        with self.refused("is no longer a draft and cannot be changed or"):
            account.unlink()
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.IntegrityConstraintViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE bphs_bank_account SET account_number = '6217000087654321'")
        account.action_archive()
        self.assertFalse(account.active)

    def test_client_cannot_verify_by_writing(self):
        for vals in ({"state": "verified"}, {"verified_by_id": self.user["finance_officer_2"].id}):
            with self.refused("is set by the buttons of the form, not by"):
                self.create_account(**vals)
            with self.refused("is set by the buttons of the form, not by"):
                self.create_account().write(vals)

    def test_bad_numbers(self):
        for number in ("123", "62170000123456AB", "６２１７０００012345678", "9" * 33):
            with (
                self.subTest(number),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.create_account(account_number=number)
        with self.assertRaisesRegex(ValidationError, "check digit"), self.cr.savepoint():
            self.create_account(id_number="140499195001010015")
        account = self.create_account(id_number="11010519491231002x")
        self.assertEqual(account.id_number, "11010519491231002X")

    def test_duplicate_is_shown(self):
        first = self.create_account()
        self.assertFalse(first.duplicate_ids)
        second = self.create_account(holder="李四", institution_id=self.clinic_b1.id)
        self.assertEqual(second.duplicate_ids, first)

    def test_only_finance_sees(self):
        account = self.create_account()
        for key in self.user:
            with self.subTest(key):
                seen = account.with_user(self.user[key])
                if key.startswith("finance_officer"):
                    self.assertEqual(seen.account_masked, "****5678")
                    continue
                with self.no_right("read", "bphs.bank.account"):
                    seen.read(["account_number"])
                with self.no_right("read", "bphs.bank.account"):
                    seen.search([("account_number", "like", "6217")])
