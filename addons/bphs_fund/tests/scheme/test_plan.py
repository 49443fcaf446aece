import psycopg2

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestPlan(FundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publish()

    def test_amounts(self):
        plan = self.create_plan()
        self.assertEqual(plan.line_ids.mapped("amount"), [200.0, 400.0])
        self.assertEqual((plan.annual_amount, plan.has_cap, plan.cap), (600.0, True, 600.0))
        plan.line_ids[0].quantity = 101
        self.assertEqual((plan.annual_amount, plan.cap), (602.0, 602.0))

    def test_last_year(self):
        plan = self.create_plan(
            basis="last_year",
            line_ids=[],
            quarter_ids=[
                Command.create({"period_id": quarter.id, "amount": amount})
                for quarter, amount in zip((self.q1, self.q2, self.q3), (3120.40, 2986.75, 3055.10), strict=True)
            ],
        )
        with self.assertRaisesRegex(UserError, "2025Q4"), self.cr.savepoint():
            plan.action_confirm()
        plan.quarter_ids = [Command.create({"period_id": self.q4.id, "amount": 3410.95})]
        plan.action_confirm()
        self.assertEqual(plan.annual_amount, 12573.20)

    def test_confirmed_is_frozen(self):
        plan = self.create_plan()
        plan.action_confirm()
        for attempt in (
            lambda: plan.write({"cap": 9}),
            lambda: plan.line_ids[0].write({"quantity": 1}),
            lambda: plan.write({"line_ids": [Command.clear()]}),
            lambda: plan.unlink(),
            lambda: plan.action_confirm(),
        ):
            with (
                self.refused(("is no longer a draft and cannot be changed or", "is confirmed already")),
                self.cr.savepoint(),
            ):
                attempt()
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.IntegrityConstraintViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE bphs_fund_plan_line SET quantity = 1")
        plan.action_reopen()
        self.env.flush_all()
        plan.line_ids[0].quantity = 1
        self.assertEqual(plan.annual_amount, 402.0)

    def test_no_reopening_once_granted(self):
        plan = self.create_plan()
        plan.action_confirm()
        self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": self.budget.id,
                    "kind": "prepayment",
                    "institution_id": self.clinic_a1.id,
                    "period_id": self.q1.id,
                    "amount": 105,
                    "origin_model": "res.users",
                    "origin_id": 1,
                }
            ]
        )
        with self.assertRaisesRegex(UserError, "granted"), self.cr.savepoint():
            plan.action_reopen()

    def test_bad_input(self):
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.create_plan(opening_carry=0.01)
        with self.assertRaisesRegex(UserError, "price"), self.cr.savepoint():
            self.create_plan(line_ids=[Command.create({"item_id": self.item_dm.id, "quantity": 1})])
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.create_plan(line_ids=[Command.create({"item_id": self.item_ehr.id, "quantity": -1})])
        self.create_plan()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.create_plan()
        with self.refused("is not a quarter of"):
            self.create_plan(
                self.clinic_a2,
                basis="last_year",
                quarter_ids=[Command.create({"period_id": self.year.id, "amount": 1})],
            )

    def test_rights(self):
        plan = self.create_plan()
        for key in (
            "administrator",
            "primary_care_officer",
            "leader",
            "auditor",
            "township_director_a",
            "village_doctor_a1",
        ):
            seen = plan.with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(seen.annual_amount, 600.0)
                for action in (seen.action_confirm, seen.action_reopen):
                    with self.no_right("write", "bphs.fund.plan"):
                        action()
                with self.no_right("write", "bphs.fund.plan.line"):
                    seen.line_ids.write({"quantity": 7})
        for key in ("township_director_b", "village_doctor_a2", "evaluator"):
            with self.subTest(key), self.denied(("not within your scope", "bphs.fund.plan")):
                plan.with_user(self.user[key]).read(["annual_amount"])
