from odoo import api, models

from odoo.addons.bphs_base.tools.home import Wait

from ..facts.bphs_elderly_decision import DOCTORS
from ..grading.bphs_elderly_proposal import DOCTORS as CONFIRMERS
from ..rulesets.bphs_elderly_ruleset import EDITORS


class BphsWaiting(models.AbstractModel):
    """Proposals for a team leader; decisions and rule sets for a second person."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits, user = super()._waits(), self.env.user
        kinds = (
            (CONFIRMERS, self._wait_proposal),
            (DOCTORS, self._wait_decision),
            (EDITORS, self._wait_ruleset),
        )
        return [*waits, *(wait() for roles, wait in kinds if user._holds_role(roles))]

    def _wait_proposal(self):
        return Wait(
            "elderly_proposal",
            self.env._("Better Colours to Confirm"),
            model="bphs.elderly.standing",
            domain=[("told", "=", True), ("proposal", "!=", False)],
            action="bphs_elderly.bphs_elderly_standing_action_proposals",
            sequence=35,
        )

    def _wait_decision(self):
        return Wait(
            "elderly_decision",
            self.env._("Decisions on Colours to Confirm"),
            model="bphs.elderly.decision",
            domain=[
                ("state", "=", "submitted"),
                ("proposed_by_id", "!=", self.env.uid),
                ("create_uid", "!=", self.env.uid),
            ],
            action="bphs_elderly.bphs_elderly_decision_action",
            sequence=36,
        )

    def _wait_ruleset(self):
        return Wait(
            "elderly_ruleset_publish",
            self.env._("Grading Rules to Publish"),
            model="bphs.elderly.ruleset",
            domain=[
                ("state", "=", "submitted"),
                ("proposed_by_id", "!=", self.env.uid),
                ("editor_ids", "not in", [self.env.uid]),
            ],
            action="bphs_elderly.bphs_elderly_ruleset_action_publish",
            date="date_from",
            sequence=40,
        )
