from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.home import Wait

from ...tools.roles import ASSIGNERS


class BphsWaiting(models.AbstractModel):
    """What waits for whoever sets teams up: villages nobody answers for, people away with nobody in their place."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits, _ = super()._waits(), self.env._
        if not self.env.user._holds_role(ASSIGNERS):
            return waits
        today = self._county_today()
        return [
            *waits,
            Wait(
                "team_village",
                _("Villages without a Team"),
                model="bphs.division",
                domain=[("id", "in", self.env["bphs.team"]._villages_without_team(today).ids)],
                action="bphs_team.bphs_team_action_free_villages",
                tone="danger",
                sequence=18,
            ),
            Wait(
                "team_absence",
                _("Away, and Nobody Stands In"),
                "bphs.team.absence",
                self.env["bphs.team.absence"]._without_substitute(today),
                "bphs_team.bphs_team_absence_action",
                since="date_from",
                tone="danger",
                sequence=19,
            ),
            Wait(
                "handover",
                _("Hand-Overs to Finish"),
                "bphs.handover",
                Domain("state", "=", "draft") | (Domain("state", "=", "planned") & Domain("hindrance", "!=", False)),
                "bphs_team.bphs_handover_action",
                date="date",
                sequence=33,
            ),
        ]
