"""How sure a rate from a sample is, and whether two of them differ (survey rules, sections 3 and 4).

Exact counts in, Decimals out: Wilson's interval for one rate, Newcombe's for the difference of two, which is built from
both intervals of Wilson (method 10 of his paper of 1998). They hold near 0 and 100 % and for few answers, where the
textbook's "plus or minus" leaves the range.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext
from fractions import Fraction

# The point of the normal distribution that leaves 2.5 % on either side.
Z = Decimal("1.959963984540054")
# Enough that the last printed digit is never one of the reckoning's.
PRECISE = Context(prec=40)
RISEN, FALLEN, UNCLEAR, ALONE = "risen", "fallen", "unclear", "alone"


class SurveyError(ValueError):
    """Counts that cannot be those of a survey; the text is fit for a user."""


@dataclass(frozen=True)
class Counted:
    """So many of so many valid answers."""

    yes: int
    valid: int

    def __post_init__(self):
        if not 0 <= self.yes <= self.valid:
            raise SurveyError(f"{self.yes} 份不可能出自 {self.valid} 份有效问卷")

    @property
    def rate(self) -> Fraction | None:
        """The unrounded share; None without a valid answer."""
        return Fraction(self.yes, self.valid) if self.valid else None


@dataclass(frozen=True)
class Interval:
    """From where to where, as shares; of a difference below zero too."""

    low: Decimal
    high: Decimal


def wilson(counted: Counted) -> Interval | None:
    """The 95 % interval of a rate; None without a valid answer."""
    if not counted.valid:
        return None
    with localcontext(PRECISE):
        number, yes = Decimal(counted.valid), Decimal(counted.yes)
        share, square = yes / number, Z * Z
        centre = share + square / (2 * number)
        width = Z * (share * (1 - share) / number + square / (4 * number * number)).sqrt()
        whole = 1 + square / number
        low, high = (centre - width) / whole, (centre + width) / whole
    # At the ends it is the end itself, whatever the last digit of the reckoning says.
    return Interval(
        Decimal(0) if counted.yes == 0 else low, Decimal(1) if counted.yes == counted.valid else min(high, Decimal(1))
    )


def difference(now: Counted, before: Counted) -> Interval | None:
    """The 95 % interval of how much higher the rate is now; None where one of the two has no valid answer."""
    ours, theirs = wilson(now), wilson(before)
    if not ours or not theirs:
        return None
    with localcontext(PRECISE):
        here = Decimal(now.yes) / now.valid
        there = Decimal(before.yes) / before.valid
        apart = here - there
        below = ((here - ours.low) ** 2 + (theirs.high - there) ** 2).sqrt()
        above = ((ours.high - here) ** 2 + (there - theirs.low) ** 2).sqrt()
        return Interval(apart - below, apart + above)


def change(now: Counted, before: Counted | None) -> str:
    """Whether the rate rose: only where the whole interval of the difference lies on one side of zero."""
    between = difference(now, before) if before else None
    if between is None:
        return ALONE
    if between.low > 0:
        return RISEN
    return FALLEN if between.high < 0 else UNCLEAR


def bounds(interval: Interval) -> tuple[Decimal, Decimal]:
    """Both ends in per cent as printed: outwards to 0.01, so that paper never claims to be surer than the reckoning."""
    with localcontext(PRECISE):
        step = Decimal("0.01")
        low = (interval.low * 100).quantize(step, rounding=ROUND_FLOOR)
        high = (interval.high * 100).quantize(step, rounding=ROUND_CEILING)
    return low, high
