from pathlib import Path

from odoo.exceptions import ValidationError
from odoo.modules.module import load_script
from odoo.tests import tagged

from ..common import FundCase

ADDON = Path(__file__).parents[2]


@tagged("post_install", "-at_install")
class TestPayee(FundCase):
    def vals(self, name="张小明", share=1.0, date_from="2025-01-01", **values):
        return {
            "institution_id": self.clinic_a1.id,
            "name": name,
            "share": share,
            "date_from": date_from,
            **values,
        }

    def make(self, *vals_list):
        return self.as_user("finance_officer", "bphs.fund.payee").create(list(vals_list))

    def account(self, holder="张小明"):
        account = self.as_user("finance_officer", "bphs.bank.account").create(
            {
                "holder": holder,
                "bank": "农商行",
                "account_number": "6217000012345678",
                "institution_id": self.clinic_a1.id,
            }
        )
        self.countersign(account)
        return account

    def test_shares_sum_to_one(self):
        self.make(self.vals(share=0.6667), self.vals("李四", 0.3333))
        with self.assertRaisesRegex(ValidationError, "166.67%"), self.cr.savepoint():
            self.make(self.vals("王五", 0.6667))
        self.make(self.vals("周六", 1, "2025-01-01", institution_id=self.clinic_b1.id))
        with self.refused("must sum to 100% on every day; on"), self.cr.savepoint():
            self.make(self.vals(share=0.9, institution_id=self.clinic_a2.id))

    def test_gap_and_succession(self):
        first = self.make(self.vals(date_to="2025-06-30"))
        with self.assertRaisesRegex(ValidationError, "2025-06-30"), self.cr.savepoint():
            self.make(self.vals("李四", date_from="2025-06-30"))
        second = self.make(self.vals("李四", date_from="2025-07-01"))
        find = self.env["bphs.fund.payee"]._for_date
        self.assertEqual(find(self.clinic_a1, first.date_to), {self.clinic_a1: first})
        self.assertEqual(find(self.clinic_a1, second.date_from), {self.clinic_a1: second})
        with self.refused("must sum to 100% on every day; on"), self.cr.savepoint():
            first.date_to = False

    def test_institution(self):
        payee = self.make(
            {
                k: v
                for k, v in self.vals(kind="institution", payee_institution_id=self.township_a.id).items()
                if k != "name"
            }
        )
        self.assertEqual(payee.name, "甲镇卫生院")

    def test_account_must_be_the_payees(self):
        account = self.account()
        payee = self.make(self.vals(account_id=account.id))
        self.assertEqual((payee.account_masked, payee.account_state), ("****5678", "verified"))
        with self.refused("The account does not belong to"), self.cr.savepoint():
            payee.name = "李四"

    def test_account_state_search(self):
        with_account = self.make(self.vals(account_id=self.account().id))
        without = self.make(self.vals("李四", institution_id=self.clinic_a2.id))
        Payee = self.env["bphs.fund.payee"].with_user(self.user["primary_care_officer"])
        both = with_account + without
        domain = [("id", "in", both.ids)]
        self.assertEqual(Payee.search([*domain, ("account_state", "=", "verified")]).ids, with_account.ids)
        self.assertEqual(Payee.search([*domain, ("account_state", "!=", "verified")]).ids, without.ids)
        self.assertEqual(Payee.search([*domain, ("account_state", "=", "missing")]).ids, without.ids)

    def test_rights(self):
        payee = self.make(self.vals(account_id=self.account().id))
        for key in (
            "primary_care_officer",
            "leader",
            "auditor",
            "township_accountant_a",
            "village_doctor_a1",
        ):
            seen = payee.with_user(self.user[key])
            with self.subTest(key):
                self.assertEqual(seen.account_masked, "****5678")
                with self.denied("allowed for groups"):
                    seen.read(["account_id"])
                with self.no_right("write", "bphs.fund.payee"):
                    seen.write({"share": 1})
        for key in ("village_doctor_a2", "township_accountant_b", "evaluator", "administrator"):
            with self.subTest(key), self.denied(("not within your scope", "bphs.fund.payee")):
                payee.with_user(self.user[key]).read(["name"])

    def test_who_is_paid_stands_in_the_register_after_an_upgrade(self):
        payees = self.make(self.vals(share=0.5), self.vals("李四", 0.5))
        known = self.env["bphs.worker"].create(
            {"name": "李四", "institution_id": self.clinic_a1.id, "profession": "nurse"}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_fund_payee SET worker_id = NULL")  # as before there was a register
        script = ADDON / "migrations" / "19.0.1.5.0" / "post-20-workers.py"
        migrate = load_script(str(script), "post_20_workers").migrate
        for _again in range(2):
            migrate(self.env.cr, "19.0.1.4.0")
            self.env.invalidate_all()
            self.assertEqual(payees.mapped("name"), ["张小明", "李四"])
            self.assertEqual(payees.worker_id.mapped("name"), ["张小明", "李四"])
            self.assertEqual(payees[1].worker_id, known, "nobody stands there twice")
        self.assertEqual(payees[0].worker_id.institution_id, self.clinic_a1)
