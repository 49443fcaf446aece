from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.money import MoneyError, round_half_up, to_decimal

# With the fen fourteen digits, which a column and a float hold exactly.
LARGEST = 10**12


class BphsMoneyMixin(models.AbstractModel):
    """Gives a model the currency its Monetary fields need: yuan, always, and to the fen, whoever says the amount.

    The currency is not stored: a column that holds the same value in every row would only
    make bulk loads heavier. So Odoo, which rounds a new record's amount by the currency among its values, finds none:
    the screen would say 1.01 where 1.005 is stored. Amounts are rounded here, and the database holds its columns to it.
    """

    _name = "bphs.money.mixin"
    _description = "Amounts in yuan"

    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)

    def init(self):
        super().init()
        if self._abstract or not self._auto or self._transient:
            return
        columns = sorted(name for name, field in self._fields.items() if field.type == "monetary" and field.store)
        name = SQL.identifier(f"{self._table}_to_the_fen")
        self.env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s", SQL.identifier(self._table), name))
        if columns:
            # Not asked of what stands already: an old amount of a fixed record is nobody's to change.
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s) NOT VALID",
                    SQL.identifier(self._table),
                    name,
                    SQL(" AND ").join(
                        SQL("%(column)s = round(%(column)s, 2)", column=SQL.identifier(column)) for column in columns
                    ),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._to_the_fen(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._to_the_fen(vals))

    def _to_the_fen(self, vals):
        """:return dict: the same, its amounts rounded to the fen, halves away from zero
        :raise UserError: one is no amount, or larger than a column holds exactly
        """
        names = [name for name in vals if name in self._fields and self._fields[name].type == "monetary"]
        return {**vals, **{name: self._as_fen(name, vals[name]) for name in names}} if names else vals

    def _as_fen(self, name, value):
        try:
            amount = round_half_up(to_decimal(value or 0))
        except MoneyError as error:
            told = f"{self._fields[name]._description_string(self.env)}：{error}"
            raise UserError(told) from error
        if abs(amount) >= LARGEST:
            raise UserError(
                self.env._(
                    "%(field)s: %(amount)s is no plausible amount.",
                    field=self._fields[name]._description_string(self.env),
                    amount=f"{amount:,.2f}",
                )
            )
        # The column takes a float; reckoned and rounded was a Decimal.
        return float(amount)

    def _compute_currency_id(self):
        self.currency_id = self.env.ref("base.CNY")

    def _field_to_sql(self, alias, field_expr, query=None):
        # Odoo sums amounts in groups, pivots and charts only where their currency is aggregable.
        if field_expr == "currency_id":
            return SQL("%s", self.env.ref("base.CNY").id)
        return super()._field_to_sql(alias, field_expr, query)
