import base64
from datetime import timedelta

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestCountersign(FundCase):
    """Accounts, arrivals and returns take two persons, and the second confirms what that one saw."""

    def records(self):
        """One draft of each model, entered by the first finance officer, with a change to it."""
        account = self.as_user("finance_officer", "bphs.bank.account").create(
            {
                "holder": "张小明",
                "bank": "农商行",
                "account_number": "6217000012345678",
                "institution_id": self.clinic_a1.id,
            }
        )
        money = self.as_user("finance_officer", "bphs.fund.return").create(
            {
                "institution_id": self.clinic_a1.id,
                "budget_id": self.budget.id,
                "amount": 5,
                "reason": "多拨",
                "document_id": self.document.id,
            }
        )
        return (
            (account, {"account_number": "6217000087654321"}),
            (self.create_receipt(), {"amount": 900.0}),
            (money, {"amount": 6.0}),
        )

    def test_what_changed_since_it_was_seen_is_not_confirmed(self):
        for record, change in self.records():
            with self.subTest(record._name):
                second = self.as_user("finance_officer_2", record)
                seen = second._seen()
                record.write(change)
                with self.assertRaisesRegex(UserError, "changed since you looked"):
                    second._countersign(seen)
                self.assertEqual(record.state, "draft")

    def test_who_says_nothing_of_what_they_saw_confirms_nothing(self):
        for record, _change in self.records():
            second = self.as_user("finance_officer_2", record)
            for seen in (None, {}, [], "x", True, {"0": "x"}, {str(record.id): ""}, {str(record.id): "0" * 64}):
                with (
                    self.subTest(f"{record._name} {seen}"),
                    self.refused(
                        ("first: it is confirmed as it was seen", "has changed since you looked at it. Look at it")
                    ),
                ):
                    second._countersign(seen)
            self.assertEqual(record.state, "draft")

    def test_a_document_exchanged_meanwhile_counts_as_a_change(self):
        for day, record in enumerate((self.create_receipt(), self.records()[2][0]), 1):
            for change in (
                {"number": f"试财社〔2025〕9{day}号"},
                {"date": f"2025-01-0{day}"},
                {"file": base64.b64encode(record._name.encode()), "file_name": "扫描件.pdf"},
            ):
                second = self.as_user("finance_officer_2", record)
                seen = second._seen()
                self.as_user("finance_officer", self.document).write(change)
                with self.subTest(f"{record._name} {list(change)}"), self.assertRaisesRegex(UserError, "changed since"):
                    second._countersign(seen)

    def test_one_alone_never(self):
        for record, _change in self.records():
            self.assertFalse(record.can_countersign)
            with self.subTest(record._name), self.assertRaisesRegex(UserError, "second person"):
                record._countersign(record._seen())
            with self.assertRaisesRegex(UserError, "second person"):
                self.dialog(record).action_countersign()
            self.assertTrue(self.as_user("finance_officer_2", record).can_countersign)

    def test_who_changed_it_and_who_entered_it_are_both_barred(self):
        for record, change in self.records():
            self.as_user("finance_officer_2", record).write(change)
            for key in ("finance_officer", "finance_officer_2"):
                with self.subTest(f"{record._name} {key}"), self.assertRaisesRegex(UserError, "second person"):
                    self.countersign(record, key)

    def test_nobody_hands_the_entering_to_another(self):
        other = self.user["finance_officer_2"].id
        for record, _change in self.records():
            record.write({"proposed_by_id": other, "create_uid": other})
            self.assertEqual((record.proposed_by_id, record.create_uid), (self.user["finance_officer"],) * 2)
            with self.refused("was entered or changed by you: a second person"):
                record._countersign(record._seen())

    def test_the_database_holds_two_persons_to_it(self):
        self.env.flush_all()
        for record, _change in self.records():
            self.env.flush_all()
            column = "verified_by_id" if record._name == "bphs.bank.account" else "confirmed_by_id"
            state = "verified" if record._name == "bphs.bank.account" else "confirmed"
            with (
                self.subTest(record._name),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET state = %s, %s = proposed_by_id WHERE id = %s",
                        SQL.identifier(record._table),
                        state,
                        SQL.identifier(column),
                        record.id,
                    )
                )

    def test_money_of_a_day_to_come_is_not_there_yet(self):
        tomorrow = self.env["base"]._county_today() + timedelta(days=1)
        for record in (self.create_receipt(date=tomorrow), self.records()[2][0]):
            record.date = tomorrow
            with self.subTest(record._name), self.assertRaisesRegex(UserError, str(tomorrow)):
                self.countersign(record)

    def dialog(self, records, key=None):
        records = self.as_user(key, records) if key else records
        action = records.action_open_countersign()
        return records.env[action["res_model"]].browse(action["res_id"])

    def test_the_window_shows_and_confirms_what_stands(self):
        receipts = self.create_receipt(amount=1000.0) | self.create_receipt("province", 1234567.89)
        dialog = self.dialog(receipts, "finance_officer_2")
        self.assertEqual(dialog.line_ids.entered_by_id, self.user["finance_officer"])
        text = "\n".join(dialog.line_ids.mapped("particulars"))
        for part in ("1,000.00", "1,234,567.89", "试财社〔2025〕1号", "2025-02-01"):
            self.assertIn(part, text)
        Form(dialog)
        receipts[1].note = "更正"
        with self.assertRaisesRegex(UserError, "changed since"):
            dialog.action_countersign()
        self.assertEqual(set(receipts.mapped("state")), {"draft"})
        self.dialog(receipts, "finance_officer_2").action_countersign()
        self.assertEqual(set(receipts.mapped("state")), {"confirmed"})
        with self.assertRaisesRegex(UserError, "waits for a second person"):
            self.dialog(receipts, "finance_officer_2")

    def test_the_window_of_another_and_of_other_records(self):
        dialog = self.dialog(self.create_receipt(), "finance_officer_2")
        with self.denied("not within your scope"):
            self.as_user("finance_officer", dialog).action_countersign()
        for model in ("bphs.fund.run", "res.users", "no.model"):
            dialog.res_model = model
            with self.refused("is not confirmed by a second person"):
                dialog.action_countersign()
        for key in self.user:
            if not key.startswith("finance_officer"):
                with self.subTest(key), self.no_right("write", "bphs.fund.receipt"):
                    self.dialog(self.create_receipt(), key)

    def test_arrivals_confirmed_before_the_rule_stay(self):
        receipt = self.create_receipt()
        self.countersign(receipt)
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE bphs_fund_receipt DISABLE TRIGGER bphs_fund_receipt_freeze")
        self.env.cr.execute(
            "UPDATE bphs_fund_receipt SET confirmed_by_id = create_uid, proposed_by_id = NULL WHERE id = %s",
            [receipt.id],
        )
        self.env.cr.execute("ALTER TABLE bphs_fund_receipt ENABLE TRIGGER bphs_fund_receipt_freeze")
        self.env.invalidate_all()
        receipt.action_reverse()
        self.countersign(receipt.reversal_ids)
        self.assertEqual(receipt.reversal_state, "confirmed")
