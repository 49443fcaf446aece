import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.bphs_base.tools.money import to_decimal

from .test_settling import ReadyCase


@tagged("post_install", "-at_install")
class TestPrepayment(ReadyCase):
    def test_a_line_keeps_the_ratio_of_its_own_scheme(self):
        line = self.env["bphs.fund.prepayment.line"].search([("period_id", "=", self.q1.id)], limit=1)
        self.assertEqual(to_decimal(line.ratio), to_decimal(self.scheme.prepay_ratio))
        # Neither another ratio that any law would allow, nor the floor of another day.
        for ratio in ("0.69", "0.71"):
            with (
                mute_logger("odoo.sql_db"),
                self.refused("the scheme says 0.7", kind=psycopg2.errors.CheckViolation),
                self.cr.savepoint(),
            ):
                self.cr.execute("UPDATE bphs_fund_prepayment_line SET ratio = %s WHERE id = %s", (ratio, line.id))
