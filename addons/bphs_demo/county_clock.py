"""Another day for what the demo county and the scenarios do: as if the county had done it then."""

from contextlib import contextmanager
from datetime import datetime, time


@contextmanager
def on(env, day):
    """What is done within is dated that day, at half past nine in the county.

    :param date day: the county's day
    """
    models, cursor = env.registry["base"], env.cr
    instant = datetime.combine(day, time(1, 30))
    # What waits to be written belongs to the day it was done on.
    env.flush_all()
    before = cursor.now()
    models._county_today = lambda model: day
    models._now = lambda model: instant
    # Odoo dates every record it makes by its cursor: history and evidence stand under the day as well.
    cursor._now = instant
    try:
        yield
        env.flush_all()
    finally:
        del models._county_today, models._now
        cursor._now = before
