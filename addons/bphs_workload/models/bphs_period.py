from odoo import api, fields, models

from ..tools.statement import submission_due


class BphsPeriod(models.Model):
    _inherit = "bphs.period"

    workload_due_date = fields.Date(
        string="Workload Due",
        compute="_compute_workload_due_date",
        store=True,
        readonly=False,
        help="Last day on which a clinic's workload statement counts as submitted in time.",
    )

    @api.depends("date_end")
    def _compute_workload_due_date(self):
        for period in self:
            period.workload_due_date = period.date_end and submission_due(period.date_end)
