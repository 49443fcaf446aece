from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.quarterly_report import KEEPERS


class BphsQuarterlyReportOpen(models.TransientModel):
    """Opens the reports of a quarter at once, for whoever does not want to wait for the night's run."""

    _name = "bphs.quarterly.report.open"
    _description = "Open Quarterly Reports"

    period_id = fields.Many2one(
        "bphs.period",
        string="Quarter",
        required=True,
        ondelete="cascade",
        domain="[('kind', '=', 'quarter'), ('date_end', '<', 'today')]",
        default=lambda self: self.env["bphs.period"].search(
            [("kind", "=", "quarter"), ("date_end", "<", self._county_today())], order="date_end desc", limit=1
        ),
    )

    def action_open(self):
        """Open what is not open yet, and show the quarter's reports.

        :raise AccessError: not a keeper of the register
        :raise UserError: a quarter that is not over
        """
        self.ensure_one()
        if not self.env.user._holds_role(KEEPERS):
            raise AccessError(self.env._("Only the rectification clerk and the primary-care section open reports."))
        if self.period_id.kind != "quarter" or self.period_id.date_end >= self._county_today():
            raise UserError(
                self.env._("%(quarter)s is not a quarter that is over.", quarter=self.period_id.display_name)
            )
        # sudo: every unit of the county gets its report; the role was checked
        self.env["bphs.quarterly.report"].sudo()._open(self.period_id)
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_rectification.bphs_quarterly_report_action")
        return {**action, "domain": [("period_id", "in", self.period_id.ids)]}
