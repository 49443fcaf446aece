"""How a result becomes points: a method for each kind of item (evaluation rules, section 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; an exact fraction, above 1 where the count says so."""

    numerator: int
    denominator: int

    @property
    def fraction(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None


# What a unit achieved on one item, by its method; None is not assessable.
Result = bool | Rate | Mapping[str, int] | Decimal | None


@dataclass(frozen=True, slots=True)
class YesNo:
    """All points or none."""

    def earned(self, points: Fraction, result: bool) -> Fraction:
        return points if result else Fraction(0)


class RateMethod:
    """A method that gives a share of the points by a rate; 0 of 0 is not assessable."""

    __slots__ = ()

    def earned(self, points: Fraction, result: Rate) -> Fraction | None:
        rate = result.fraction
        return None if rate is None else points * self.share(rate)


@dataclass(frozen=True, slots=True)
class AtLeast(RateMethod):
    target: Fraction

    def share(self, rate):
        return min(Fraction(1), rate / self.target)


@dataclass(frozen=True, slots=True)
class AtMost(RateMethod):
    """Full up to the target, nothing from ``zero_at`` on."""

    target: Fraction
    zero_at: Fraction

    def share(self, rate):
        return min(Fraction(1), max(Fraction(0), (self.zero_at - rate) / (self.zero_at - self.target)))


@dataclass(frozen=True, slots=True)
class Steps(RateMethod):
    """:param steps: (from, share), the highest first"""

    steps: tuple[tuple[Fraction, Fraction], ...]

    def share(self, rate):
        return next((share for start, share in self.steps if rate >= start), Fraction(0))


@dataclass(frozen=True, slots=True)
class Case:
    """What each case takes off, and the most that all of its kind do (None: no bound)."""

    code: str
    each: Fraction
    most: Fraction | None


@dataclass(frozen=True, slots=True)
class Deduct:
    cases: tuple[Case, ...]

    def earned(self, points: Fraction, result: Mapping[str, int]) -> Fraction:
        lost = Fraction(0)
        for case in self.cases:
            off = case.each * result.get(case.code, 0)
            lost += off if case.most is None else min(off, case.most)
        return max(Fraction(0), points - lost)


@dataclass(frozen=True, slots=True)
class Manual:
    """What the evaluators gave."""

    def earned(self, points: Fraction, result: Decimal) -> Fraction:
        return Fraction(result)
