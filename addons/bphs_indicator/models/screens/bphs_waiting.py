from odoo import api, models

from odoo.addons.bphs_base.tools.home import Wait

from ..targets.bphs_indicator_issue import RECEIVERS


class BphsWaiting(models.AbstractModel):
    """Targets handed down that wait for their receipt to be confirmed."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits = super()._waits()
        if self.env.user._holds_role(RECEIVERS):
            waits.append(
                Wait(
                    "indicator_receive",
                    self.env._("Targets to Confirm"),
                    model="bphs.indicator.issue",
                    domain=[("can_receive", "=", True)],
                    action="bphs_indicator.bphs_indicator_issue_action",
                    since="issued_on",
                    sequence=42,
                )
            )
        return waits
