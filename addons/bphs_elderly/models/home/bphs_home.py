from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line
from odoo.addons.bphs_team.tools.roles import BOARD_READERS

from ...tools.overdue import TEAM_LEADER

STANDING = "bphs.elderly.standing"


class BphsHome(models.AbstractModel):
    """Elders by colour on the first page of whoever looks after them."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(("village_doctor", "team_leader", "township_public_health")):
            cards.append(self._card_elders())
        if self.env.user._holds_role(BOARD_READERS):
            cards.append(self._card_overdue())
        return cards

    def _card_elders(self):
        _ = self.env._
        action = "bphs_elderly.bphs_elderly_standing_action"

        def line(label, tone, name, value):
            return Line(label, STANDING, [("told", "=", True), (name, "=", value)], action, if_any=tone)

        lines = (
            line(_("Red"), "danger", "colour", "red"),
            line(_("Visits for the colour overdue"), "danger", "overdue", True),
            Line(
                _("Overdue visits the team leader is told of"),
                model="bphs.followup",
                domain=[("elder_told_to", "in", [TEAM_LEADER])],
                action="bphs_service.bphs_followup_action",
                if_any="danger",
            ),
            line(_("Yellow"), "warning", "colour", "yellow"),
            line(_("Unrated"), "warning", "colour", "unrated"),
            line(_("Green"), "", "colour", "green"),
        )
        return Card("elders", _("Elders by Colour"), (*lines, *self._lines_outreach()), sequence=14)

    def _lines_outreach(self):
        """Who was not examined this year, for whoever works the list."""
        _, today = self.env._, self._county_today()
        to_do = ("is_to_do", "=", True)
        outreach = {"model": "bphs.elderly.outreach", "action": "bphs_elderly.bphs_elderly_outreach_action"}
        return (
            Line(_("Not examined this year"), domain=[to_do], **outreach),
            Line(_("Of them past their day"), domain=[to_do, ("due_on", "<", today)], if_any="danger", **outreach),
            Line(_("Exams at home appointed"), domain=[to_do, ("appointed_at", "=", "home")], **outreach),
        )

    def _card_overdue(self):
        """Of a manager's card of teams: those whose overdue visits have come up to the section."""
        line = Line(
            self.env._("Teams with visits of colours overdue for long"),
            model="bphs.team",
            domain=[("has_elders_overdue_long", "=", True)],
            action="bphs_elderly.bphs_team_action_elders_overdue",
            if_any="danger",
        )
        return Card("teams", self.env._("Family-Doctor Teams"), (line,), sequence=12, wide=True)
