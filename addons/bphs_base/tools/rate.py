"""Rates over a named population: exact inside, rounded only where they are printed.

One county lives with several populations at once: 316,289 for the funds, 310,869 files, about
271,000 for signing (长上卫字〔2026〕2号). A rate therefore carries the population it was reckoned
over, and a rate above 100 % says that the population is the wrong one: it is never cut to 100.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from .money import EXACT

# The notice prints rates of two decimals cut off and whole ones rounded, so each report says which it wants.
ROUNDINGS = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}


class RateError(ValueError):
    """A count that cannot be one; the text is fit for a user."""


@dataclass(frozen=True)
class Population:
    """What a rate is reckoned over.

    :param number: persons
    :param name: which population it is, as printed
    :param source: who says so
    :param day: as of when
    """

    number: int
    name: str
    source: str
    day: date

    def __post_init__(self):
        _check_count(self.number, self.name)

    @property
    def label(self) -> str:
        return f"{self.name} {self.number:,}（{self.source}，{self.day.isoformat()}）"


@dataclass(frozen=True)
class Rate:
    """A share of a population.

    :param numerator: persons counted
    :param over: the population; None where none is known, then there is no rate (and no zero)
    """

    numerator: int
    over: Population | None

    def __post_init__(self):
        _check_count(self.numerator, "分子")

    @property
    def exact(self) -> Fraction | None:
        """The unrounded share; None without a population of at least one person."""
        if self.over is None or not self.over.number:
            return None
        return Fraction(self.numerator, self.over.number)

    @property
    def alert(self) -> str:
        """What is wrong with the rate, empty where nothing is."""
        if self.exact is None:
            return "没有可用的分母人口，不能计算。"
        if self.exact > 1:
            return (
                f"{self.numerator:,} 人超过分母：{self.over.label}，"
                f"计算结果 {self.shown()} 大于 100%，请核对人口口径和计数。"
            )
        return ""

    def percent(self, digits: int = 2, rounding: str = "half_up") -> Decimal | None:
        """Return the rate in per cent, for print only.

        :param digits: decimals
        :param rounding: ``half_up`` or ``truncate``
        """
        if self.exact is None:
            return None
        # The quotient is cut in whole steps of the last digit: no decimal division stands between.
        scaled = self.exact * 100 * 10**digits
        whole, rest = divmod(scaled.numerator, scaled.denominator)
        if ROUNDINGS[rounding] == ROUND_HALF_UP and 2 * rest >= scaled.denominator:
            whole += 1
        return Decimal(whole).scaleb(-digits, context=EXACT)

    def shown(self, digits: int = 2, rounding: str = "half_up") -> str:
        """Return the rate as printed, or a dash where there is none."""
        percent = self.percent(digits, rounding)
        return "—" if percent is None else f"{percent:f}%"

    def meets(self, target: Decimal) -> bool | None:
        """:param target: in per cent :return: whether the *unrounded* rate reaches it; None without a rate"""
        return None if self.exact is None else self.exact * 100 >= Fraction(target)


def _check_count(number, what):
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise RateError(f"{what}：人数应为不小于 0 的整数，不是 {number!r}")
