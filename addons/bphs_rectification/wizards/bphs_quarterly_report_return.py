from odoo import fields, models


class BphsQuarterlyReportReturn(models.TransientModel):
    """Asks why reports go back to their units."""

    _name = "bphs.quarterly.report.return"
    _description = "Return Quarterly Reports"

    report_ids = fields.Many2many("bphs.quarterly.report", string="Reports", required=True)
    reason = fields.Text(required=True)

    def action_return(self):
        """Return them; the reports check who may."""
        self.ensure_one()
        self.report_ids.action_return(self.reason)
