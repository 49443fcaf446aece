"""What follows from having tried in vain to reach somebody: some days of quiet, and nothing else.

Pure. An attempt is no visit and closes nothing. Who is not reached on so many different days is left in peace until a
day on which it is looked at again; what was agreed for a day is left until then.
"""

from collections.abc import Iterable
from datetime import date, timedelta

AGREED = "agreed"
DAYS_IN_VAIN = 3
REVIEW_DAYS = 30


def quiet_until(kind: str, made_on: date, agreed_on: date | None, days_before: Iterable[date]) -> date | None:
    """Return the last day on which the plans are not to be worked on, or None.

    :param days_before: days of attempts since anything was last done for them, this one not among them
    """
    if kind == AGREED and agreed_on:
        return agreed_on - timedelta(1)
    if len({made_on, *days_before}) >= DAYS_IN_VAIN:
        return made_on + timedelta(REVIEW_DAYS)
    return None
