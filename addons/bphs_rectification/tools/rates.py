"""Rates of the rectification statistics: a part of a whole, both kept (销号率、按期率、重复率).

Pure. Where the whole is zero there is no rate: it is None, never nought and never full marks, and shows as "—".
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NO_RATE = "—"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Rate:
    """:param part: numerator :param whole: denominator, both whole numbers of tasks or problems"""

    part: int
    whole: int

    def __post_init__(self):
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.part} of {self.whole} is no rate")

    def __add__(self, other):
        return Rate(self.part + other.part, self.whole + other.whole)

    @property
    def value(self) -> Decimal | None:
        """The exact share, from 0 to 1; a comparison uses this, never the rounded text."""
        return Decimal(self.part) / self.whole if self.whole else None

    def shown(self, digits: int = 1) -> str:
        """As printed: ``87.5%``, halves up; ``—`` without a whole."""
        return NO_RATE if self.value is None else f"{_rounded(self.value * _HUNDRED, digits)}%"


def mean_shown(total: int, count: int, digits: int = 1) -> str:
    """The mean of ``count`` whole numbers that sum to ``total``, as printed; ``—`` of none."""
    return str(_rounded(Decimal(total) / count, digits)) if count else NO_RATE


def _rounded(number, digits):
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
