"""What a team has to do and what it can: people, weighted by what they need, against its doctors. Pure, exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Counts:
    """How many live somewhere, and how many of them stand in each key group."""

    people: int = 0
    groups: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: "Counts") -> "Counts":
        groups = dict(self.groups)
        for kind, number in other.groups:
            groups[kind] = groups.get(kind, 0) + number
        return Counts(self.people + other.people, tuple(sorted(groups.items())))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a team has to do on a day, for how many it may answer, and which roles it lacks."""

    counts: Counts
    load: int
    capacity: int
    lacks: Mapping[str, int]


def load(counts: Counts, weights: Mapping[str, Decimal]) -> Decimal:
    """One for everybody, and for each key group somebody stands in what that group weighs."""
    return Decimal(counts.people) + sum(
        (Decimal(number) * weights.get(kind, Decimal(0)) for kind, number in counts.groups), Decimal(0)
    )


def whole_load(counts: Counts, weights: Mapping[str, Decimal]) -> int:
    """The same as it is shown and balanced: in whole numbers, halves up."""
    return int(load(counts, weights).to_integral_value(ROUND_HALF_UP))


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
