import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestToTheFen(FundCase):
    """An amount is what the screen says it is, to the fen, by whatever way it comes in."""

    def test_m1_a_new_amount_is_rounded_as_a_changed_one(self):
        receipt = self.create_receipt(amount=100.005)
        score = self.as_user("primary_care_officer", "bphs.fund.score").create(
            {
                "institution_id": self.clinic_a1.id,
                "period_id": self.q1.id,
                "score": 92,
                "deduction": 1.005,
                "reason": "x",
            }
        )
        for record, name, expected in ((receipt, "amount", 100.01), (score, "deduction", 1.01)):
            self.env.invalidate_all()
            self.assertEqual(record[name], expected)
            for typed, stored in ((0.285, 0.29), (1.004999, 1.0), ("2.675", 2.68), (8, 8.0)):
                record.write({name: typed})
                self.env.invalidate_all()
                self.assertEqual(record[name], stored)

    def test_m1_what_is_no_amount_is_refused(self):
        for amount in (float("nan"), float("inf"), 1e40, "1,000", True):
            with self.subTest(amount), self.assertRaisesRegex(UserError, "不是"), self.cr.savepoint():
                self.create_receipt(amount=amount)
        with self.assertRaisesRegex(UserError, "no plausible amount"):
            self.create_receipt(amount=10**12)

    def test_m1_the_database_holds_every_column_of_money_to_the_fen(self):
        """Every model that keeps an amount, of every module there is."""
        self.env.cr.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conname LIKE '%_to_the_fen'"
        )
        held = dict(self.env.cr.fetchall())
        for name in sorted(self.registry):
            model = self.env[name]
            if not name.startswith("bphs.") or model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                if field.type == "monetary" and field.store and not name.startswith("bphs.test."):
                    with self.subTest(f"{name}.{field.name}"):
                        self.assertIn(f"round({field.name}, 2)", held.get(model._table, ""))
        score = self.as_user("primary_care_officer", "bphs.fund.score").create(
            {"institution_id": self.clinic_a1.id, "period_id": self.q1.id, "score": 92}
        )
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE bphs_fund_score SET deduction = 1.005, reason = 'x' WHERE id = %s", [score.id])
