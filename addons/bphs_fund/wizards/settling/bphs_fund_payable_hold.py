from odoo import fields, models


class BphsFundPayableHold(models.TransientModel):
    """Asks how much of an amount to pay is held back, and why."""

    _name = "bphs.fund.payable.hold"
    _description = "Hold Back"
    _inherit = ["bphs.money.mixin"]

    payable_id = fields.Many2one("bphs.fund.payable", required=True, readonly=True, ondelete="cascade")
    amount = fields.Monetary(required=True)
    reason = fields.Char(required=True)

    def action_save(self):
        """Hold it back."""
        self.ensure_one()
        self.payable_id.action_hold(self.amount, self.reason)
