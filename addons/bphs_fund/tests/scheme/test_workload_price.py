from datetime import date

from odoo.tests import tagged

from odoo.addons.bphs_base.tools.money import to_decimal

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestWorkloadPrice(FundCase):
    """What a piece of work is paid is the scheme's to say, of its quarters alone."""

    def test_the_scheme_of_the_quarter_answers(self):
        prices = self.env["bphs.workload.price"]._prices_on
        self.assertFalse(prices(self.clinic_a1, date(2024, 5, 1)), "no scheme, no price")
        self.assertFalse(prices(self.clinic_a1, date(2025, 2, 3)), "a draft pays nothing")
        self.publish()
        told = prices(self.clinic_a1, date(2025, 2, 3))
        self.assertEqual(told, {price.item_id.id: to_decimal(price.price) for price in self.scheme.price_ids})
        self.assertTrue(told)

    def test_how_many_times_false_work_is_deducted(self):
        # Another county's quarters, where the database holds some, are not those of this one.
        self.env.cr.execute("UPDATE bphs_fund_settlement_line SET posted = FALSE")
        times = self.env["bphs.workload.price"]._false_times_on
        self.assertIsNone(times(date(2025, 2, 3)))
        self.as_user("finance_officer", "bphs.fund.false.work").create(
            {"date_from": "2025-04-01", "times": 3, "document_number": "试卫发〔2024〕30号"}
        )
        self.assertIsNone(times(date(2025, 2, 3)), "its quarter began before")
        self.assertEqual(times(date(2025, 5, 3)), 3)
        self.assertIsNone(times(date(1990, 5, 3)), "no quarter")
