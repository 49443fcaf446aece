"""Whom an overdue visit of a colour is told to, and from which day on (逾期逐级提醒).

Pure. How many days are given is a setting, by the kind of visit and the level; the levels are those of the ladder that
chases every other deadline.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from .visits import CLOCKS, INVITE, WORSE

TEAM_LEADER, SECTION = "team_leader", "section"
# level -> its place on the common ladder (`bphs_base/tools/reminder_ladder.py`)
PLACES = {TEAM_LEADER: 0, SECTION: 2}
# kind of visit -> the clocks it is on
VISITS = {
    "worse": (WORSE,),
    "red": ("red", "red_face"),
    "yellow": ("yellow",),
    "green": ("green",),
    "invite": (INVITE,),
}


def last_due(rungs: Iterable[tuple[str, int]], today: date) -> dict[str, date]:
    """Return by clock the latest day a visit may have been due on, to be told of today.

    :param rungs: of one level: kind of visit, and days it may be overdue before it is told
    """
    return {code: today - timedelta(days) for visit, days in rungs for code in VISITS[visit]}


def last_due_for(rungs: Iterable[tuple[str, int]], today: date) -> dict[str, date]:
    """Return the same by colour, for the visits for a disease that are the ones for the colour."""
    return {colour: today - timedelta(days) for colour, days in rungs if colour in CLOCKS}
