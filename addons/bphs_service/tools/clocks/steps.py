"""The steps of a plan: known from the calendar, or following the visits (clocks rules, section 2).

Both kinds answer the same three questions: what a visit closes, whether a step nobody closed is due within some days,
and which steps there are in the end.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar_days import plus, plus_days, times
from .terms import DUE, LAST, Clock, Interval, Plan, Schedule, Visit, Yearly

ONE_DAY = timedelta(days=1)
A_YEAR = 366


@dataclass(slots=True)
class Line:
    """A step, a recheck or a referral, and the visit that closed it."""

    kind: str
    key: str
    opens: date
    due: date
    closes: date
    missed_from: date  # the first day on which it is missed where nobody closed it
    visit: Visit | None = None


def steps_of(clock: Clock, plan: Plan, until: date, since: date = date.min) -> "CalendarSteps | RollingSteps":
    """Return the steps of a plan, those that open after ``until`` left out.

    Of those that close before ``since`` a clock whose steps stand each for itself may leave out any, and every clock
    those before the first visit, which nothing hangs on.
    """
    if isinstance(clock, Interval) and clock.mode == LAST:
        return RollingSteps(clock, plan)
    return CalendarSteps(clock, plan, until, since)


def reach_days(clock: Clock) -> int | None:
    """Return how many days before a day the visits begin that can matter to steps that close on it or later.

    None: all can, since a gap, or a row of results, goes back as far as there are visits.
    """
    return A_YEAR if isinstance(clock, Yearly) and not clock.min_gap_days else None


class CalendarSteps:
    """Steps whose days stand fast, whatever is done."""

    def __init__(self, clock: Clock, plan: Plan, until: date, since: date):
        self._gap = _Gap(clock.min_gap_days)
        self._lines = [line for line in _calendar_lines(clock, plan, until, since) if plan.holds(line.opens)]
        self._opens = [line.opens for line in self._lines]

    def take(self, visit: Visit) -> None:
        opened = bisect_right(self._opens, visit.date)
        if opened and self._lines[opened - 1].visit is None and self._gap.passed(visit.date):
            self._lines[opened - 1].visit = visit
            self._gap.last = visit.date

    def due_within(self, day: date, last: date) -> bool:
        return any(line.visit is None and day < line.due <= last for line in self._lines)

    def lines(self, day: date) -> list[Line]:
        return self._lines


class RollingSteps:
    """Steps of which each is counted from the visit before it."""

    def __init__(self, clock: Interval, plan: Plan):
        self._clock, self._plan = clock, plan
        self._gap = _Gap(clock.min_gap_days)
        self._passed: list[Line] = []
        self._current = self._line(1, plus(plan.start, clock.every))

    def take(self, visit: Visit) -> None:
        self._roll(visit.date)
        following = plus(visit.date, self._clock.every)
        if visit.date < self._current.opens:
            self._current = self._line(len(self._passed) + 1, following)
        elif self._gap.passed(visit.date):
            self._current.visit = visit
            self._gap.last = visit.date
            self._next(following)

    def due_within(self, day: date, last: date) -> bool:
        self._roll(day)
        return day < self._current.due <= last and self._plan.holds(self._current.opens)

    def lines(self, day: date) -> list[Line]:
        self._roll(day)
        return [line for line in (*self._passed, self._current) if self._plan.holds(line.opens)]

    def _roll(self, day):
        """Pass on from steps that nobody closed before the next one opened."""
        while self._current.missed_from <= day and self._current.due < date.max:
            self._next(plus(self._current.due, self._clock.every))

    def _next(self, due):
        self._passed.append(self._current)
        self._current = self._line(len(self._passed) + 1, due)

    def _line(self, number, due):
        return _interval_line(self._clock, number, due, plus(due, self._clock.every))


@dataclass(slots=True)
class _Gap:
    """The days a closing visit must lie after the closing visit before it."""

    days: int
    last: date | None = None

    def passed(self, day: date) -> bool:
        return self.last is None or (day - self.last).days >= self.days


def _calendar_lines(clock: Clock, plan: Plan, until: date, since: date) -> Iterator[Line]:
    match clock:
        case Interval():
            return _interval_lines(clock, plan, until, since)
        case Yearly():
            return _yearly_lines(clock, plan, until, since if reach_days(clock) else date.min)
    return _schedule_lines(clock, plan)


def _interval_line(clock, number, due, following):
    return Line(
        DUE,
        str(number),
        plus_days(due, -clock.before_days),
        due,
        plus_days(due, clock.after_days),
        plus_days(following, -clock.before_days),
    )


def _interval_lines(clock, plan, until, since):
    number = _first_number(clock, plan, since)
    due = plus(plan.start, times(clock.every, number))
    opens = plus_days(due, -clock.before_days)
    while opens <= until and due < date.max:
        following = plus(plan.start, times(clock.every, number + 1))
        next_opens = plus_days(following, -clock.before_days)
        yield Line(DUE, str(number), opens, due, plus_days(due, clock.after_days), next_opens)
        number, due, opens = number + 1, following, next_opens


def _first_number(clock: Interval, plan: Plan, since: date) -> int:
    """Return the number of the first step that matters: of the two before it one at least is over by ``since``, and by
    the first visit, so that no visit closes it or asks whether it is due.
    """
    day = min((visit.date for visit in plan.visits), default=since)
    day = min(day, since)
    if day <= plan.start:
        return 1
    if clock.every.months:
        months = 12 * (day.year - plan.start.year) + day.month - plan.start.month
        return max(1, months // clock.every.months - 2)
    return max(1, (day - plan.start).days // clock.every.days - 2)


def _schedule_lines(clock: Schedule, plan: Plan) -> Iterator[Line]:
    following = None
    lines = []
    for step in reversed(clock.steps):
        opens, due, closes = (plus(plan.anchor, offset) for offset in (step.opens, step.due, step.closes))
        lines.append(Line(DUE, step.step, opens, due, closes, following or plus_days(closes, 1)))
        following = opens
    return (line for line in reversed(lines) if line.closes >= plan.start)


def _yearly_lines(clock: Yearly, plan: Plan, until: date, since: date) -> Iterator[Line]:
    line = None
    for year in range(max(1, plan.start.year - 1, since.year - 1), date.max.year):
        first, last = (date(y, *clock.year_starts) for y in (year, year + 1))
        opens, last = max(first, plan.start), last - ONE_DAY
        if (last - opens).days + 1 < max(1, clock.least_days):
            continue
        if line:
            line.missed_from = opens
            yield line
        if opens > until:
            return
        line = Line(DUE, str(year), opens, last, last, date.max)
    if line:
        yield line
