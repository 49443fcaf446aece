"""Exact money: the one place where the suite rounds and shares out.

Amounts are :class:`~decimal.Decimal` yuan. Nothing here is ever a binary float: whatever comes
from a form, a database column or a file passes :func:`to_decimal` first.
Rules: 鲁卫基层字〔2023〕3号 as specified to the fen in the settlement rules, section 2.
"""

import functools
import re
from collections.abc import Hashable, Iterable, Mapping
from decimal import (
    ROUND_CEILING,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

FEN = Decimal("0.01")
ZERO = Decimal("0.00")

# The default context keeps 28 digits: a county-size quantity times a price times a coefficient
# can need more, and would then be rounded silently. 96 digits is beyond any input we admit.
EXACT = Context(prec=96, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])

_RATE = Decimal("0.0001")
_MAX_MAGNITUDE = 30  # powers of ten; whatever is larger is no money, and would overflow EXACT
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class MoneyError(ValueError):
    """An amount or a sharing out that breaks a money rule; the text is fit for a user."""


def exact(function):
    """Run ``function`` in the :data:`EXACT` context, whatever the calling thread has set."""

    @functools.wraps(function)
    def in_exact_context(*args, **kwargs):
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return in_exact_context


def to_decimal(value: Decimal | int | float | str) -> Decimal:
    """Return ``value`` as an exact Decimal: the door of the money core.

    A float is read by its shortest decimal text (what the database holds), never by its binary
    expansion. Text must be plain ASCII (``-12.50``): no exponent, grouping, blanks or other digits.

    :raise MoneyError: for None, booleans, NaN, infinities, absurd sizes and whatever is no number
    """
    plain = isinstance(value, (Decimal, int, float)) and not isinstance(value, bool)
    if not plain and not (isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value)):
        raise MoneyError(f"不是金额或数字：{ascii(value):.60}")
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite() or number.adjusted() > _MAX_MAGNITUDE:
        raise MoneyError(f"不是可以计算的数字：{number}")
    return number or number.copy_abs()  # a negative zero would print as -0.00


def round_half_up(value: Decimal) -> Decimal:
    """Round yuan to the fen, halves away from zero (四舍五入到分)."""
    return value.quantize(FEN, rounding=ROUND_HALF_UP, context=EXACT) or ZERO


def round_up(value: Decimal) -> Decimal:
    """Return the smallest whole fen not below ``value``, so that a floor ratio is never missed."""
    return value.quantize(FEN, rounding=ROUND_CEILING, context=EXACT) or ZERO


def round4(value: Decimal) -> Decimal:
    """Round a coefficient or rate to four decimals, half-up."""
    return value.quantize(_RATE, rounding=ROUND_HALF_UP, context=EXACT)


def percent_text(share: Decimal | int | float | str) -> str:
    """Return a fraction as people write it, exactly and without trailing zeros: 0.7 is ``70%``, 0.0125 ``1.25%``."""
    text = f"{to_decimal(share).scaleb(2, context=EXACT):f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def to_fen(amount: Decimal) -> int:
    """Return ``amount`` as a whole number of fen.

    :raise MoneyError: if it has a part smaller than a fen: such a sum could not be paid
    """
    if amount.quantize(FEN, rounding=ROUND_CEILING, context=EXACT) != amount:
        raise MoneyError(f"金额 {amount} 不是整分")
    return int(amount.scaleb(2, context=EXACT))


def from_fen(fen: int) -> Decimal:
    """Return a whole number of fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2, context=EXACT)


@exact
def largest_remainder(total: Decimal, weights: Mapping[Hashable, Decimal]) -> dict[Hashable, Decimal]:
    """Share ``total`` yuan out in proportion to ``weights``, to the fen, losing none.

    Each key gets floor(total * weight / sum of weights) in fen; the fen left over go one each to
    the largest remainders, ties to the larger weight, then to the smaller key (code-point order).

    :param total: yuan, whole fen, not negative
    :param weights: comparable keys to weights (Decimal or int, any scale), none negative
    :return: the same keys in the same order; the parts always sum to ``total``
    :raise MoneyError: a negative or broken total, a negative weight, or nothing to share it by
    """
    fen = to_fen(total)
    if fen < 0:
        raise MoneyError(f"待分配金额不能为负：{total}")
    # Integers from here on: exact whatever the scale of the weights, and fast for a whole county.
    decimals = {key: Decimal(weight) for key, weight in weights.items()}
    places = max((-weight.as_tuple().exponent for weight in decimals.values()), default=0)
    parts = {key: int(weight.scaleb(max(places, 0))) for key, weight in decimals.items()}
    if any(part < 0 for part in parts.values()):
        raise MoneyError("分配权重不能为负")
    if fen == 0:
        return dict.fromkeys(parts, ZERO)
    whole = sum(parts.values())
    if whole == 0:
        raise MoneyError(f"分配权重全部为零，无法分配 {total:,.2f} 元")
    floors = {key: divmod(fen * part, whole) for key, part in parts.items()}
    shares = {key: floor for key, (floor, _remainder) in floors.items()}
    left_over = fen - sum(shares.values())
    order = sorted(parts, key=lambda key: (-floors[key][1], -parts[key], key))
    for key in order[:left_over]:
        shares[key] += 1
    return {key: from_fen(share) for key, share in shares.items()}


def equal_split(total: Decimal, keys: Iterable[Hashable]) -> dict[Hashable, Decimal]:
    """Share ``total`` yuan equally over ``keys``; a fen left over goes to the smaller keys.

    :raise MoneyError: as :func:`largest_remainder`, and for a key given twice
    """
    keys = list(keys)
    if len(set(keys)) != len(keys):
        raise MoneyError("平均分配的对象重复")
    return largest_remainder(total, dict.fromkeys(keys, Decimal(1)))
