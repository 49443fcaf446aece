from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

from .bphs_authenticity_finding import VERIFIERS

DOUBTS = {"model": "bphs.authenticity.finding", "action": "bphs_service.bphs_authenticity_finding_action"}


class BphsHome(models.AbstractModel):
    """Doubts about records, for whoever looks into them."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(VERIFIERS):
            cards.append(self._card_doubts())
        return cards

    def _card_doubts(self):
        _ = self.env._
        found = ("state", "=", "found")
        lines = (
            Line(_("Hard doubts to be looked at"), domain=[found, ("hard", "=", True)], if_any="danger", **DOUBTS),
            Line(_("Soft doubts to be looked at"), domain=[found, ("hard", "=", False)], if_any="warning", **DOUBTS),
            Line(_("Being verified"), domain=[("state", "=", "sampled")], if_any="info", **DOUBTS),
            Line(_("Checked, to be cleared up"), domain=[("state", "=", "verified")], if_any="warning", **DOUBTS),
            Line(_("Not true, statement verified before"), domain=[("is_late", "=", True)], if_any="danger", **DOUBTS),
        )
        return Card("doubts", _("Doubts About Records"), lines, sequence=18)
