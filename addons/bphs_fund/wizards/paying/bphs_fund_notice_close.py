from odoo import fields, models

from ...models.paying.bphs_fund_notice import RESULTS


class BphsFundNoticeClose(models.TransientModel):
    """Asks how a public notice ended."""

    _name = "bphs.fund.notice.close"
    _description = "Result of a Public Notice"

    notice_id = fields.Many2one("bphs.fund.notice", required=True, ondelete="cascade")
    result = fields.Selection(RESULTS, required=True, default="none")
    note = fields.Text(string="Objections and How They Were Settled")

    def action_save(self):
        """Record the result."""
        self.ensure_one()
        self.notice_id.action_close(self.result, self.note)
