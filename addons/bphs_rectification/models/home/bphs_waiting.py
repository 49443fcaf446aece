from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.home import Wait

from ...tools.quarterly_report import REPORTERS
from ...tools.states import CLERKS, SIDES, WORKING_STATES
from ..supervision.bphs_lookback_line import CHECKERS
from ..tasks.bphs_rectification import on_side_by_role
from ..tasks.bphs_rectification_extension import DECIDERS

TASKS = "bphs.rectification"
LIST = "bphs_rectification.bphs_rectification_action"
VERIFIERS = {role for level in SIDES.values() for role in level["verifier"]}
RESPONSIBLE = {role for level in SIDES.values() for role in level["responsible"]}


class BphsWaiting(models.AbstractModel):
    """Tasks and what belongs to them, as they wait: for those who put right, who verify, who close and decide."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        return [*super()._waits(), *self._waits_tasks(), *self._waits_clerk(), *self._waits_beside()]

    @api.model
    def _my_tasks(self):
        """:return Domain: the tasks the user is to put right, by name or by role"""
        user = self.env.user
        return Domain("responsible_id", "=", user.id) | on_side_by_role(user, "responsible")

    @api.model
    def _returned_tasks(self):
        """:return Domain: those that came back, and have not been handed in again"""
        return Domain("state", "in", WORKING_STATES) & Domain("return_reason", "not in", (False, ""))

    def _waits_tasks(self):
        _, mine, returned = self.env._, self._my_tasks(), self._returned_tasks()
        waits = [
            Wait(
                "task_returned",
                _("Tasks Returned"),
                TASKS,
                mine & returned,
                LIST,
                date="deadline",
                tone="danger",
                sequence=5,
            ),
            Wait(
                "task_new",
                _("New Tasks"),
                TASKS,
                mine & Domain("state", "=", "issued"),
                LIST,
                date="deadline",
                tone="warning",
                sequence=12,
            ),
            Wait(
                "task_going",
                _("Tasks in Progress"),
                TASKS,
                mine & Domain("state", "in", WORKING_STATES) & ~returned,
                LIST,
                date="deadline",
                sequence=30,
            ),
        ]
        if self.env.user._holds_role(VERIFIERS):
            waits.append(
                Wait(
                    "task_verify",
                    _("Proof to Verify"),
                    TASKS,
                    [("can_verify", "=", True)],
                    LIST,
                    date="verify_by",
                    tone="warning",
                    sequence=14,
                )
            )
        return waits

    def _waits_clerk(self):
        user, _ = self.env.user, self.env._
        waits = []
        if user._holds_role(CLERKS):
            # Whoever did the work, proved or verified it does not close it.
            own = Domain("verifier_id", "=", user.id) | Domain("responsible_id", "=", user.id)
            own |= Domain("evidence_ids.uploaded_by_id", "=", user.id)
            own |= Domain("event_ids", "any", [("kind", "=", "submit"), ("user_id", "=", user.id)])
            verified = Domain("state", "=", "verified") & ~own
            waits.append(Wait("task_close", _("Tasks to Close"), TASKS, verified, LIST, date="deadline", sequence=24))
            drafts = Domain("state", "=", "draft")
            waits.append(Wait("task_issue", _("Tasks to Issue"), TASKS, drafts, LIST, sequence=32))
        if user._holds_role(DECIDERS):
            asked = [("state", "=", "asked"), ("asked_by_id", "!=", user.id)]
            waits.append(
                Wait(
                    "extension",
                    _("Extensions to Decide"),
                    model="bphs.rectification.extension",
                    domain=asked,
                    action="bphs_rectification.bphs_rectification_extension_action",
                    date="old_deadline",
                    tone="warning",
                    sequence=16,
                )
            )
        return waits

    def _waits_beside(self):
        user, _ = self.env.user, self.env._
        waits = []
        if user._holds_role(RESPONSIBLE):
            waits.append(
                Wait(
                    "letter",
                    _("Supervision Letters to Answer"),
                    model="bphs.supervision.letter",
                    domain=[("can_answer", "=", True)],
                    action="bphs_rectification.bphs_supervision_letter_action",
                    date="reply_by",
                    tone="warning",
                    sequence=8,
                )
            )
        kinds = [kind for kind, roles in REPORTERS.items() if user._holds_role(roles)]
        if kinds:
            waits.append(
                Wait(
                    "quarterly_report",
                    _("Quarterly Reports to Hand In"),
                    model="bphs.quarterly.report",
                    domain=[("state", "=", "draft"), ("institution_id.kind", "in", kinds)],
                    action="bphs_rectification.bphs_quarterly_report_action",
                    date="due_date",
                    sequence=34,
                )
            )
        if user._holds_role(CHECKERS):
            waits.append(
                Wait(
                    "lookback",
                    _("Tasks to Look Back At"),
                    model="bphs.lookback.line",
                    domain=[("can_check", "=", True)],
                    action="bphs_rectification.bphs_lookback_line_action",
                    sequence=28,
                )
            )
        return waits
