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

        def line(label, tone="", **told):
            return Line(
                label, VALUE, [*month, *((name, "=", value) for name, value in told.items())], ACTION, if_any=tone
            )

        lines = (
            line(_("Targets reached"), level=own, passed="yes"),
            line(_("Targets not reached"), "danger", level=own, passed="no"),
            line(_("Not assessable"), "warning", level=own, passed="none"),
            line(_("Below: targets not reached"), "warning", level=below, passed="no"),
            line(_("Above 100 %"), "danger", above_whole=True),
        )
        return Card("indicators", _("Indicators"), lines if last else (), note=self._as_of(last), sequence=24)

    def _as_of(self, last):
        return self.env._("As of %(day)s.", day=last.date_to) if last else ""
