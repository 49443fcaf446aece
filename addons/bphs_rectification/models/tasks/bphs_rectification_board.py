from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.states import CLERKS, OPEN_STATES, RUNNING_STATES, STATES
from .bphs_rectification_extension import DECIDERS

TASKS = "bphs.rectification"
# What a filter by these fields leaves of the states.
FILTERED_STATES = {
    "is_overdue": RUNNING_STATES,
    "days_left": RUNNING_STATES,
    "can_verify": ("submitted",),
    "is_verify_overdue": ("submitted",),
}


class BphsRectification(models.Model):
    """The board: a column for each state a task may wait in, in the order of its life; above it what is late."""

    _inherit = "bphs.rectification"

    state = fields.Selection(group_expand="_expand_states")

    def _expand_states(self, states, domain):
        """The columns with tasks, and the empty ones between them that the filter could fill."""
        open_to = set(OPEN_STATES)
        for condition in Domain(domain).iter_conditions():
            open_to &= set(FILTERED_STATES.get(condition.field_expr, open_to))
            if condition.field_expr == "state" and condition.operator in ("=", "in"):
                value = condition.value
                open_to &= {value} if isinstance(value, str) else set(value)
        return [state for state, __ in STATES if state in open_to or state in states]

    @api.model
    @api.readonly
    def board_notices(self):
        """What is late or waits for the user, in tasks and beside them: reports, letters, look-backs, extensions.

        :return list: dicts with ``label``, ``count`` (above zero), ``late``, ``filter`` of the list that shows them,
            and ``action`` that opens that list; no action: the board itself
        """
        found = [
            (self.env._("Overdue"), TASKS, "is_overdue", True, "overdue", True),
            (self.env._("Verification Overdue"), TASKS, "is_verify_overdue", True, "verify_overdue", True),
            (self.env._("Quarterly Reports Overdue"), "bphs.quarterly.report", "is_overdue", True, "overdue", True),
            (self.env._("Answers to Letters Overdue"), "bphs.supervision.letter", "is_overdue", True, "overdue", True),
            (self.env._("Letters to Answer"), "bphs.supervision.letter", "can_answer", True, "to_answer", False),
            (self.env._("Waits for My Verification"), TASKS, "can_verify", True, "to_verify", False),
            (self.env._("To Look Back At"), "bphs.lookback.line", "can_check", True, "mine", False),
        ]
        if self.env.user._holds_role(CLERKS):
            found.append((self.env._("To Close"), TASKS, "state", "verified", "to_close", False))
        if self.env.user._holds_role(DECIDERS):
            asked = self.env._("More Time Asked For")
            found.append((asked, "bphs.rectification.extension", "state", "asked", "asked", False))
        return [
            {
                "label": label,
                "count": count,
                "late": late,
                "filter": name,
                "action": model != TASKS and f"bphs_rectification.{model.replace('.', '_')}_action",
            }
            for label, model, field, value, name, late in found
            if (count := self.env[model].search_count([(field, "=", value)]))
        ]
