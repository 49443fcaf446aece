from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

from ...tools import screening as rules

DOERS = ("village_doctor", "team_leader", "township_public_health")
SCREENING = {"model": "bphs.screening", "action": "bphs_service.bphs_screening_action"}


class BphsHome(models.AbstractModel):
    """Whose blood pressure nobody knows, and who is to be measured again or enrolled."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(DOERS):
            cards.append(self._card_screening())
        return cards

    def _card_screening(self):
        _, today = self.env._, self._county_today()

        def to_do(state):
            return [("is_to_do", "=", True), ("state", "=", state)]

        lines = (
            Line(_("To be diagnosed and enrolled"), domain=to_do(rules.CONFIRM), if_any="danger", **SCREENING),
            Line(_("To be measured again"), domain=to_do(rules.RECHECK), if_any="warning", **SCREENING),
            Line(
                _("Of them past their day"),
                domain=[*to_do(rules.RECHECK), ("due_on", "<", today)],
                if_any="danger",
                **SCREENING,
            ),
            Line(_("No blood pressure on file"), domain=to_do(rules.LACKING), **SCREENING),
            Line(_("Of them never reminded"), domain=[*to_do(rules.LACKING), ("reminded_on", "=", False)], **SCREENING),
        )
        return Card("screening", _("Blood Pressure Screening"), lines, sequence=16)
