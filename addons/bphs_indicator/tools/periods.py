"""The periods indicators are counted in: from the first day of a year of its kind to the end of a month."""

from datetime import date, timedelta

CALENDAR, MATERNAL_CHILD = "year", "mch_year"
KINDS = (CALENDAR, MATERNAL_CHILD)
# In which month a year of each kind begins: that of mothers and children on 1 October.
_BEGINS = {CALENDAR: 1, MATERNAL_CHILD: 10}


def month_of(day: date) -> date:
    """The first day of a day's month, by which months are named."""
    return day.replace(day=1)


def month_end(month: date) -> date:
    """The last day of a month."""
    return add_months(month, 1) - timedelta(days=1)


def add_months(month: date, number: int) -> date:
    """The first day of the month so many months on.

    :param month: the first day of a month
    """
    year, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(year, index + 1, 1)


def year_start(kind: str, day: date) -> date:
    """The first day of the year of this kind that a day lies in."""
    begins = _BEGINS[kind]
    return date(day.year - (day.month < begins), begins, 1)


def year_of(kind: str, day: date) -> int:
    """What such a year is called: that of mothers and children by the year it ends in."""
    start = year_start(kind, day)
    return start.year + (start.month > 1)


def last_months(day: date, number: int) -> list[date]:
    """The month of a day and those before it, the earliest first."""
    month = month_of(day)
    return [add_months(month, back) for back in range(1 - number, 1)]


def window_start(last: date, months: int) -> date:
    """The first day of the window of so many whole months that ends with a day's month."""
    return add_months(month_of(last), 1 - months)


def last_counted_month(kind: str, last: date, whole_year: bool) -> date:
    """The month whose values tell of a period that ends on a day.

    :param kind: of the indicator's year; a whole year of another kind is told by the one that ended in it
    """
    if whole_year and kind == MATERNAL_CHILD:
        return date(last.year, _BEGINS[kind] - 1, 1)
    return month_of(last)
