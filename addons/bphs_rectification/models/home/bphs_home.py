from datetime import timedelta

from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line
from odoo.addons.bphs_base.tools.states import TONE_OF

from ...tools.states import OPEN_STATES, STATES

TASKS = "bphs.rectification"
LIST = "bphs_rectification.bphs_rectification_action"
COUNTY = (
    "rectification_clerk",
    "primary_care_officer",
    "deputy_leader",
    "leader",
    "county_specialist",
    "evaluator",
    "auditor",
)
BELOW = ("township_director", "township_public_health", "team_leader")
CHARTED = ("leader", "deputy_leader", "primary_care_officer", "rectification_clerk")
# The worst townships; beyond these a chart is read by nobody.
WORST = 12
REMINDED_DAYS = 7


class BphsHome(models.AbstractModel):
    """Where the county's problems stand: open, late, waiting for somebody else."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards, user = super()._cards(), self.env.user
        if user._holds_role((*COUNTY, *BELOW)):
            cards.append(self._card_tasks())
            cards.append(self._card_late())
        if user._holds_role(CHARTED):
            cards.append(self._card_overdue_by_township())
        if user._holds_role(("rectification_clerk", "primary_care_officer")):
            cards.append(self._card_problems())
        if user._holds_role(("county_specialist", "primary_care_officer", "evaluator")):
            cards.append(self._card_guidance())
        if user._holds_role(("administrator",)):
            cards.append(self._card_reminders())
        return cards

    def _card_tasks(self):
        labels = dict(self.env[TASKS]._fields["state"]._description_selection(self.env))
        lines = tuple(
            Line(labels[state], TASKS, [("state", "=", state)], LIST, tone=TONE_OF[state])
            for state, __ in STATES
            if state in OPEN_STATES
        )
        return Card("tasks", self.env._("Rectification"), lines, sequence=34)

    def _card_late(self):
        _ = self.env._
        late = {"if_any": "danger"}
        return Card(
            "late",
            _("What Is Late"),
            (
                Line(_("Tasks overdue"), TASKS, [("is_overdue", "=", True)], LIST, **late),
                Line(_("Verification overdue"), TASKS, [("is_verify_overdue", "=", True)], LIST, **late),
                Line(
                    _("Quarterly reports overdue"),
                    model="bphs.quarterly.report",
                    domain=[("is_overdue", "=", True)],
                    action="bphs_rectification.bphs_quarterly_report_action",
                    **late,
                ),
                Line(
                    _("Answers to letters overdue"),
                    model="bphs.supervision.letter",
                    domain=[("is_overdue", "=", True)],
                    action="bphs_rectification.bphs_supervision_letter_action",
                    **late,
                ),
            ),
            sequence=40,
        )

    def _card_overdue_by_township(self):
        overdue = [("is_overdue", "=", True)]
        # Of the bureau's own and the county's institutions no township leads.
        rows = self.env[TASKS]._read_group(overdue, ["township_id"], ["__count"], order="__count desc", limit=WORST)
        rows.sort(key=lambda row: -row[1])
        chart = {
            "kind": "bar",
            "labels": [township.name or self.env._("County") for township, __ in rows],
            "series": [{"label": self.env._("Tasks overdue"), "data": [count for __, count in rows], "tone": "danger"}],
            "stacked": False,
            "sideways": True,
            "unit": "",
        }
        title = self.env._("Overdue by Township")
        lines = (Line(self.env._("Tasks overdue"), TASKS, overdue, LIST, if_any="danger"),)
        return Card("overdue_township", title, lines, chart if rows else None, sequence=36)

    def _card_problems(self):
        _ = self.env._
        month = self._county_today().replace(day=1)
        return Card(
            "problems",
            _("Problems"),
            (
                Line(
                    _("Not yet a task"),
                    model="bphs.problem.line",
                    domain=[("rectification_id", "=", False)],
                    action="bphs_rectification.bphs_problem_line_action",
                    if_any="warning",
                ),
                Line(
                    _("Found before within a year"),
                    model="bphs.problem.line",
                    domain=[("is_repeat", "=", True)],
                    action="bphs_rectification.bphs_problem_line_action",
                ),
                Line(
                    _("Closed this month"),
                    TASKS,
                    [("state", "=", "closed"), ("closed_on", ">=", month)],
                    LIST,
                    tone="success",
                ),
            ),
            sequence=38,
        )

    def _card_guidance(self):
        _ = self.env._
        standing = {"model": "bphs.guidance.standing", "action": "bphs_rectification.bphs_guidance_standing_action"}
        return Card(
            "guidance",
            _("Technical Guidance"),
            (
                Line(
                    _("Never visited, by guiding institution"),
                    domain=[("visited", "=", False)],
                    if_any="warning",
                    **standing,
                ),
                Line(
                    _("Last visit over 90 days ago, by guiding institution"),
                    domain=[("visited", "=", True), ("days_since", ">", 90)],
                    if_any="warning",
                    **standing,
                ),
            ),
            sequence=60,
        )

    def _card_reminders(self):
        since = self._county_today() - timedelta(days=REMINDED_DAYS)
        reminder = {
            "model": "bphs.rectification.reminder",
            "action": "bphs_rectification.bphs_rectification_reminder_action",
        }
        return Card(
            "health",
            self.env._("Health of the System"),
            (Line(self.env._("Reminders of the last 7 days"), domain=[("date", ">=", since)], **reminder),),
            sequence=22,
        )
