from collections import defaultdict

from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line
from odoo.addons.bphs_base.tools.states import TONE_OF

from ..bphs_workload import STATES

LEADING = ("primary_care_officer", "finance_officer", "deputy_leader")
TOWNSHIP = ("township_director", "township_public_health", "township_accountant", "team_leader")
LIST = "bphs_workload.bphs_workload_action"


class BphsHome(models.AbstractModel):
    """How far the work of the quarter has come, by township; for the clinic, its own statements."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        user = self.env.user
        period = self._workload_period()
        if user._holds_role(("village_doctor",)):
            cards.append(self._card_to_fill())
        if period and user._holds_role(LEADING):
            cards.append(self._card_funnel(period, by_township=True))
        elif period and user._holds_role(TOWNSHIP):
            cards.append(self._card_funnel(period, by_township=False))
        if user._holds_role((*LEADING, *TOWNSHIP)):
            overdue = Line(
                self.env._("Statements not submitted in time"),
                model="bphs.workload",
                domain=[("overdue", "=", True)],
                action=LIST,
                if_any="danger",
            )
            cards.append(Card("late", self.env._("What Is Late"), (overdue,), sequence=40))
        return cards

    @api.model
    def _workload_period(self):
        """:return: the latest quarter that has begun and has statements the user sees"""
        found = self.env["bphs.workload"].search(
            [("period_id.date_start", "<=", self._county_today())], order="period_id, id", limit=1
        )
        return found.period_id

    def _card_to_fill(self):
        waits = self.env["bphs.waiting"]._workload_begun()
        statement = {"model": "bphs.workload", "action": "bphs_workload.bphs_workload_action_pending"}
        return Card(
            "to_fill",
            self.env._("To Fill In"),
            (
                Line(self.env._("Statements to fill in"), domain=waits, if_any="warning", **statement),
                Line(
                    self.env._("Handed in, not yet verified"),
                    model="bphs.workload",
                    domain=[("state", "=", "submitted")],
                    action=LIST,
                ),
            ),
            sequence=10,
        )

    def _card_funnel(self, period, by_township):
        labels = dict(self.env["bphs.workload"]._fields["state"]._description_selection(self.env))
        lines = tuple(
            Line(
                labels[state],
                "bphs.workload",
                [("period_id", "=", period.id), ("state", "=", state)],
                LIST,
                tone=TONE_OF[state],
            )
            for state, __ in STATES
        )
        title = self.env._("Work of %(period)s", period=period.display_name)
        chart = self._chart_funnel(period, labels) if by_township else None
        return Card("funnel", title, lines, chart, sequence=30)

    def _chart_funnel(self, period, labels):
        counts = defaultdict(lambda: dict.fromkeys(labels, 0))
        for township, state, count in self.env["bphs.workload"]._read_group(
            [("period_id", "=", period.id)], ["township_id", "state"], ["__count"]
        ):
            counts[township][state] = count
        townships = sorted(counts, key=lambda township: (-counts[township]["draft"], township.id))
        return {
            "kind": "bar",
            "labels": [township.name or "" for township in townships],
            "series": [
                {"label": label, "data": [counts[township][state] for township in townships], "tone": TONE_OF[state]}
                for state, label in labels.items()
            ],
            "stacked": True,
            "sideways": True,
            "unit": "",
        }
