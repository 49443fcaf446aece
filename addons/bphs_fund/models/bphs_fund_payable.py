from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal

KINDS = [
    ("prepaid", "Prepayment"),
    ("pay", "Quarterly Settlement"),
    ("release", "Released Hold"),
    ("annual", "Annual Settlement"),
]


class BphsFundPayable(models.Model):
    """An amount a clinic is owed since its final approval: opened once, paid through payment batches."""

    _name = "bphs.fund.payable"
    _description = "Amount to Pay"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin"]
    _order = "period_id desc, institution_id, id"

    institution_id = fields.Many2one(string="Clinic", readonly=True)
    budget_id = fields.Many2one("bphs.fund.budget", required=True, index=True, readonly=True, ondelete="restrict")
    period_id = fields.Many2one("bphs.period", required=True, index=True, readonly=True, ondelete="restrict")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    origin_model = fields.Char(required=True, readonly=True)
    origin_id = fields.Many2oneReference(
        model_field="origin_model", string="Origin", required=True, readonly=True
    )

    _origin_uniq = models.Constraint(
        "UNIQUE(kind, origin_model, origin_id)", "This amount has been opened for payment already."
    )
    _amount_positive = models.Constraint("CHECK(amount > 0)", "Only amounts above zero can be paid.")

    @api.model
    def _open(self, vals_list):
        """Open amounts for payment, each origin once however often it is asked. Private: no client opens money.

        :param vals_list: dicts of institution_id, budget_id, period_id, kind, amount (Decimal yuan), origin_model,
            origin_id; amounts of zero are left out
        """
        rows = [vals for vals in vals_list if to_decimal(vals["amount"]) > 0]
        if not rows:
            return
        names = ("institution_id", "budget_id", "period_id", "kind", "amount", "origin_model", "origin_id")
        self.env.execute_query(
            SQL(
                """
                INSERT INTO bphs_fund_payable (%s, create_uid, create_date, write_uid, write_date)
                VALUES %s
                ON CONFLICT (kind, origin_model, origin_id) DO NOTHING
                RETURNING id
                """,
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(
                    SQL(
                        "(%s, %s, %s, %s, %s)",
                        SQL(", ").join(SQL("%s", vals[name]) for name in names),
                        self.env.uid,
                        self.env.cr.now(),
                        self.env.uid,
                        self.env.cr.now(),
                    )
                    for vals in rows
                ),
            )
        )
        self.invalidate_model()
