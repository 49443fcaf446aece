from odoo import fields, models


class BphsFundPaymentResult(models.TransientModel):
    """Asks for voucher and day when the bank has paid a batch."""

    _name = "bphs.fund.payment.result"
    _description = "Bank Result of a Batch"
    _inherit = ["bphs.money.mixin"]

    payment_id = fields.Many2one("bphs.fund.payment", required=True, ondelete="cascade")
    open_line_count = fields.Integer(related="payment_id.open_line_count")
    open_line_amount = fields.Monetary(related="payment_id.open_line_amount")
    voucher = fields.Char(string="Voucher Number", required=True)
    date = fields.Date(string="Paid On", required=True, default=lambda self: self._county_today())

    def action_save(self):
        """Mark all transfers that wait as paid; those the bank refused are marked first, one by one."""
        self.ensure_one()
        self.payment_id.action_mark_paid(self.voucher, self.date)
