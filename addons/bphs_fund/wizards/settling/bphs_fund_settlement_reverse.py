from odoo import fields, models


class BphsFundSettlementReverse(models.TransientModel):
    """Asks a finance officer for the reason of taking a settlement back."""

    _name = "bphs.fund.settlement.reverse"
    _description = "Take a Settlement Back"

    line_id = fields.Many2one("bphs.fund.settlement.line", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_reverse(self):
        self.ensure_one()
        return self.line_id.action_reverse(self.reason)
