"""What is due of one plan, and how each row stands on a day (clocks rules, section 2; clocks rules, section 3)."""

from dataclasses import dataclass
from datetime import date

from .calendar_days import plus_days
from .steps import Line, steps_of
from .terms import RECHECK, REFERRAL, SATISFIED, Clock, Interval, Plan, Visit


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to be done, and where it stands. ``visit``: the id of the visit that closed it."""

    kind: str
    key: str
    opens: date
    due: date
    closes: date
    state: str
    visit: str | None


def rows_of(clock: Clock, plan: Plan, as_of: date, horizon_days: int) -> list[Row]:
    """Return the rows that have opened by the day or are due up to the horizon, in order of due, kind and key."""
    horizon = plus_days(as_of, horizon_days)
    rows = [
        Row(line.kind, line.key, line.opens, line.due, line.closes, _state(line, plan, as_of), _id(line.visit))
        for line in lines_of(clock, plan, as_of, horizon)
        if line.opens <= as_of or line.due <= horizon
    ]
    return sorted(rows, key=lambda row: (row.due, row.kind, row.key))


def lines_of(clock: Clock, plan: Plan, as_of: date, horizon: date, since: date = date.min) -> list[Line]:
    """Read the visits of a plan up to the day asked: all rows that follow, those after the horizon in part.

    :param since: of rows that close before it, some may be left out; visits that go back
        :func:`~.steps.reach_days` before it are enough
    """
    day = plan.last_day(as_of)
    results = _Results(clock, plan) if isinstance(clock, Interval) else None
    # A recheck asks about steps that are due after the visit and before it would be.
    seen = horizon if results is None else max(horizon, plus_days(day, clock.recheck_days + clock.before_days))
    steps = steps_of(clock, plan, seen, since)
    for visit in sorted(plan.visits, key=lambda visit: visit.date):
        if not plan.start <= visit.date <= day:
            continue
        if visit.face_to_face or not clock.face_to_face:
            steps.take(visit)
        if results is not None and visit.result is not None:
            results.take(visit, steps)
    return [*steps.lines(day), *(results.lines if results else ())]


class _Results:
    """The row of results that do not satisfy, and the rechecks and referrals they ask for."""

    def __init__(self, clock: Interval, plan: Plan):
        self._clock, self._plan = clock, plan
        self._in_a_row = 0
        self._all: list[Line] = []

    @property
    def lines(self):
        return [line for line in self._all if self._plan.holds(line.opens)]

    def take(self, visit: Visit, steps) -> None:
        for line in self._all:
            if line.visit is None and line.opens <= visit.date:
                line.visit = visit
        if visit.result == SATISFIED:
            self._in_a_row = 0
        elif (refer_after := self._clock.refer_after.get(visit.result)) is not None:
            self._in_a_row += 1
            due = plus_days(visit.date, self._clock.recheck_days)
            if self._in_a_row >= refer_after:
                self._ask(REFERRAL, "T", visit, due)
            elif not steps.due_within(visit.date, due):
                self._ask(RECHECK, "R", visit, due)

    def _ask(self, kind, letter, visit, due):
        closes = plus_days(due, self._clock.recheck_after_days)
        opens = plus_days(visit.date, 1)
        self._all.append(Line(kind, f"{letter}:{visit.id}", opens, due, closes, plus_days(closes, 1)))


def _state(line, plan, as_of):
    if line.visit is not None:
        return "done" if line.visit.date <= line.closes else "late"
    day = plan.last_day(as_of)
    if line.missed_from <= day:
        return "missed"
    if plan.end is not None and plan.end <= as_of:
        return "ended"
    if day < line.opens:
        return "planned"
    if any(mute.runs(day) for mute in plan.mutes):
        return "muted"
    return "overdue" if day > line.due else "open"


def _id(visit):
    return visit and visit.id
