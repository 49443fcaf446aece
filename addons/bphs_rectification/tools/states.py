"""The life of a rectification task (整改任务): its states, who moves it, what each side may write.

Pure: no database, no clock. Roles are the keys of the `bphs_base.group_<role>` groups; sides are who a person is
towards one task: ``responsible`` puts it right, ``verifier`` looks at the proof, ``clerk`` keeps the register.
"""

from collections.abc import Collection
from dataclasses import dataclass

STATES = (
    ("draft", "Draft"),
    ("issued", "Issued"),
    ("acknowledged", "Acknowledged"),
    ("in_progress", "In Progress"),
    ("submitted", "Evidence Submitted"),
    ("verified", "Verified"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
)
# The institution's clock runs: it has not yet handed in its proof.
RUNNING_STATES = ("issued", "acknowledged", "in_progress")
# Issued, and not over: what a hold on money waits for.
OPEN_STATES = (*RUNNING_STATES, "submitted", "verified")
# Proof is collected.
WORKING_STATES = ("acknowledged", "in_progress")

CLERKS = ("rectification_clerk", "primary_care_officer")

# Who stands on which side, by the level of the task's institution: a clinic's work is seen by its township, a
# township's by the county.
SIDES = {
    "clinic": {
        "responsible": ("village_doctor",),
        "verifier": ("township_public_health", "township_director", "evaluator"),
        "clerk": CLERKS,
    },
    "township": {
        "responsible": ("township_public_health", "township_director"),
        "verifier": (*CLERKS, "county_specialist", "evaluator"),
        "clerk": CLERKS,
    },
    "county": {
        "responsible": ("county_specialist",),
        "verifier": (*CLERKS, "evaluator"),
        "clerk": CLERKS,
    },
}


@dataclass(frozen=True, slots=True)
class Transition:
    """A permitted change of state: from which states, to which, by which side."""

    sources: tuple[str, ...]
    target: str
    side: str
    reason_required: bool = False
    # Whoever did the work, or handed in its proof, takes no such step.
    independent: bool = False


TRANSITIONS = {
    "issue": Transition(("draft",), "issued", "clerk"),
    "acknowledge": Transition(("issued",), "acknowledged", "responsible"),
    "start": Transition(("acknowledged",), "in_progress", "responsible"),
    "submit": Transition(("in_progress",), "submitted", "responsible"),
    "verify": Transition(("submitted",), "verified", "verifier", independent=True),
    "return": Transition(("submitted",), "in_progress", "verifier", reason_required=True, independent=True),
    "close": Transition(("verified",), "closed", "clerk", independent=True),
    # The clerk is not convinced of what was verified.
    "reject": Transition(("verified",), "in_progress", "clerk", reason_required=True),
    "reopen": Transition(("closed",), "in_progress", "clerk", reason_required=True),
    "cancel": Transition(("draft", *OPEN_STATES), "cancelled", "clerk", reason_required=True),
}

# What each side may write, by state. What is not here changes by the steps alone.
_PLAN = ("cause", "measures", "result")
EDITORS = {
    "draft": {"clerk": ("responsible_id", "responsible_worker_id", "severity", "deadline", "cause", "measures")},
    "issued": {"clerk": ("responsible_id", "responsible_worker_id")},
    "acknowledged": {"clerk": ("responsible_id", "responsible_worker_id"), "responsible": _PLAN},
    "in_progress": {"clerk": ("responsible_id", "responsible_worker_id"), "responsible": _PLAN},
    "closed": {"clerk": ("active",)},
    "cancelled": {"clerk": ("active",)},
}


def roles_of(side: str, level: str) -> tuple[str, ...]:
    """The roles that stand on a side of a task.

    :param level: ``clinic``, ``township`` or ``county``, of the task's institution
    """
    return SIDES[level][side]


def sides_that_edit(state: str, field: str) -> tuple[str, ...]:
    """The sides that may write ``field`` in ``state``; empty where nobody may."""
    return tuple(side for side, names in EDITORS.get(state, {}).items() if field in names)


def separation_problem(
    step: str, person: int, responsible: int | None, submitters: Collection[int], verifier: int | None
) -> str | None:
    """What stands against this person's taking an independent step, or None.

    :param person: whoever takes the step
    :param responsible: whoever is named to put the task right
    :param submitters: whoever handed in any of its proof
    :param verifier: whoever verified it, once someone has
    :return: ``responsible``, ``submitter``, or ``verifier`` where the same person would verify and close
    """
    if not TRANSITIONS[step].independent:
        return None
    if person == responsible:
        return "responsible"
    if person in submitters:
        return "submitter"
    if step == "close" and person == verifier:
        return "verifier"
    return None
