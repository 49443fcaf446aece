"""The rules of a workload statement (工作量): its states, who moves it, who edits which quantity,
what a line may hold.

Pure: no database, no clock. Roles are the keys of the `bphs_base.group_<role>` groups. The state
names are those of
`bphs.workload`; quantities are whole numbers of the item's unit.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from odoo.addons.bphs_base.tools.steps import Step

# A clinic has this long after the period's end to submit, unless the period says otherwise.
SUBMISSION_DAYS = 10
# Of one item in one period no institution of a county does more: three visits for every resident of a large one.
MOST_OF_ITEM = 1_000_000


STEPS = {
    "submit": Step(("draft",), "submitted", ("village_doctor", "township_public_health"), access="read"),
    # An officer may report for a clinic without a doctor; a second person checks it then.
    "verify": Step(
        ("submitted",),
        "verified",
        ("township_public_health", "township_director"),
        apart_from=("submitted_by_id",),
        access="read",
    ),
    "return": Step(
        ("submitted", "verified"), "draft", ("township_public_health",), reason_required=True, access="read"
    ),
    "lock": Step(("verified",), "locked", ("finance_officer",), access="read"),
    # What has been paid for is reopened only under a dated exception of its period.
    "correct": Step(("locked",), "draft", ("township_public_health",), reason_required=True, access="read"),
}

# The roles that may change each quantity, by state of the statement. What is not here is closed
# to everyone:
# the clinic's own figures do not move while they are being checked, and nothing moves once verified.
EDITORS = {
    "draft": {
        "planned": ("township_public_health", "primary_care_officer"),
        "reported": ("village_doctor", "township_public_health"),
        # That nothing was done is an answer too.
        "answered": ("village_doctor", "township_public_health"),
    },
    "submitted": {
        "invalid": ("township_public_health",),
        "invalid_reason": ("township_public_health",),
        "false_qty": ("township_public_health",),
    },
}


def editors_of(state: str, field: str) -> tuple[str, ...]:
    """The roles that may change ``field`` while the statement is in ``state``; empty where
    nobody may.
    """
    return EDITORS.get(state, {}).get(field, ())


def line_problem(planned: int, reported: int, invalid: int, false_qty: int, invalid_reason: str | None) -> str | None:
    """What is wrong with a line's quantities: ``negative``, ``too_many``, ``too_much_refused``,
    ``no_reason``, or None.

    All but ``too_many`` stand as CHECK constraints in the database; here they can be told to a
    person beforehand.
    """
    if min(planned, reported, invalid, false_qty) < 0:
        return "negative"
    if max(planned, reported, invalid, false_qty) > MOST_OF_ITEM:
        return "too_many"
    if invalid + false_qty > reported:
        return "too_much_refused"
    if invalid and not (invalid_reason or "").strip():
        return "no_reason"
    return None


def by_unit(quantities: Iterable[tuple[str, int]]) -> dict[str, int]:
    """What the quantities of several items come to: of one unit together, of several apart, as they first appear.

    Nobody can add papers to visits; and a unit of which there is nothing is not told of.
    """
    sums: dict[str, int] = {}
    for unit, quantity in quantities:
        if quantity:
            sums[unit] = sums.get(unit, 0) + quantity
    return sums


def submission_due(period_end: date) -> date:
    """The last day on which a statement of a period ending on ``period_end`` is in time."""
    return period_end + timedelta(days=SUBMISSION_DAYS)
