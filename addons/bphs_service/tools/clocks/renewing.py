"""When time alone makes another row of a plan, so that until then nobody need reckon it again."""

from collections.abc import Iterable
from datetime import date

from .calendar_days import plus, plus_days, times
from .rows import lines_of
from .steps import Line, reach_days
from .terms import DUE, LAST, Clock, Interval, Plan

# So far beyond the horizon the rows to come are looked for; a plan that has none is reckoned again after as many days.
BEYOND_DAYS = 200


def kept_lines(
    clock: Clock, plan: Plan, today: date, ahead_days: int, since: date = date.min
) -> tuple[list[Line], date]:
    """Return the rows that have opened or are due within `ahead_days`, and the first day on which others might be.

    Of those that close before ``since`` some may be left out; of a clock whose visits may be left out, all are.

    Up to the day before it the rows stay as they are, as long as the plan, its clock and its visits do.
    """
    horizon = plus_days(today, ahead_days)
    renew_on = plus_days(today, BEYOND_DAYS)
    kept = []
    cut = reach_days(clock) is not None
    rolls = isinstance(clock, Interval) and clock.mode == LAST
    for line in lines_of(clock, plan, today, plus_days(horizon, BEYOND_DAYS), since):
        if line.opens > today and line.due > horizon:
            renew_on = min(renew_on, line.opens, plus_days(line.due, -ahead_days))
            continue
        # Of steps counted from the last visit the next is there only from the day on which this one is missed.
        if rolls and line.visit is None and line.missed_from > today:
            renew_on = min(renew_on, line.missed_from)
        if line.closes >= since or not cut:
            kept.append(line)
    return kept, renew_on


def since_with(clock: Clock, plan: Plan, since: date, standing: Iterable[tuple[str, str]]) -> date:
    """Return from which day on steps are wanted where some stand already, which stay as they are reckoned now.

    :param standing: kind and key of the rows that stand
    """
    numbers = [int(key) for kind, key in standing if kind == DUE] if isinstance(clock, Interval) else []
    return min(since, plus(plan.start, times(clock.every, min(numbers)))) if numbers else since
