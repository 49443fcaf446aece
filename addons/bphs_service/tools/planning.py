"""Which plans a resident has: from key groups and from age.

Pure. A plan is wanted from the day a ground for it begins to the day it ends; death, moving away and loss end them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .clocks.calendar_days import plus
from .clocks.terms import Offset


@dataclass(frozen=True, slots=True)
class Ground:
    """What a clock makes plans for: key groups, or an age in whole years, the last of them included (0: no end)."""

    code: str
    groups: frozenset[str]
    by_age: bool = False
    from_age: int = 0
    to_age: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    id: int
    kind: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """``membership``: the id of the ground, None for an age. ``anchor``: the birth, for plans by age."""

    code: str
    membership: int | None
    start: date
    end: date | None
    anchor: date | None


def wanted(
    grounds: Iterable[Ground],
    memberships: Iterable[Membership],
    birth: date | None,
    known_since: date | None,
    gone_on: date | None,
    until: date,
) -> list[Wanted]:
    """Return the plans of a resident.

    :param known_since: the day the file was made: nothing by age was due here before it
    :param gone_on: the day the resident died, moved away or was lost
    :param until: what would begin later does not begin yet
    """
    found = []
    memberships = list(memberships)
    for ground in grounds:
        for member in _apart(member for member in memberships if member.kind in ground.groups):
            found.append(Wanted(ground.code, member.id, member.start, _first(member.end, gone_on), None))
        if ground.by_age and birth:
            start = plus(birth, Offset(12 * ground.from_age))
            if known_since:
                start = max(start, known_since)
            end = plus(birth, Offset(12 * (ground.to_age + 1))) - timedelta(1) if ground.to_age else None
            found.append(Wanted(ground.code, None, start, _first(end, gone_on), birth))
    return [plan for plan in found if plan.start <= (until if plan.end is None else min(until, plan.end))]


def _apart(members):
    """Of several groups one clock may be for, those that ask for a plan: not one within the time of another."""
    kept = []
    for member in sorted(members, key=lambda member: (member.start, -_ends(member).toordinal(), member.id)):
        if not any(member.start >= other.start and _ends(member) <= _ends(other) for other in kept):
            kept.append(member)
    return kept


def _ends(member):
    return member.end or date.max


def _first(*ends):
    return min((end for end in ends if end), default=None)
