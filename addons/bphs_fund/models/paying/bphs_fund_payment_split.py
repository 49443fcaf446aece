from odoo import fields, models


class BphsFundPaymentSplit(models.Model):
    """What one source bears of one amount of a batch: made at the final approval, never computed again."""

    _name = "bphs.fund.payment.split"
    _description = "Source of a Payment"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin", "bphs.append.only.mixin"]
    _order = "payment_id desc, institution_id, source_id"

    payment_id = fields.Many2one("bphs.fund.payment", required=True, index=True, ondelete="restrict")
    payable_id = fields.Many2one("bphs.fund.payable", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(
        related="payable_id.institution_id", string="Clinic", store=True, precompute=True, required=False
    )
    source_id = fields.Many2one("bphs.fund.source", required=True, index=True, ondelete="restrict")
    amount = fields.Monetary(required=True)

    _amount_positive = models.Constraint("CHECK(amount > 0)", "A source bears an amount above zero.")
    _source_uniq = models.Constraint(
        "UNIQUE(payment_id, payable_id, source_id)", "This amount has been split over the sources already."
    )
