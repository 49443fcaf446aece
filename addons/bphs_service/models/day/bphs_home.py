from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

DOERS = ("village_doctor", "team_leader", "township_public_health")
FOLLOWUP = {"model": "bphs.followup", "action": "bphs_service.bphs_followup_action"}


class BphsHome(models.AbstractModel):
    """A doctor's morning: how far the month is, who is in danger, who is overdue."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(DOERS):
            cards.append(self._card_services())
        return cards

    def _card_services(self):
        _, today = self.env._, self._county_today()
        rows = self.env["bphs.followup"]
        first = today.replace(day=1)
        # Of the month so far: what was due by today, and what of it was done, in time or late.
        due = rows.search_count([("due_on", ">=", first), ("due_on", "<=", today), ("state", "!=", "ended")])
        done = rows.search_count([("due_on", ">=", first), ("due_on", "<=", today), ("state", "in", ("done", "late"))])
        to_do = [("state", "in", ("open", "overdue"))]
        lines = (
            Line(_("Done, of what was due this month"), value=_("%(done)s of %(due)s", done=done, due=due)),
            Line(_("In danger"), domain=[*to_do, ("in_danger", "=", True)], if_any="danger", **FOLLOWUP),
            Line(_("Overdue"), domain=[("state", "=", "overdue")], if_any="warning", **FOLLOWUP),
            Line(_("Due by today"), domain=[*to_do, ("due_on", "<=", today)], **FOLLOWUP),
        )
        return Card("services", _("What Is Due"), lines, sequence=5)
