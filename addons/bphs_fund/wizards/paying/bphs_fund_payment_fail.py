from odoo import fields, models


class BphsFundPaymentFail(models.TransientModel):
    """Asks why the bank refused transfers."""

    _name = "bphs.fund.payment.fail"
    _description = "Transfer Refused by the Bank"

    line_ids = fields.Many2many("bphs.fund.payment.line", string="Transfers", readonly=True)
    reason = fields.Char(string="What the Bank Says", required=True)

    def action_save(self):
        """Record the failure: the amounts are open again."""
        self.ensure_one()
        self.line_ids.action_mark_failed(self.reason)
