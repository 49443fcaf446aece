"""How a file's status changes: moved, died, lost and found again, each with what it needs.

One table instead of conditions strewn over the model: which step starts from where, leads where, and what must be told.
"""

from datetime import date
from typing import NamedTuple

MOVED_OUT, DIED, LOST, MERGED, ACTIVE = "moved_out", "died", "lost", "merged", "active"
# The resident is no longer here to be served: plans of other modules end.
ENDED = frozenset({MOVED_OUT, DIED, LOST, MERGED})


class Step(NamedTuple):
    """A step in the life of a file.

    ``sources``: statuses it starts from; ``status``: the one it leads to; ``village``: ``needed``, ``allowed`` or
    ``none``; ``elsewhere``: a place outside the county must be named; ``evidence``: it must say what proves it.
    """

    sources: frozenset[str]
    status: str
    village: str = "none"
    elsewhere: bool = False
    evidence: bool = True


STEPS = {
    "within": Step(frozenset({ACTIVE}), ACTIVE, village="needed", evidence=False),
    "out": Step(frozenset({ACTIVE, LOST}), MOVED_OUT, elsewhere=True),
    "lost": Step(frozenset({ACTIVE}), LOST),
    "died": Step(frozenset({ACTIVE, LOST, MOVED_OUT}), DIED),
    # Moved in again, found again, or a step that was entered by mistake.
    "back": Step(frozenset({MOVED_OUT, LOST, DIED}), ACTIVE, village="allowed"),
}


def fitting(status: str) -> list[str]:
    """The steps a file of this status may take, in the order of :data:`STEPS`; none where it is closed for good."""
    return [kind for kind, step in STEPS.items() if status in step.sources]


def problem(
    kind: str, status: str, day: date, today: date, born: date | None, village: bool, elsewhere: str, evidence: str
) -> str | None:
    """What forbids a step, or None.

    :param kind: of :data:`STEPS`
    :param status: of the file now
    :param day: when it happened
    :param village: whether a village is named
    :return: ``status``, ``future``, ``before_birth``, ``village``, ``elsewhere``, ``evidence``
    """
    step = STEPS[kind]
    if status not in step.sources:
        return "status"
    if day > today:
        return "future"
    if born and day < born:
        return "before_birth"
    if step.village == "needed" and not village:
        return "village"
    if step.elsewhere and not elsewhere.strip():
        return "elsewhere"
    if step.evidence and len(evidence.strip()) < 2:
        return "evidence"
    return None
