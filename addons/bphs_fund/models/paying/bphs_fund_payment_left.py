from odoo import fields, models


class BphsFundPaymentLeft(models.Model):
    """An open amount a batch could not take, and why. It stays open and comes with a later batch."""

    _name = "bphs.fund.payment.left"
    _description = "Amount Left for Later"
    _inherit = ["bphs.approval.line.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "institution_id, id"
    _approval_parent_field = "payment_id"

    payment_id = fields.Many2one("bphs.fund.payment", required=True, index=True, ondelete="cascade")
    payable_id = fields.Many2one("bphs.fund.payable", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(
        related="payable_id.institution_id", string="Institution", store=True, required=False
    )
    township_id = fields.Many2one(related="institution_id.township_id", string="Township Institution")
    period_id = fields.Many2one(related="payable_id.period_id")
    kind = fields.Selection(related="payable_id.kind")
    amount = fields.Monetary(related="payable_id.open_amount")
    reason = fields.Char(required=True)
