from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal


class BphsFundPaymentFail(models.TransientModel):
    """Shows the transfers the bank refused: asks one officer for the bank's reason, and another to confirm it."""

    _name = "bphs.fund.payment.fail"
    _description = "Transfer Refused by the Bank"
    _inherit = ["bphs.money.mixin"]

    line_ids = fields.Many2many("bphs.fund.payment.line", string="Transfers", readonly=True)
    line_count = fields.Integer(string="Number of Transfers", compute="_compute_totals")
    total_amount = fields.Monetary(string="Total", compute="_compute_totals")
    confirming = fields.Boolean(help="The second person looks at what the first one entered.")
    reason = fields.Char(string="What the Bank Says")

    @api.depends("line_ids")
    def _compute_totals(self):
        for dialog in self:
            dialog.line_count = len(dialog.line_ids)
            dialog.total_amount = sum(map(to_decimal, dialog.line_ids.mapped("amount")), ZERO)

    def action_save(self):
        """Enter the bank's refusal: a second person of finance confirms it."""
        self.ensure_one()
        self.line_ids.action_mark_failed(self.reason)

    def action_confirm(self):
        """Confirm the refusal: the amounts are open again."""
        self.ensure_one()
        self.line_ids.action_confirm_failed()
