from odoo import api, models

from odoo.addons.bphs_base.tools.home import Wait


class BphsWaiting(models.AbstractModel):
    """Decisions of the approvals that wait for a person."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        return [
            *super()._waits(),
            Wait(
                "approval",
                self.env._("To Approve"),
                model="bphs.approval.request",
                domain=[("waiting_for_me", "=", True)],
                action="bphs_approval.bphs_approval_request_action_waiting",
                since="submitted_at",
                tone="warning",
                sequence=10,
            ),
        ]
