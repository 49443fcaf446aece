from odoo import fields, models
from odoo.tools import SQL


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

    def _field_to_sql(self, alias, field_expr, query=None):
        # Odoo sums amounts in groups, pivots and charts only where their currency is aggregable.
        if field_expr == "currency_id":
            return SQL("%s", self.env.ref("base.CNY").id)
        return super()._field_to_sql(alias, field_expr, query)
