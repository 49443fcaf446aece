from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.models.setup.bphs_setup import Button, Check, Step


class BphsSetup(models.AbstractModel):
    """The step of the approval flows."""

    _inherit = "bphs.setup"

    @api.model
    def _steps(self):
        return [*super()._steps(), self._step_flows()]

    def _step_flows(self):
        _ = self.env._
        return Step(
            "flows",
            60,
            _("Approval Flows"),
            _(
                "Look through each flow: its stages, who decides, from which amount. Changes count for what is"
                " handed in later."
            ),
            [
                Check(_("Flows: {count}"), "bphs.approval.flow", Domain.TRUE, 1),
                Check(
                    _("Stages whose role nobody holds: {count}"),
                    "bphs.approval.stage",
                    self._vacant,
                    required=False,
                ),
            ],
            [Button(_("Approval Flows"), "bphs_approval.bphs_approval_flow_action")],
        )

    def _vacant(self):
        # sudo: which role decides where, and whether somebody holds it; no names
        stages = self.env["bphs.approval.stage"].sudo().search([])  # pylint: disable=no-search-all
        return Domain("group_id", "in", stages.group_id.filtered(lambda group: not group.all_user_ids).ids)
