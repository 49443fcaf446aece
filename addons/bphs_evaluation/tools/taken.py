"""A rate that somebody else counted already."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TakenRate:
    """What a line of a sheet takes over, instead of being entered.

    :param words: from where, counted when: told beside it
    """

    numerator: int
    denominator: int
    words: str
