"""A fact that was entered after its day changes the colour from the day it was entered, and no past row: so it says so.

Pure.
"""

from datetime import date


def entered_late(fact_day: date, entered_on: date, stands_from: date) -> bool:
    """Whether what stands from a day stands because somebody entered on it what had been so before.

    :param fact_day: from which the fact is so
    :param entered_on: the day on which it was entered
    :param stands_from: the day of the row of history
    """
    return fact_day < entered_on == stands_from
