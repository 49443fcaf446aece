"""What the blood pressures of somebody who had none on file come to: from the first reading to being looked after.

Pure. A day is abnormal where one of its readings is. So many abnormal days in a row, none as it should be between them,
speak for hypertension; within how many days, the county may say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LACKING, NORMAL, RECHECK, CLEARED, CONFIRM, ENROLLED = (
    *("lacking", "normal", "recheck", "cleared", "confirm", "enrolled"),
)
# What somebody has still to do something about.
TO_DO = (LACKING, RECHECK, CONFIRM)


@dataclass(frozen=True, slots=True)
class Reading:
    """A blood pressure: ``abnormal`` by the rules of findings, ``critical`` where it is to be seen to at once."""

    day: date
    abnormal: bool
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """``days``: so many abnormal days in a row confirm; ``within``: in so many days, 0 without a limit."""

    days: int = 3
    within: int = 0
    recheck_days: int = 14


@dataclass(frozen=True, slots=True)
class Told:
    """What the readings say; days are None where it has not come to that.

    ``read_on``: of the first reading; ``abnormal_on``: of the first abnormal one; ``rechecked_on``: of the first after
    that; ``met_on``: when enough abnormal days stood in a row; ``due_on``: until when to measure again.
    """

    read_on: date | None = None
    last_on: date | None = None
    abnormal_on: date | None = None
    rechecked_on: date | None = None
    met_on: date | None = None
    due_on: date | None = None
    abnormal_days: int = 0
    is_abnormal_now: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is, and since when each step after the abnormal reading stands."""

    state: str
    rechecked_on: date | None = None
    confirmed_on: date | None = None
    enrolled_on: date | None = None


def told(readings: Iterable[Reading], terms: Terms) -> Told:
    """Return what the readings of one person come to."""
    days: dict[date, tuple[bool, bool]] = {}
    for reading in readings:
        abnormal, critical = days.get(reading.day, (False, False))
        days[reading.day] = (abnormal or reading.abnormal, critical or reading.critical)
    if not days:
        return Told()
    in_order = sorted(days)
    abnormal_on = next((day for day in in_order if days[day][0]), None)
    last = in_order[-1]
    abnormal_now, critical_now = days[last]
    wait = 1 if critical_now else terms.recheck_days
    return Told(
        read_on=in_order[0],
        last_on=last,
        abnormal_on=abnormal_on,
        rechecked_on=next((day for day in in_order if abnormal_on and day > abnormal_on), None),
        met_on=_met_on(in_order, days, terms),
        due_on=last + timedelta(days=wait) if abnormal_now else None,
        abnormal_days=sum(abnormal for abnormal, _critical in days.values()),
        is_abnormal_now=abnormal_now,
    )


def progress(said: Told, diagnosed_on: date | None, enrolled_on: date | None) -> Progress:
    """Return how far somebody is: each step stands on the one before it.

    :param diagnosed_on: hypertension stands in the file since then, whoever found it
    :param enrolled_on: and a plan of follow-ups runs since then
    """
    if said.read_on is None:
        return Progress(LACKING)
    if said.abnormal_on is None:
        return Progress(NORMAL)
    # Whoever was diagnosed elsewhere was looked at again there.
    rechecked_on = said.rechecked_on or diagnosed_on
    confirmed_on = said.met_on or diagnosed_on
    if diagnosed_on and enrolled_on:
        return Progress(ENROLLED, rechecked_on, confirmed_on, enrolled_on)
    if confirmed_on:
        return Progress(CONFIRM, rechecked_on, confirmed_on)
    return Progress(RECHECK if said.is_abnormal_now else CLEARED, rechecked_on)


def _met_on(in_order, days, terms):
    run: list[date] = []
    for day in in_order:
        run = [*run, day] if days[day][0] else []
        if len(run) >= terms.days and _is_within(run[-terms.days], day, terms.within):
            return day
    return None


def _is_within(first, last, within):
    return not within or (last - first).days <= within
