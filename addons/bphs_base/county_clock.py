"""Another day for what the demo county and the scenarios do: as if the county had done it then."""

from contextlib import contextmanager
from datetime import datetime, time


@contextmanager
def on(env, day):
    """What is done within is dated that day, at half past nine in the county.

    :param date day: the county's day
    """
    models = env.registry["base"]
    models._county_today = lambda model: day
    models._now = lambda model: datetime.combine(day, time(1, 30))
    try:
        yield
    finally:
        del models._county_today, models._now
