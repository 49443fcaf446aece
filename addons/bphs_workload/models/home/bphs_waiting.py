from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.home import Wait

from ...tools.statement import STEPS

DUE = "period_id.workload_due_date"


class BphsWaiting(models.AbstractModel):
    """Statements that wait: for the clinic to fill in, for the township to verify."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits = super()._waits()
        user = self.env.user
        # Only the clinic's own: whoever may help out sees what is missing on a card.
        if user._holds_role(("village_doctor",)):
            waits.append(
                Wait(
                    "workload_fill",
                    self.env._("Work to Fill In"),
                    model="bphs.workload",
                    domain=self._workload_begun(),
                    action="bphs_workload.bphs_workload_action_pending",
                    date=DUE,
                    sequence=20,
                )
            )
        if user._holds_role(STEPS["verify"].roles):
            waits.append(
                Wait(
                    "workload_verify",
                    self.env._("Statements to Verify"),
                    model="bphs.workload",
                    domain=[("state", "=", "submitted"), ("submitted_by_id", "!=", user.id)],
                    action="bphs_workload.bphs_workload_action_verify",
                    sequence=20,
                )
            )
        return waits

    @api.model
    def _workload_begun(self):
        """:return: the statements to fill in of quarters that have begun: opened ahead, a year's wait for nobody yet"""
        begun = Domain("period_id.date_start", "<=", self._county_today())
        return list(Domain("state", "=", "draft") & begun)
