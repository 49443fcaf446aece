"""Shares of the payees of one clinic over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A share of a clinic's money from `first` to `last` day, both included; `last` None: it goes
    on."""

    first: date
    last: date | None
    share: Decimal


def share_breaks(shares: Iterable[Share]) -> list[tuple[date, Decimal]]:
    """Return the days from which the shares sum to neither one nor nothing, with the sum, in
    order of time.

    Only the days on which a share begins or has just ended are looked at: between them nothing
    changes.
    """
    changes: dict[date, Decimal] = {}
    for share in shares:
        changes[share.first] = changes.get(share.first, Decimal()) + share.share
        if share.last is not None and share.last < date.max:
            after = share.last + timedelta(days=1)
            changes[after] = changes.get(after, Decimal()) - share.share
    breaks, total = [], Decimal()
    for day in sorted(changes):
        total += changes[day]
        if total not in (0, 1):
            breaks.append((day, total))
    return breaks
