from odoo import api, models

from odoo.addons.bphs_base.tools.home import Wait

from ..rulesets.bphs_elderly_ruleset import EDITORS


class BphsWaiting(models.AbstractModel):
    """Rule sets that wait for a second person to publish them."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits = super()._waits()
        user = self.env.user
        if user._holds_role(EDITORS):
            waits.append(
                Wait(
                    "elderly_ruleset_publish",
                    self.env._("Grading Rules to Publish"),
                    model="bphs.elderly.ruleset",
                    domain=[
                        ("state", "=", "submitted"),
                        ("proposed_by_id", "!=", user.id),
                        ("editor_ids", "not in", user.ids),
                    ],
                    action="bphs_elderly.bphs_elderly_ruleset_action_publish",
                    date="date_from",
                    sequence=40,
                )
            )
        return waits
