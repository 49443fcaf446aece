from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.periods.bphs_period import FROZEN_FIELDS


class BphsPeriod(models.Model):
    _inherit = "bphs.period"

    def _next_year(self):
        """:return: the budget year after this one

        :raise UserError: it is not set up
        """
        year = self.search([("kind", "=", "year"), ("date_start", ">", self.date_end)], order="date_start", limit=1)
        if not year:
            raise UserError(self.env._("The year after %(year)s is not set up.", year=self.code))
        return year

    def write(self, vals):
        if FROZEN_FIELDS & set(vals):
            # sudo: the question is whether any entry exists, whoever may see it
            entry = self.env["bphs.fund.entry"].sudo().search([("period_id", "in", self.ids)], limit=1)
            if entry:
                raise UserError(
                    self.env._(
                        "Money of %(period)s has been entered in the ledger: what it is stays.",
                        period=entry.period_id.display_name,
                    )
                )
        return super().write(vals)
