"""Where the money comes from: arrivals (到位), payments and returns (缴回) by source.

Settlement rules, section 3. Money arrives in instalments and is paid out of what has arrived, so
the order of events is part of the facts. A split is made once, when a payment is approved, and is
stored with it; replaying the events in their order gives the same splits again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from odoo.addons.bphs_base.tools.money import ZERO, exact, from_fen, largest_remainder, to_fen

from .terms import SettlementError

PAYMENT_KINDS = ("prepaid", "pay", "release", "annual")


@dataclass(frozen=True, slots=True)
class Arrival:
    """``amount`` yuan arrived from ``source``."""

    source: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """``amount`` yuan approved for clinic ``code``; kind: see :data:`PAYMENT_KINDS`."""

    code: str
    period: str
    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Return:
    """``amount`` yuan that clinic ``code`` gave back."""

    code: str
    amount: Decimal


class ShortfallError(SettlementError):
    """More was asked for than is there; ``held`` and ``shortfall`` are yuan."""

    def __init__(self, what: str, amount: Decimal, held: Decimal):
        self.held = held
        self.shortfall = amount - held
        super().__init__(
            "amount",
            f"{what} {held:,.2f} 元，少于 {amount:,.2f} 元，缺口 {self.shortfall:,.2f} 元",
        )


def split_payment(amount: Decimal, available: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Split a payment over the sources by what is available in each at this moment, in yuan.

    Every source that has arrived appears, with 0.00 if nothing falls to it.

    :raise ShortfallError: if all sources together hold less
    """
    return _split(amount, available, "各来源可用资金合计")


def split_return(amount: Decimal, received: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Split a return by what the clinic ``received`` from each source, net of earlier returns.

    :raise ShortfallError: if the clinic received less
    """
    return _split(amount, received, "该机构已领（扣除已缴回）")


@exact
def _split(amount: Decimal, weights: Mapping[str, Decimal], what: str) -> dict[str, Decimal]:
    _check_positive(amount)
    held = sum(weights.values(), ZERO)
    if amount > held:
        raise ShortfallError(what, amount, held)
    return largest_remainder(amount, dict(sorted(weights.items())))


def _check_positive(amount: Decimal) -> None:
    if amount <= 0:
        raise SettlementError("amount", f"金额应大于零：{amount}")


@dataclass(slots=True)
class SourceLedger:
    """The running state: yuan available by source, and received by clinic and source.

    An event that is refused changes nothing.
    """

    available: dict[str, Decimal] = field(default_factory=dict)
    received: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    def post(self, event: Arrival | Payment | Return) -> dict[str, Decimal]:
        """Enter ``event`` and return its split: yuan by source, in code order."""
        if isinstance(event, Arrival):
            return self.arrive(event.source, event.amount)
        if isinstance(event, Payment):
            return self.pay(event.code, event.amount)
        return self.give_back(event.code, event.amount)

    def arrive(self, source: str, amount: Decimal) -> dict[str, Decimal]:
        """Enter an arrival."""
        _check_positive(amount)
        split = {source: from_fen(to_fen(amount))}
        _add(self.available, split)
        return split

    def pay(self, code: str, amount: Decimal) -> dict[str, Decimal]:
        """Enter a payment to clinic ``code``; refused whole if the sources hold less."""
        split = split_payment(amount, self.available)
        _add(self.available, split, -1)
        _add(self.received.setdefault(code, {}), split)
        return split

    def give_back(self, code: str, amount: Decimal) -> dict[str, Decimal]:
        """Enter a return of clinic ``code``; refused whole if the clinic received less."""
        split = split_return(amount, self.received.get(code, {}))
        _add(self.received[code], split, -1)
        _add(self.available, split)
        return split


@exact
def _add(balances: dict[str, Decimal], split: Mapping[str, Decimal], sign: int = 1) -> None:
    for source, amount in split.items():
        balances[source] = balances.get(source, ZERO) + sign * amount
