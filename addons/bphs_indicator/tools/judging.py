"""What follows from a numerator and a denominator: by exact fractions, rounded only where it is printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from odoo.addons.bphs_base.tools.money import largest_remainder
from odoo.addons.bphs_base.tools.rate import Population, Rate

# In publications fewer than so many tell of somebody.
SMALLEST_TOLD = 5
OPERATORS = ("≥", "≤", "=", "increase", "decrease")
SUM, LOWEST = "sum", "lowest"
NOTHING = (0, 0)


@dataclass(frozen=True)
class Counted:
    """One figure.

    :param denominator: None where none is known; a count alone has none at all
    """

    numerator: int
    denominator: int | None

    @property
    def exact(self) -> Fraction | None:
        """The unrounded share; None where nothing can be reckoned: something of nothing is no rate either."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def above_whole(self) -> bool:
        """Whether more are counted than there are: the denominator is the wrong one."""
        return self.denominator is not None and self.numerator > self.denominator

    def percent(self, digits: int, rounding: str) -> Decimal | None:
        """As printed; None where there is no rate."""
        return self._rate().percent(digits, rounding)

    def shown(self, digits: int, rounding: str) -> str:
        """As printed, or a dash."""
        return self._rate().shown(digits, rounding)

    def _rate(self) -> Rate:
        # Of a printed rate only the number matters; whose it is stands beside it.
        over = Population(self.denominator, "分母", "", date.min) if self.denominator else None
        return Rate(self.numerator, over)


def is_small(counted: Counted, is_rate: bool) -> bool:
    """Whether a publication leaves the figure out: fewer than five stand behind it."""
    parts = [counted.numerator, *([counted.denominator or 0] if is_rate else [])]
    return any(0 < part < SMALLEST_TOLD for part in parts)


def passes(counted: Counted, is_rate: bool, operator: str, value: Decimal, before: Fraction | None) -> bool | None:
    """Whether the unrounded figure reaches its target; None: not assessable.

    :param value: in per cent for a rate; what a trend is compared with is ``before``
    :param before: the stored figure of the year before, of the same kind
    """
    figure = counted.exact if is_rate else Fraction(counted.numerator)
    if figure is None:
        return None
    if operator in ("increase", "decrease"):
        if before is None:
            return None
        return figure > before if operator == "increase" else figure < before
    target = Fraction(value) / 100 if is_rate else Fraction(value)
    # A task of so many people printed without an operator is a floor.
    return figure <= target if operator == "≤" else figure >= target


def lowest(parts: Iterable[Counted]) -> Counted | None:
    """The part with the smallest share (以乡镇为单位), the smaller one of equals; None where no part has a share."""
    known = [part for part in parts if part.exact is not None]
    return min(known, key=lambda part: (part.exact, part.denominator), default=None)


def rolled_up(leaves: Mapping[int, tuple[int, int]], above: Mapping[int, Iterable[int]]) -> dict[int, tuple[int, int]]:
    """Sum what was counted at each institution into all that lead it.

    :param leaves: institution -> numerator, denominator of its own
    :param above: institution -> itself and all above it
    """
    found: dict[int, tuple[int, int]] = {}
    for institution, counts in leaves.items():
        for place in above.get(institution, ()):
            held = found.get(place, NOTHING)
            found[place] = (held[0] + counts[0], held[1] + counts[1])
    return found


def quotas(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Share a task of so many people out by largest remainder; the parts always sum to it.

    :param weights: code of an institution -> what its share follows
    :raise MoneyError: nothing to share it by
    """
    # The rule shares hundredths; whole people are hundredths of a hundred.
    return {key: int(part * 100) for key, part in largest_remainder(Decimal(total).scaleb(-2), weights).items()}


def withheld(parts: Sequence[Counted], is_rate: bool) -> frozenset[int]:
    """Which of the figures below one that is told beside them are left out of a publication.

    Those of fewer than five; and where that is one alone, the next smallest too: else it would be what is missing of
    the sum.
    """
    small = {at for at, part in enumerate(parts) if is_small(part, is_rate)}
    if len(small) == 1:
        others = [(part.numerator, at) for at, part in enumerate(parts) if at not in small and part.numerator]
        small |= {at for __, at in sorted(others)[:1]}
    return frozenset(small)
