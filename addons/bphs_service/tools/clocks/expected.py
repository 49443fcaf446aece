"""How many services a plan asks for in some days to come, as far as they can be told beforehand. Pure, exact.

Steps of the calendar, and no rechecks: what comes of a visit nobody knows before it. A plan that begins or ends within
the days counts for the part in which it runs.
"""

from datetime import date, timedelta
from fractions import Fraction

from .calendar_days import plus
from .terms import Clock, Interval, Offset, Plan, Schedule

A_YEAR = Offset(months=12)


def year_from(day: date) -> tuple[date, date]:
    """Return the first and the last of the twelve months that begin with a day."""
    return day, plus(day, A_YEAR) - timedelta(days=1)


def in_a_year(clock: Clock, first: date, last: date) -> Fraction | None:
    """Return how many services a plan that runs all these twelve months asks for.

    None: it hangs on the day the plan is counted from.
    """
    match clock:
        case Schedule():
            return None
        case Interval() if clock.every.months:
            return Fraction(12, clock.every.months)
        case Interval():
            return Fraction((last - first).days + 1, clock.every.days)
    return Fraction(1)


def expected(clock: Clock, plan: Plan, day: date) -> Fraction:
    """Return how many services a plan asks for in the twelve months from a day on."""
    first, last = year_from(day)
    begins, ends = max(plan.start, first), last if plan.end is None else min(plan.end, last)
    if begins > ends:
        return Fraction(0)
    whole = in_a_year(clock, first, last)
    if whole is not None:
        return whole * Fraction((ends - begins).days + 1, (last - first).days + 1)
    return Fraction(sum(begins <= plus(plan.anchor, step.due) <= ends for step in clock.steps))
