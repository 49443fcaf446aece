from odoo import fields, models


class BphsMoneyMixin(models.AbstractModel):
    """Gives a model the currency its Monetary fields need: yuan, always.

    The currency is not stored: a column that holds the same value in every row would only
    make bulk loads heavier.
    """

    _name = "bphs.money.mixin"
    _description = "Amounts in yuan"

    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)

    def _compute_currency_id(self):
        self.currency_id = self.env.ref("base.CNY")
