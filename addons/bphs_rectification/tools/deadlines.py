"""How long a task may take, how much of it is left, and the one set of colours for it.

Pure: no database, no clock. Days are calendar days; the day of the deadline itself is in time.
"""

from datetime import date, timedelta

SEVERITIES = (
    ("immediate", "At Once"),
    ("limited", "Within a Term"),
    ("ongoing", "Continuous"),
)
# 立行立改, 限期, 持续. A problem of several kinds takes the most urgent.
DEFAULT_DAYS = {"immediate": 7, "limited": 30, "ongoing": 90}
# A problem found again within this many days of an earlier one of its type is a repeat.
DEFAULT_REPEAT_DAYS = 365

# Odoo's kanban colours: none, red, orange, yellow, green.
NO_COLOUR, OVERDUE, VERY_SOON, SOON, IN_TIME = 0, 1, 2, 3, 10
SOON_DAYS, VERY_SOON_DAYS = 7, 3


def raw_deadline(issued: date, days: int) -> date:
    """The day ``days`` after a task was issued; the caller moves it to a day on which offices work."""
    return issued + timedelta(days=days)


def most_urgent(severities: set[str]) -> str:
    """The severity that decides where a task holds problems of several.

    :raise ValueError: none given
    """
    return min(severities, key=[severity for severity, __ in SEVERITIES].index)


def colour(running: bool, days_left: int) -> int:
    """The colour of a task: by days left while its clock runs, none otherwise."""
    if not running:
        return NO_COLOUR
    if days_left < 0:
        return OVERDUE
    if days_left <= VERY_SOON_DAYS:
        return VERY_SOON
    return SOON if days_left <= SOON_DAYS else IN_TIME
