from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

LEADERS = ("team_leader", "township_public_health")
DOERS = ("village_doctor", *LEADERS)
FOLLOWUP = {"model": "bphs.followup", "action": "bphs_service.bphs_followup_action"}
EXCEPTION = {**FOLLOWUP, "action": "bphs_service.bphs_followup_action_exceptions"}


class BphsHome(models.AbstractModel):
    """A doctor's morning: how far the month is, who is in danger, who is overdue. A leader's: what goes wrong of it."""

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
        lines = (
            Line(_("Done, of what was due this month"), value=_("%(done)s of %(due)s", done=done, due=due)),
            *(self._lines_of_leader() if self.env.user._holds_role(LEADERS) else self._lines_of_doctor(today)),
        )
        return Card("services", _("What Is Due"), lines, sequence=5)

    def _lines_of_doctor(self, today):
        _ = self.env._
        to_do = [("state", "in", ("open", "overdue"))]
        return (
            Line(_("In danger"), domain=[*to_do, ("in_danger", "=", True)], if_any="danger", **FOLLOWUP),
            Line(_("Overdue"), domain=[("state", "=", "overdue")], if_any="warning", **FOLLOWUP),
            Line(_("Due by today"), domain=[*to_do, ("due_on", "<=", today)], **FOLLOWUP),
        )

    def _lines_of_leader(self):
        _, rows = self.env._, self.env["bphs.followup"]
        late = _("More than %(days)s days past their day", days=rows._exception_days())
        return (
            Line(_("In danger"), domain=list(rows._in_danger_domain()), if_any="danger", **EXCEPTION),
            Line(late, domain=list(rows._long_late_domain()), if_any="danger", **EXCEPTION),
            Line(_("Past due and not reached"), domain=list(rows._unreached_domain()), if_any="warning", **EXCEPTION),
            # A mute hides nothing from who answers for it.
            Line(_("Past due, muted or not"), domain=[("is_past_due", "=", True)], **FOLLOWUP),
        )
