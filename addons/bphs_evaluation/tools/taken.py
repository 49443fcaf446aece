"""A rate, or how often a case was, that somebody else counted already."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TakenRate:
    """What a line of a sheet takes over, instead of being entered.

    :param words: from where, counted when: told beside it
    """

    numerator: int
    denominator: int
    words: str


@dataclass(frozen=True)
class TakenCount:
    """How often a case was, as counted elsewhere; told beside it as a rate is."""

    count: int
    words: str
