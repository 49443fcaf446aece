from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line


class BphsHome(models.AbstractModel):
    """What the auditor looks at in approvals: flows that were loosened, and what was returned."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(("auditor",)):
            cards.append(self._card_approvals())
        return cards

    def _card_approvals(self):
        _ = self.env._
        request = {"model": "bphs.approval.request", "action": "bphs_approval.bphs_approval_request_action"}
        return Card(
            "exceptions",
            _("Exceptions"),
            (
                Line(
                    _("Approval flows that ask for less"),
                    model="bphs.approval.flow.change",
                    domain=[("relaxes", "=", True)],
                    action="bphs_approval.bphs_approval_flow_change_action",
                    if_any="danger",
                ),
                Line(_("Approvals returned"), domain=[("state", "=", "returned")], **request),
                Line(_("Approvals under way"), domain=[("state", "=", "pending")], **request),
            ),
            sequence=12,
        )
