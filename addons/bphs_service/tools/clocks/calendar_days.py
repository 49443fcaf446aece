"""Adding months and days to a day, and how short a stretch of months can be (clocks rules, section 1)."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from .terms import Offset

# After so many months and days the calendar repeats itself.
CYCLE_MONTHS, CYCLE_DAYS = 4800, 146_097


def plus(day: date, offset: Offset) -> date:
    """Return ``day`` moved by whole months, cut to the month's last day, and then by days.

    What would lie outside the calendar is its first or its last day.
    """
    month = day.year * 12 + day.month - 1 + offset.months
    year, month = month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    # Every month has so many days; for most the calendar need not be asked.
    last = day.day if day.day <= 28 else min(day.day, monthrange(year, month)[1])
    moved = date(year, month, last)
    return plus_days(moved, offset.days) if offset.days else moved


def plus_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def times(offset: Offset, number: int) -> Offset:
    return Offset(offset.months * number, offset.days * number)


def fewest_days(earlier: Offset, later: Offset) -> int:
    """Return the fewest days from ``earlier`` to ``later`` of one anchor, whatever day the anchor is."""
    whole, months = divmod(later.months - earlier.months, CYCLE_MONTHS)
    first = earlier.months % CYCLE_MONTHS
    return _fewest(first, first + months) + whole * CYCLE_DAYS + later.days - earlier.days


@lru_cache(maxsize=512)
def _fewest(earlier: int, later: int) -> int:
    fewest = []
    for anchor_day, days in _days_by_anchor_day().items():
        # Only months that have the day can hold the anchor.
        pairs = zip(_lengths()[:CYCLE_MONTHS], days[earlier:], days[later:], strict=False)
        fewest.append(min(end - begin for length, begin, end in pairs if length >= anchor_day))
    return min(fewest)


@lru_cache(maxsize=1)
def _lengths() -> tuple[int, ...]:
    """Return the days of each month of three cycles: an anchor, and what lies less than two cycles after it."""
    return tuple(monthrange(year, month)[1] for year in range(2000, 2400) for month in range(1, 13)) * 3


@lru_cache(maxsize=1)
def _days_by_anchor_day() -> dict[int, tuple[int, ...]]:
    """Return for each day of a month on which an anchor differs the day, counted on, it becomes in each month."""
    begins = list(accumulate(_lengths(), initial=0))[:-1]
    return {
        day: tuple(begin + min(day, length) for begin, length in zip(begins, _lengths(), strict=True))
        for day in (28, 29, 30, 31)
    }
