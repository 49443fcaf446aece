from datetime import date

from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_team.tests.contract_case import ContractCase


@tagged("post_install", "-at_install")
class TestGroupContracts(ContractCase):
    """Whoever was at a lecture had what the contract promised of it, once."""

    def kept(self, contract):
        return {(row["name"], row["kept"]) for row in contract._promise_rows()[contract.id] if row["kept"]}

    def lecture(self, **vals):
        given = {"topic": "高血压防治", "people_count": 3, "done_on": date(2026, 2, 1), **vals}
        given["participant_ids"] = [Command.set(self.zhang.ids)]
        group = self.as_user("village_doctor_a1", "bphs.group.service").create(given)
        group.action_complete()
        return group

    def test_by_the_item_of_the_lecture(self):
        promise = self.package.item_ids.filtered(lambda one: one.record_kind == "monitoring")[:1]
        item = self.env.ref("bphs_base.service_item_health_lecture")
        # The package is out: what it says is set as it was when it was drafted.
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_package_item SET service_item_id = %s WHERE id = %s", (item.id, promise.id))
        self.env.invalidate_all()
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        group = self.lecture()
        self.assertEqual(self.kept(contract), {(promise.name, date(2026, 2, 1))})
        group.action_void("没有办")
        self.assertFalse(self.kept(contract))

    def test_by_the_kind_that_was_said(self):
        promise = self.package.item_ids.filtered(lambda one: one.record_kind == "monitoring")[:1]
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        self.lecture()
        self.assertFalse(self.kept(contract))
        self.lecture(service_kind="monitoring")
        self.assertEqual(self.kept(contract), {(promise.name, date(2026, 2, 1))})
