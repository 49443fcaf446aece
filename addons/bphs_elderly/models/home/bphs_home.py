from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

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
