"""Months and years of the calendar, counted back from a day."""

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=256)  # asked of every file, always of today
def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last day where there is none; the first day ever before that."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def born_by(day: date, months: int) -> date:
    """The last birth date of those who are so many months old on the day, as clocks add months.

    Who was born on 31 March is six months old on 30 September: of a month's last day the whole month before counts.
    """
    born = months_before(day, months)
    ends = day.day == monthrange(day.year, day.month)[1]
    return born.replace(day=monthrange(born.year, born.month)[1]) if ends else born


def age_on(birth_date: date, day: date) -> int:
    """Completed years; who was born on 29 February has a birthday on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
