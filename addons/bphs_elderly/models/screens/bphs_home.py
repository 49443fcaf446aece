from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line, Wait

from ..facts.bphs_elderly_decision import DOCTORS
from ..grading.bphs_elderly_proposal import DOCTORS as CONFIRMERS

STANDING = "bphs.elderly.standing"


class BphsHome(models.AbstractModel):
    """Elders by colour on the first page of whoever looks after them."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(("village_doctor", "team_leader", "township_public_health")):
            cards.append(self._card_elders())
        return cards

    def _card_elders(self):
        _ = self.env._
        action = "bphs_elderly.bphs_elderly_standing_action"

        def line(label, tone, name, value):
            return Line(label, STANDING, [("told", "=", True), (name, "=", value)], action, if_any=tone)

        lines = (
            line(_("Red"), "danger", "colour", "red"),
            line(_("Visits for the colour overdue"), "danger", "overdue", True),
            line(_("Yellow"), "warning", "colour", "yellow"),
            line(_("Unrated"), "warning", "colour", "unrated"),
            line(_("Green"), "", "colour", "green"),
        )
        return Card("elders", _("Elders by Colour"), lines, sequence=14)


class BphsWaiting(models.AbstractModel):
    """Proposals that wait for a team leader, decisions that wait for a second person."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits, user = super()._waits(), self.env.user
        if user._holds_role(CONFIRMERS):
            waits.append(
                Wait(
                    "elderly_proposal",
                    self.env._("Better Colours to Confirm"),
                    model=STANDING,
                    domain=[("told", "=", True), ("proposal", "!=", False)],
                    action="bphs_elderly.bphs_elderly_standing_action_proposals",
                    sequence=35,
                )
            )
        if user._holds_role(DOCTORS):
            waits.append(
                Wait(
                    "elderly_decision",
                    self.env._("Decisions on Colours to Confirm"),
                    model="bphs.elderly.decision",
                    domain=[
                        ("state", "=", "submitted"),
                        ("proposed_by_id", "!=", user.id),
                        ("create_uid", "!=", user.id),
                    ],
                    action="bphs_elderly.bphs_elderly_decision_action",
                    sequence=36,
                )
            )
        return waits
