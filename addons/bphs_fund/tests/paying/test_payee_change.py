from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestPayeeChange(FundCase):
    def change(self, date_from, *lines, key="finance_officer"):
        return self.as_user(key, "bphs.fund.payee.change").create(
            {
                "institution_id": self.clinic_a1.id,
                "date_from": date_from,
                "line_ids": [Command.create({"name": name, "share": share}) for name, share in lines],
            }
        )

    def test_succession(self):
        self.change("2025-01-01", ("张小明", 1)).action_apply()
        self.change("2025-04-01", ("张小明", 0.5), ("李四", 0.5)).action_apply()
        payees = self.env["bphs.fund.payee"].search([("institution_id", "=", self.clinic_a1.id)], order="id")
        self.assertEqual(
            [(p.name, p.share, str(p.date_from), str(p.date_to or "")) for p in payees],
            [
                ("张小明", 1.0, "2025-01-01", "2025-03-31"),
                ("张小明", 0.5, "2025-04-01", ""),
                ("李四", 0.5, "2025-04-01", ""),
            ],
        )
        with self.assertRaisesRegex(UserError, "2025-04-01"), self.cr.savepoint():
            self.change("2025-04-01", ("张小明", 1)).action_apply()

    def test_proposes_the_present(self):
        self.change("2025-01-01", ("张小明", 1)).action_apply()
        wizard = self.as_user("finance_officer", "bphs.fund.payee.change").create(
            {"institution_id": self.clinic_a1.id, "date_from": "2025-07-01"}
        )
        self.assertEqual(wizard.line_ids.mapped("name"), ["张小明"])

    def test_shares_must_sum_to_one(self):
        with self.assertRaisesRegex(UserError, "must sum to 100%; they sum to 90%"), self.cr.savepoint():
            self.change("2025-01-01", ("张小明", 0.9)).action_apply()
        self.assertFalse(self.env["bphs.fund.payee"].search([]))

    def test_rights(self):
        for key in ("leader", "administrator", "township_accountant_a"):
            with self.subTest(key), self.no_right("create", "bphs.fund.payee.change"):
                self.change("2025-01-01", ("张小明", 1), key=key)
