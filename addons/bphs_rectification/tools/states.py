"""The life of a rectification task (整改任务): its states, who moves it, what each side may write.

Pure: no database, no clock. Roles are the keys of the `bphs_base.group_<role>` groups; sides are who a person is
towards one task: ``responsible`` puts it right, ``verifier`` looks at the proof, ``clerk`` keeps the register.
"""

from odoo.addons.bphs_base.tools.steps import Step

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


# Whoever is responsible for the work, or handed in any of its proof, does not judge it.
_AT_WORK = ("responsible", "submitter")

STEPS = {
    "issue": Step(("draft",), "issued", side="clerk", access="read"),
    "acknowledge": Step(("issued",), "acknowledged", side="responsible", access="read"),
    "start": Step(("acknowledged",), "in_progress", side="responsible", access="read"),
    "submit": Step(("in_progress",), "submitted", side="responsible", access="read"),
    "verify": Step(("submitted",), "verified", side="verifier", apart_from=_AT_WORK, access="read"),
    "return": Step(
        ("submitted",), "in_progress", side="verifier", reason_required=True, apart_from=_AT_WORK, access="read"
    ),
    # Nor does whoever verified it.
    "close": Step(("verified",), "closed", side="clerk", apart_from=(*_AT_WORK, "verifier"), access="read"),
    # The clerk is not convinced of what was verified.
    "reject": Step(("verified",), "in_progress", side="clerk", reason_required=True, access="read"),
    "reopen": Step(("closed",), "in_progress", side="clerk", reason_required=True, access="read"),
    "cancel": Step(("draft", *OPEN_STATES), "cancelled", side="clerk", reason_required=True, access="read"),
}
# What is done about a task and leaves its state as it is.
DEEDS = {
    "ask_extension": Step(RUNNING_STATES, None, side="responsible", reason_required=True, access="read"),
    "extend": Step(
        RUNNING_STATES, None, side="clerk", reason_required=True, apart_from=("responsible_id",), access="read"
    ),
    # Those who can be reminded: the institution, or its verifier.
    "remind": Step((*RUNNING_STATES, "submitted"), None, side="clerk", access="read"),
    "note": Step(("draft", *OPEN_STATES), None, side="anyone", reason_required=True, access="read"),
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
