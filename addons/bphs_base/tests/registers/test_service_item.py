from datetime import date, timedelta

from odoo.tests import tagged

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestServiceItem(CountyCase):
    def test_catalogue(self):
        shipped = self.env["ir.model.data"].search([("module", "=", "bphs_base"), ("model", "=", "bphs.service.item")])
        items = self.env["bphs.service.item"].browse(shipped.mapped("res_id"))
        self.assertEqual(len(items), 23)
        self.assertEqual(set(items.mapped("category")), {key for key, __ in items._fields["category"].selection})
        self.assertEqual(self.item_elder.equivalent, 3)
        self.assertTrue(all(item.equivalent for item in items))

    def test_a_new_equivalent_changes_no_old_period(self):
        today = self.item_htn._county_today()
        tomorrow = today + timedelta(days=1)
        new = self.env["bphs.service.equivalent"].create(
            {"item_id": self.item_htn.id, "value": 1.2, "date_from": tomorrow}
        )
        self.assertEqual(self.item_htn._equivalents_on(date(2025, 12, 31)), {self.item_htn.id: 1})
        self.assertEqual(self.item_htn._equivalents_on(tomorrow), {self.item_htn.id: 1.2})
        new.value = 1.3
        with self.refused("an equivalent in force is not changed"):
            new.date_from = today
        with self.refused("an equivalent in force is not changed"):
            self.item_htn.equivalent_ids.sorted("date_from")[0].value = 2
        with self.refused("an equivalent in force is not changed"):
            self.item_htn.equivalent_ids.sorted("date_from")[0].unlink()
        with self.refused("an equivalent in force is not changed"):
            self.env["bphs.service.equivalent"].create(
                {"item_id": self.item_htn.id, "value": 1.2, "date_from": "2025-03-01"}
            )
