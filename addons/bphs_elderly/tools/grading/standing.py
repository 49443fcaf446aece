"""From daily grades to the standing colour: worse at once, better when a doctor says so (grading rules, section 3).

:func:`follow` takes a person from one day to the next. What it returns is all that is kept: the state, and a row for
each change. Days without news may be left out, but for :attr:`Standing.ripe_on`: the grade is taken to have stayed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .grade import Hit
from .rules import GREEN, RED, UNRATED, YELLOW

STABLE_DAYS = 90
SATISFIED = 2
_BADNESS = {GREEN: 0, YELLOW: 1, RED: 2}

FIRST, WORSE, LAPSED, RATED, AGE = "first", "worse", "lapsed", "rated", "age"
CONFIRMED, VOIDED, REASONS = "confirmed", "voided", "reasons"
CAUSES = (FIRST, WORSE, LAPSED, RATED, AGE, CONFIRMED, VOIDED, REASONS)


class StandingError(ValueError):
    """A step that the rules of the standing colour do not allow."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An assessment or a visit by which one may tell whether somebody is doing well."""

    day: date
    satisfied: bool
    by: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a doctor says to a proposal."""

    by: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What a day brings: its grade, and what became known on it, in that order.

    :param colour: the day's grade; None for who is not 65
    :param voided: ids of the facts voided today
    """

    day: date
    colour: str | None
    hits: tuple[Hit, ...] = ()
    ruleset: str = ""
    voided: frozenset[str] = frozenset()
    contacts: tuple[Contact, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that were better than the standing colour.

    :param worst: the worst grade among them, which is what a proposal proposes
    :param hits: of the last day that was so bad
    :param contacts: the satisfactory ones in a row
    :param proposed_on: the day a proposal was opened, None as long as there is none
    :param on: makers of the contacts that opened it; empty where the days did
    """

    since: date
    worst: str
    hits: tuple[Hit, ...]
    contacts: tuple[Contact, ...] = ()
    proposed_on: date | None = None
    on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One change, kept for good; the last row up to a day tells what stood on it.

    :param sequence: of the rows of one day, from 1
    :param confirmed_by: the doctor, of a confirmed proposal
    """

    day: date
    sequence: int
    colour: str | None
    grade: str | None
    hits: tuple[Hit, ...]
    ruleset: str
    cause: str
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands after a day.

    :param colour: the standing colour; None before 65
    :param causes: the hits that last held the colour up
    """

    day: date
    colour: str | None
    grade: str | None
    hits: tuple[Hit, ...]
    ruleset: str
    causes: tuple[Hit, ...] = ()
    run: Run | None = None
    rows: tuple[Row, ...] = field(default=(), compare=False)

    @property
    def proposal(self) -> str | None:
        """The colour proposed and not yet decided on."""
        return self.run.worst if self.run and self.run.proposed_on else None

    @property
    def ripe_on(self) -> date | None:
        """The day on which the run is long enough for a proposal, if the grade stays."""
        if self.run is None or self.run.proposed_on:
            return None
        return self.run.since + timedelta(STABLE_DAYS - 1)


def follow(before: Standing | None, today: Day) -> Standing:
    """Return where the person stands after ``today``; its ``rows`` are the changes of this day alone.

    A day may come again, with what it brought since: then the rows are the changes since the last time.

    :raise StandingError: for a day before the last one, or a verdict that may not be given
    """
    if before is None:
        return _take(_blank(today), today, today.colour, FIRST) if today.colour else _blank(today)
    if today.day < before.day:
        raise StandingError(f"{today.day} is before {before.day}")
    standing = _regrade(replace(before, rows=()), today)
    for contact in today.contacts:
        standing = _count(standing, contact)
    standing = _open_by_days(standing, today.day)
    for verdict in today.verdicts:
        standing = _decide(standing, today, verdict)
    return standing


def forget(standing: Standing, contact: Contact) -> Standing:
    """Return the standing without a contact that was voided; what it alone had opened is closed again."""
    run = standing.run
    if run is None or contact not in run.contacts:
        return standing
    at = run.contacts.index(contact)
    run = replace(run, contacts=run.contacts[:at] + run.contacts[at + 1 :])
    if run.on and len(run.contacts) < SATISFIED:
        run = replace(run, proposed_on=None, on=frozenset())
    return replace(standing, run=run)


def standing_on(rows: Iterable[Row], day: date) -> Row | None:
    """What stood on a past day, from the rows alone."""
    past = [row for row in rows if row.day <= day]
    return max(past, key=lambda row: (row.day, row.sequence), default=None)


# ---------------------------------------------------------------------------
# The day's grade
# ---------------------------------------------------------------------------


def _blank(today):
    return Standing(today.day, None, None, (), today.ruleset)


def _regrade(before, today):
    """The standing colour by the grade alone, with the causes that are left after what was voided."""
    left = tuple(hit for hit in before.causes if not today.voided.intersection(hit.because))
    # All that held the colour up was voided: it stood by mistake, and nobody has to confirm that.
    mistaken = bool(before.causes) and not left
    before = replace(before, causes=left)
    cause = _cause(before.colour, today.colour, mistaken)
    if cause:
        return _take(before, today, today.colour, cause)
    held = today.colour == before.colour
    standing = replace(
        before,
        day=today.day,
        grade=today.colour,
        hits=today.hits,
        ruleset=today.ruleset,
        causes=_holding(today.hits, today.colour) if held else before.causes,
        run=_go_on(before, today),
        rows=(),
    )
    told = (before.grade, before.hits, before.ruleset) != (today.colour, today.hits, today.ruleset)
    return _with_row(standing, REASONS) if told and standing.colour else standing


def _cause(stands, grade, mistaken):
    """Why the grade becomes the standing colour today; None where it does not."""
    if grade == stands:
        return None
    if stands is None:
        return FIRST
    if grade is None:
        return AGE
    if stands == UNRATED:
        return RATED
    if grade in _BADNESS and _BADNESS[grade] > _BADNESS[stands]:
        return WORSE
    if mistaken:
        return VOIDED
    return LAPSED if stands == GREEN else None


def _take(before, today, colour, cause, hits=None, by=None):
    """The colour stands from today."""
    run = None
    if today.colour in _BADNESS and colour in _BADNESS and _BADNESS[today.colour] < _BADNESS[colour]:
        run = Run(today.day, today.colour, today.hits)
    causes = _holding(today.hits if hits is None else hits, colour)
    standing = Standing(today.day, colour, today.colour, today.hits, today.ruleset, causes, run, before.rows)
    return _with_row(standing if before.day == today.day else replace(standing, rows=()), cause, by)


def _holding(hits, colour):
    return tuple(hit for hit in hits if hit.colour == colour)


def _with_row(standing, cause, by=None):
    row = Row(
        standing.day,
        len(standing.rows) + 1,
        standing.colour,
        standing.grade,
        standing.hits,
        standing.ruleset,
        cause,
        by,
    )
    return replace(standing, rows=(*standing.rows, row))


# ---------------------------------------------------------------------------
# Getting better
# ---------------------------------------------------------------------------


def _go_on(before, today):
    """The run after today's grade: longer, begun, or over."""
    stands, grade = before.colour, today.colour
    if stands not in (RED, YELLOW) or grade not in _BADNESS or _BADNESS[grade] >= _BADNESS[stands]:
        return None
    run = before.run
    if run is None or run.since == today.day:
        return Run(today.day, grade, today.hits)
    if _BADNESS[grade] >= _BADNESS[run.worst]:
        return replace(run, worst=grade, hits=today.hits)
    return run


def _count(standing, contact):
    """One more satisfactory contact in a row, or none; dated after the grade became better."""
    run = standing.run
    if run is None or contact.day <= run.since:
        return standing
    if not contact.satisfied:
        return replace(standing, run=replace(run, contacts=()))
    run = replace(run, contacts=(*run.contacts, contact))
    if len(run.contacts) >= SATISFIED and run.proposed_on is None:
        makers = frozenset(contact.by for contact in run.contacts)
        run = replace(run, proposed_on=standing.day, on=makers)
    return replace(standing, run=run)


def _open_by_days(standing, day):
    if standing.ripe_on is None or day < standing.ripe_on:
        return standing
    return replace(standing, run=replace(standing.run, proposed_on=day))


def _decide(standing, today, verdict):
    run = standing.run
    if run is None or run.proposed_on is None:
        raise StandingError("there is no proposal to decide on")
    if not verdict.confirmed:
        # Counted anew from tomorrow, so that the day of the refusal is no day of the new count.
        return replace(standing, run=Run(today.day + timedelta(1), today.colour, today.hits))
    if run.on == {verdict.by}:
        raise StandingError("who alone made the visits does not confirm what they show")
    return _take(standing, today, run.worst, CONFIRMED, run.hits, verdict.by)
