from odoo import fields, models


class BphsFundDeduction(models.Model):
    """What was taken off an amount to pay because the clinic had been paid too much (扣抵); negative: given back.

    The ledger needs no entry for it: there the clinic is owed the difference already. Made by
    :meth:`bphs.fund.overpaid._settle` alone.
    """

    _name = "bphs.fund.deduction"
    _description = "Deduction of Overpaid Money"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin", "bphs.append.only.mixin"]
    _order = "id desc"

    payable_id = fields.Many2one("bphs.fund.payable", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(
        related="payable_id.institution_id", string="Institution", store=True, precompute=True, required=False
    )
    period_id = fields.Many2one(related="payable_id.period_id")
    date = fields.Date(required=True)
    amount = fields.Monetary(required=True)

    _amount_not_zero = models.Constraint("CHECK(amount <> 0)", "A deduction has an amount.")
