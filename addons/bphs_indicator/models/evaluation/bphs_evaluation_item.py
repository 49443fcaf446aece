from odoo import api, models
from odoo.exceptions import ValidationError


class BphsEvaluationItem(models.Model):
    """An item may take its rate from an indicator."""

    _inherit = "bphs.evaluation.item"

    @api.constrains("rate_code")
    def _check_rate_code(self):
        # sudo: that there is such an indicator; who plans a scheme need not have its values
        known = set(self.env["bphs.indicator"].sudo().search([("shape", "=", "rate")]).mapped("code"))
        for item in self:
            if item.rate_code and item.rate_code not in known:
                raise ValidationError(self.env._("%(code)s is no indicator that is a rate.", code=item.rate_code))
