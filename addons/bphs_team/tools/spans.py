"""Whose something is from when to when: a village's team, day by day. Pure.

A thing has spans without overlap. It is given to a holder from a day on; what stood before ends the day before, or is
corrected where it began that very day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


class SpanError(ValueError):
    """A giving that does not fit what stands.

    :param reason: ``same`` (it is this holder's already) or ``later`` (a giving on a later day stands)
    :param span: the one it does not fit
    """

    def __init__(self, reason: str, span: "Span"):
        super().__init__(reason)
        self.reason, self.span = reason, span


@dataclass(frozen=True, slots=True)
class Span:
    """One holder's time.

    :param key: which row it is; None while it has none
    :param last: None while it goes on
    """

    holder: int
    first: date
    last: date | None = None
    key: int | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Change:
    """What a giving does to the rows: one may end earlier, one may be dropped, one may begin."""

    ended: tuple[tuple[int, date], ...] = ()
    dropped: tuple[int, ...] = ()
    begun: Span | None = None


def holder_on(spans: Iterable[Span], day: date) -> int | None:
    """Whose it is on a day."""
    return next((span.holder for span in spans if span.holds(day)), None)


def given(spans: Iterable[Span], holder: int | None, day: date) -> Change:
    """Give something to a holder from a day on; None: to nobody.

    :raise SpanError: it is theirs on that day and goes on, or another giving begins after it
    """
    spans = sorted(spans, key=lambda span: span.first)
    for span in spans:
        if span.first > day:
            raise SpanError("later", span)
    current = next((span for span in spans if span.holds(day)), None)
    if current and current.holder == holder and current.last is None:
        raise SpanError("same", current)
    ended, dropped = (), ()
    if current and current.first == day:
        dropped = (current.key,)
    elif current:
        ended = ((current.key, day - DAY),)
    return Change(ended, dropped, None if holder is None else Span(holder, day))


def applied(spans: Iterable[Span], change: Change) -> list[Span]:
    """The spans after a change, in order; a new row has no key."""
    last = dict(change.ended)
    kept = [
        Span(span.holder, span.first, last.get(span.key, span.last), span.key)
        for span in spans
        if span.key not in change.dropped
    ]
    return sorted([*kept, *filter(None, [change.begun])], key=lambda span: span.first)
