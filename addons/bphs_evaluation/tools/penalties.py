"""What follows from records that were checked and found untrue: a rate, and the step of the ladder it reaches.

Pure. The ladder is a county's setting, in per cent; a rate is an exact fraction.
"""

from dataclasses import dataclass
from fractions import Fraction

NONE, REDUCE, ZERO, CAP, VETO = "none", "reduce", "zero", "cap", "veto"
# From here on the item is nothing, and the unit is drawn of once more, twice as much.
DOUBLED = (ZERO, CAP, VETO)


@dataclass(frozen=True, slots=True)
class Ladder:
    """From which rate of untrue records on what follows, and how doubtful records count; all in per cent.

    :param partly: how much of an untrue record a partly untrue one is
    :param unverifiable: from over which share on what nobody could verify counts by half
    """

    zero: int = 5
    cap: int = 10
    veto: int = 20
    partly: int = 50
    unverifiable: int = 20


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many of the records checked were what."""

    genuine: int = 0
    partly: int = 0
    false: int = 0
    unverifiable: int = 0

    @property
    def checked(self) -> int:
        return self.genuine + self.partly + self.false + self.unverifiable

    def __add__(self, other: "Verdicts") -> "Verdicts":
        return Verdicts(
            self.genuine + other.genuine,
            self.partly + other.partly,
            self.false + other.false,
            self.unverifiable + other.unverifiable,
        )


def untrue_rate(verdicts: Verdicts, ladder: Ladder) -> Fraction | None:
    """The rate of untrue records among those checked; None where none was."""
    if not verdicts.checked:
        return None
    untrue = verdicts.false + Fraction(verdicts.partly * ladder.partly, 100)
    if Fraction(verdicts.unverifiable * 100, verdicts.checked) > ladder.unverifiable:
        untrue += Fraction(verdicts.unverifiable, 2)
    return untrue / verdicts.checked


def consequence(rate: Fraction | None, ladder: Ladder) -> str:
    """What follows from a rate: nothing, less, nothing for the item, a cap for the unit, a veto."""
    if not rate:
        return NONE
    for step, start in ((VETO, ladder.veto), (CAP, ladder.cap), (ZERO, ladder.zero)):
        if rate * 100 >= start:
            return step
    return REDUCE


def genuine_told(verdicts: Verdicts, step: str) -> int:
    """How many of the records checked count as genuine for the item: none from the step on where it is nothing."""
    return 0 if step in DOUBLED else verdicts.genuine


def looks_abnormal(hard: int, soft: int, least_soft: int) -> bool:
    """Whether a unit is drawn more densely: any contradiction, or so many doubts that chance is a poor excuse."""
    return hard > 0 or soft >= least_soft
