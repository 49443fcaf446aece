from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.bphs_period import FROZEN_FIELDS


class BphsPeriod(models.Model):
    _inherit = "bphs.period"

    def write(self, vals):
        if FROZEN_FIELDS & set(vals):
            # sudo: the question is whether any entry exists, whoever may see it
            entry = self.env["bphs.fund.entry"].sudo().search([("period_id", "in", self.ids)], limit=1)
            if entry:
                raise UserError(
                    self.env._(
                        "Money of %(period)s has been entered in the ledger: what it is stays.",
                        period=entry.period_id.code,
                    )
                )
        return super().write(vals)
