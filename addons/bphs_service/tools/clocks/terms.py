"""What a clock, a plan and its visits are, once they have been read (clocks rules, section 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

SATISFIED = "satisfied"
RESULTS = (SATISFIED, "uncontrolled", "reaction", "complication")
STATES = ("planned", "open", "overdue", "muted", "done", "late", "missed", "ended")
FIXED, LAST = "fixed", "last"
DUE, RECHECK, REFERRAL = "due", "recheck", "referral"


@dataclass(frozen=True, slots=True)
class Offset:
    """So many calendar months, and then so many days."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """Every so often, with a recheck or a referral where a result asks for one."""

    code: str
    face_to_face: bool
    min_gap_days: int
    mode: str
    every: Offset
    before_days: int
    after_days: int
    recheck_days: int
    recheck_after_days: int
    refer_after: Mapping[str, int]  # for each result that asks for a recheck


@dataclass(frozen=True, slots=True)
class ScheduleStep:
    step: str
    opens: Offset
    due: Offset
    closes: Offset


@dataclass(frozen=True, slots=True)
class Schedule:
    """At certain ages of an anchor: a birth, a last period, a discharge."""

    code: str
    face_to_face: bool
    min_gap_days: int
    steps: tuple[ScheduleStep, ...]


@dataclass(frozen=True, slots=True)
class Yearly:
    """Once in each management year."""

    code: str
    face_to_face: bool
    min_gap_days: int
    year_starts: tuple[int, int]  # month and day
    least_days: int


Clock = Interval | Schedule | Yearly


@dataclass(frozen=True, slots=True)
class Mute:
    since: date
    until: date | None = None

    def runs(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Visit:
    id: str
    date: date
    face_to_face: bool
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    code: str
    start: date
    end: date | None = None
    anchor: date | None = None
    mutes: tuple[Mute, ...] = ()
    visits: tuple[Visit, ...] = ()

    def last_day(self, as_of: date) -> date:
        """Return the day asked, or the plan's end where that comes first."""
        return as_of if self.end is None else min(as_of, self.end)

    def holds(self, day: date) -> bool:
        """Say whether what opens on ``day`` opens before the plan is over."""
        return self.end is None or day <= self.end
