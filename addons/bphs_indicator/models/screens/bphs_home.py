from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

WATCHERS = ("primary_care_officer", "leader", "deputy_leader", "township_director", "township_public_health")
VALUE, ACTION = "bphs.indicator.value", "bphs_indicator.bphs_indicator_value_action"


class BphsHome(models.AbstractModel):
    """Indicators of the last month counted, on the first page of whoever answers for them: from frozen rows alone."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(WATCHERS):
            cards.append(self._card_indicators())
        return cards

    def _card_indicators(self):
        _, values = self.env._, self.env[VALUE]
        last = values.search([], order="month desc", limit=1)
        own = "township" if self.env.user._holds_role(("township_director", "township_public_health")) else "county"
        month = [("month", "=", last.month)]
        below = "clinic" if own == "township" else "township"

        def line(label, *domain, tone=""):
            return Line(label, VALUE, [*month, *domain], ACTION, if_any=tone)

        lines = (
            line(_("Targets reached"), ("level", "=", own), ("passed", "=", "yes")),
            line(_("Targets not reached"), ("level", "=", own), ("passed", "=", "no"), tone="danger"),
            line(_("Not assessable"), ("level", "=", own), ("passed", "=", "none"), tone="warning"),
            line(_("Below: targets not reached"), ("level", "=", below), ("passed", "=", "no"), tone="warning"),
            line(_("Above 100 %"), ("above_whole", "=", True), tone="danger"),
        )
        return Card("indicators", _("Indicators"), lines if last else (), note=self._as_of(last), sequence=24)

    def _as_of(self, last):
        return self.env._("As of %(day)s.", day=last.date_to) if last else ""
