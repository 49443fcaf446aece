from odoo import models


class BphsEvaluationItem(models.Model):
    """An item may take its rate from an indicator."""

    _inherit = "bphs.evaluation.item"

    def _known_rate_codes(self):
        # sudo: that there is such an indicator; who plans a scheme need not have its values
        indicators = self.env["bphs.indicator"].sudo().search([("shape", "=", "rate")])
        return super()._known_rate_codes() | set(indicators.mapped("code"))
