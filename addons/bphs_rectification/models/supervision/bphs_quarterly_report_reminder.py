from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tasks.bphs_rectification_reminder import DEADLINE_KINDS, OUTCOMES


class BphsQuarterlyReportReminder(models.Model):
    """Who was reminded of a quarterly report and when: what keeps a reminder from being sent twice.

    One row a person told. A rung of the ladder that a later one spoke for has one row without a person.
    """

    _name = "bphs.quarterly.report.reminder"
    _description = "Quarterly Report Reminder"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _rec_name = "kind"

    report_id = fields.Many2one("bphs.quarterly.report", required=True, readonly=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(readonly=True)
    kind = fields.Selection(DEADLINE_KINDS, required=True, readonly=True)
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    recipient_id = fields.Many2one("res.users", string="Told To", readonly=True, index=True, ondelete="restrict")
    date = fields.Date(required=True, readonly=True, help="The county's date on which it was told.")

    # The database's own word that nobody is told the same twice, whatever runs beside what.
    _told_once = models.UniqueIndex(
        "(report_id, kind, recipient_id) NULLS NOT DISTINCT", "This reminder has been sent already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        # Rows are evidence that a person was told: only the system writes them.
        if not self.env.su:
            raise AccessError(self.env._("Reminders are recorded by the system alone."))
        return super().create(vals_list)
