"""What a team has to do and what it can: the services to come, or where nobody knows of any, people weighted by what
they need; against its doctors. Pure, exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Counts:
    """How many live somewhere, how many of them stand in each key group, and what is to be done for them.

    ``expected``: equivalents of services in the twelve months to come; None where nobody knows of any.
    """

    people: int = 0
    groups: tuple[tuple[str, int], ...] = ()
    expected: Decimal | None = None

    def __add__(self, other: "Counts") -> "Counts":
        groups = dict(self.groups)
        for kind, number in other.groups:
            groups[kind] = groups.get(kind, 0) + number
        told = [one.expected for one in (self, other) if one.expected is not None]
        return Counts(
            self.people + other.people, tuple(sorted(groups.items())), sum(told, Decimal(0)) if told else None
        )


# So much of the average of a township's teams is much more to do than others have.
HEAVY_PERCENT = 150


@dataclass(frozen=True, slots=True)
class Standing:
    """What a team has to do on a day, for how many it may answer, and which roles it lacks."""

    counts: Counts
    load: int
    capacity: int
    lacks: Mapping[str, int]


def load(counts: Counts, weights: Mapping[str, Decimal]) -> Decimal:
    """What is expected; where nobody tells, one for everybody, and for each key group somebody stands in its weight."""
    if counts.expected is not None:
        return counts.expected
    return Decimal(counts.people) + sum(
        (Decimal(number) * weights.get(kind, Decimal(0)) for kind, number in counts.groups), Decimal(0)
    )


def whole_load(counts: Counts, weights: Mapping[str, Decimal]) -> int:
    """The same as it is shown and balanced: in whole numbers, halves up."""
    return int(load(counts, weights).to_integral_value(ROUND_HALF_UP))


def is_heavy(own: tuple[int, Fraction], all_of_them: Iterable[tuple[int, Fraction]], percent: int) -> bool:
    """Whether a team has much more to do a hand than its township's teams on average.

    :param own: load and hands of the team; without a hand it is no measure: its posts are empty, and that is told
    :param all_of_them: the same of every team of the township, this one among them
    :param percent: of the average; above it a team has much more to do
    """
    able = [(load, hands) for load, hands in all_of_them if hands > 0]
    load, hands = own
    whole, all_hands = sum(load for load, __ in able), sum((hands for __, hands in able), Fraction(0))
    return hands > 0 and load * all_hands * 100 > whole * hands * percent


def capacity(members: Iterable[tuple[str, int]], people_of: Mapping[str, int]) -> Fraction:
    """How many people a team may answer for.

    :param members: role and share of time (per cent) of each member
    :param people_of: for how many people one whole member of a role may answer; absent or 0: the role is no doctor's
    """
    return sum((Fraction(people_of.get(role, 0) * share, 100) for role, share in members), Fraction(0))


def wanting(members: Iterable[str], required: Mapping[str, int]) -> dict[str, int]:
    """Which roles a team lacks, and how many of each.

    :param members: the role of each member
    :param required: how many of each role a team needs
    """
    held: dict[str, int] = {}
    for role in members:
        held[role] = held.get(role, 0) + 1
    return {role: least - held.get(role, 0) for role, least in required.items() if held.get(role, 0) < least}
