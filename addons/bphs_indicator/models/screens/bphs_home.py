from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

WATCHERS = ("primary_care_officer", "leader", "deputy_leader", "township_director", "township_public_health")
VALUE, ACTION = "bphs.indicator.value", "bphs_indicator.bphs_indicator_value_action"
PLAN, PLAN_ACTION = "bphs.indicator.action", "bphs_indicator.bphs_indicator_action_action"
# A card shows so many institutions, those that miss the most; the board has them all.
MOST_BARS = 15


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

        plans = Line(_("Action plans of this quarter"), PLAN, self._this_quarter(), PLAN_ACTION)
        lines = (
            line(_("Targets reached"), level=own, passed="yes"),
            line(_("Targets not reached"), "danger", level=own, passed="no"),
            line(_("Not assessable"), "warning", level=own, passed="none"),
            line(_("Below: targets not reached"), "warning", level=below, passed="no"),
            line(_("Above 100 %"), "danger", above_whole=True),
            plans,
        )
        if not last:
            return Card("indicators", _("Indicators"), sequence=24)
        chart = self._chart_below([*month, ("level", "=", below), ("passed", "in", ["yes", "no"])])
        return Card("indicators", _("Indicators"), lines, chart, self._as_of(last), 24)

    def _this_quarter(self):
        today = self._county_today()
        return [("period_id.date_start", "<=", today), ("period_id.date_end", ">=", today)]

    def _chart_below(self, domain):
        """:return dict: how many targets each institution below reached, and how many it did not; the worst first"""
        counts = {}
        for place, passed, count in self.env[VALUE]._read_group(domain, ["institution_id", "passed"], ["__count"]):
            counts.setdefault(place, dict.fromkeys(("yes", "no"), 0))[passed] = count
        if not counts:
            return None
        worst = sorted(counts, key=lambda place: (-counts[place]["no"], place.code))[:MOST_BARS]
        return {
            "kind": "bar",
            "sideways": True,
            "stacked": True,
            "labels": [place.name for place in worst],
            "series": [
                {"label": self.env._("Reached"), "data": [counts[one]["yes"] for one in worst], "tone": "success"},
                {"label": self.env._("Not Reached"), "data": [counts[one]["no"] for one in worst], "tone": "danger"},
            ],
        }

    def _as_of(self, last):
        return self.env._("As of %(day)s.", day=last.date_to) if last else ""
