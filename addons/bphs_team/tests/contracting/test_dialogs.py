from odoo import Command
from odoo.tests import tagged

from ..contract_case import TODAY, ContractCase


@tagged("post_install", "-at_install")
class TestDialogs(ContractCase):
    def test_whom_a_dialog_names_is_entered(self):
        """Ids of those with an illness, which a search tells, became a list of their names with no entry."""
        key, everybody = "team_leader_a", self.zhang | self.wang
        home = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        everybody.household_id = home
        self.sign(everybody)
        entries = [("user_id", "=", self.user[key].id)]
        known = self.env["bphs.resident.access"].search(entries)
        values = {"deed": "sign", "resident_ids": [Command.set(everybody.ids)], "package_id": self.package.id}
        values |= {"signed_on": str(TODAY), "date_from": str(TODAY)}
        dialog = self.as_user(key, "bphs.contract.bulk")
        told = dialog.onchange(values, ["package_id"], {"count": {}, "exceptions": {}})
        self.assertIn("has a contract already（2）：王小明、张三丰", told["value"]["exceptions"])
        self.as_user(key, self.zhang).action_sign()
        told = self.env["bphs.resident.access"].search(entries, order="id") - known
        self.assertEqual(told.mapped(lambda one: (one.kind, one.count)), [("list", 2), ("list", 2)])
