import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestReceipt(FundCase):
    def test_confirm_posts_once(self):
        receipt = self.create_receipt(amount=17079620.0)
        self.assertEqual(self.source["central"].arrived, 0)
        self.countersign(receipt)
        self.env.invalidate_all()
        source = self.source["central"]
        self.assertEqual((source.arrived, source.available), (17079620.0, 17079620.0))
        self.assertEqual(source.due, 17079606.0)
        self.assertEqual(source.outstanding, -14.0)
        self.assertEqual(receipt.confirmed_by_id, self.user["finance_officer_2"])
        with self.assertRaisesRegex(UserError, "confirmed already"):
            self.countersign(receipt)
        entry = self.env["bphs.fund.entry"].search([("origin_model", "=", receipt._name)])
        self.assertEqual(len(entry), 1)
        self.assertEqual((entry.kind, entry.document_id), ("arrival", self.document))

    def test_a_source_is_found_by_year_and_level(self):
        central = self.source["central"]
        mine = self.as_user("finance_officer", "bphs.fund.source")
        for words in ("2025 Central", "central 2025", "Central"):
            self.assertIn(central, mine.search([("display_name", "ilike", words)]), words)
        for words in ("2024 Central", "2025 Province", "2025 no such"):
            self.assertNotIn(central, mine.search([("display_name", "ilike", words)]), words)

    def test_confirmed_is_fixed(self):
        receipt = self.create_receipt()
        receipt.amount = 1200
        self.countersign(receipt)
        for vals in ({"amount": 1}, {"state": "draft"}, {"document_id": False}):
            with self.refused(
                ("is no longer a draft and cannot be changed or", "is set by the buttons of the form, not by")
            ):
                receipt.write(vals)
        with self.refused("is no longer a draft and cannot be changed or"):
            receipt.with_context(force=True).sudo().unlink()
        self.env.flush_all()
        for statement in (
            "UPDATE bphs_fund_receipt SET amount = 1 WHERE id = %s",
            "UPDATE bphs_fund_receipt SET state = 'draft' WHERE id = %s",
            "DELETE FROM bphs_fund_receipt WHERE id = %s",
        ):
            with (
                self.assertRaises(psycopg2.errors.IntegrityConstraintViolation),
                mute_logger("odoo.sql_db"),
            ):
                with self.cr.savepoint():
                    self.env.cr.execute(statement, (receipt.id,))
        self.assertEqual(receipt.amount, 1200)

    def test_state_is_not_a_clients(self):
        with self.refused("is set by the buttons of the form, not by"):
            self.create_receipt(state="confirmed")
        receipt = (
            self.as_user("finance_officer", "bphs.fund.receipt")
            .with_context(default_state="confirmed")
            .create(
                {
                    "source_id": self.source["city"].id,
                    "document_id": self.document.id,
                    "indicator_amount": 5,
                    "issued_date": "2025-01-10",
                    "date": "2025-02-01",
                    "amount": 5,
                }
            )
        )
        self.assertEqual(receipt.state, "draft")
        with self.refused("is set by the buttons of the form, not by"):
            receipt.write({"state": "confirmed"})
        with self.refused("is set by the buttons of the form, not by"):
            receipt.write({"confirmed_by_id": self.user["leader"].id})
        with self.refused("is set by the buttons of the form, not by"):
            receipt.write({"reversal_of_id": receipt.id})

    def test_reversal(self):
        receipt = self.create_receipt(amount=1000.0)
        with self.refused("Only a confirmed arrival can be reversed"):
            receipt.action_reverse()
        self.countersign(receipt)
        action = receipt.action_reverse()
        reversal = receipt.browse(action["res_id"])
        self.assertEqual((reversal.amount, reversal.state), (-1000.0, "draft"))
        self.assertEqual(self.source["central"].arrived, 1000.0)
        with self.assertRaisesRegex(UserError, "second person"):
            self.countersign(reversal, "finance_officer")
        for key in ("finance_officer", "finance_officer_2"):
            with self.assertRaisesRegex(UserError, "opposite"):
                self.as_user(key, reversal).write({"amount": -1.0})
        self.countersign(reversal)
        self.assertEqual((reversal.amount, reversal.state), (-1000.0, "confirmed"))
        self.env.invalidate_all()
        self.assertEqual(self.source["central"].arrived, 0)
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            receipt.action_reverse()
        with self.refused("Only a confirmed arrival can be reversed"):
            reversal.action_reverse()

    def test_reversal_below_spent(self):
        receipt = self.create_receipt(amount=1000.0)
        self.countersign(receipt)
        self.pay("central", 300.25)
        receipt.action_reverse()
        with self.assertRaisesRegex(UserError, "300.25"), self.cr.savepoint():
            self.countersign(receipt.reversal_ids)
        self.assertEqual(receipt.reversal_state, "draft")
        receipt.reversal_ids.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.source["central"].available, 699.75)

    def test_bad_input(self):
        for values in (
            {"amount": 0},
            {"amount": -5},
            {"indicator_amount": 0},
            {"issued_date": "2025-03-01"},
        ):
            with (
                self.subTest(values),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.create_receipt(**values)
        with (
            self.assertRaises(psycopg2.errors.NotNullViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.create_receipt(document_id=False)

    def test_rights(self):
        receipt = self.create_receipt()
        for key in (
            "administrator",
            "primary_care_officer",
            "leader",
            "auditor",
            "finance_bureau",
            "township_director_a",
            "village_doctor_a1",
            "evaluator",
        ):
            with self.subTest(key), self.no_right("write", "bphs.fund.receipt"):
                self.countersign(receipt, key)
        self.assertEqual(receipt.state, "draft")
        self.countersign(receipt)
        self.assertEqual(receipt.confirmed_by_id, self.user["finance_officer_2"])
