"""The least part of what is needed that is prepaid (最低预拨比例), by year.

Notices say it, and a county may ask for more from a year on. What a notice says for a year is never gone below.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Floor:
    """From ``year`` on, until the next one, at least ``ratio`` of what is needed is prepaid."""

    year: int
    ratio: Decimal
    number: str


# A new notice is a new row: years before it keep theirs.
NOTICES = (Floor(2023, Decimal("0.70"), "鲁卫基层字〔2023〕3号"),)
LEAST = min(notice.ratio for notice in NOTICES)


def floor_of(year: int, floors: Iterable[Floor]) -> Decimal:
    """The least ratio of a year: of the last floor begun by then; a year before all of them has the first one's."""
    ordered = sorted(floors, key=lambda floor: floor.year)
    begun = [floor for floor in ordered if floor.year <= year]
    return (begun or ordered)[-1 if begun else 0].ratio


def ratio_words(ratio: Decimal) -> str:
    """A ratio as people write it: two decimals, four where two do not do."""
    text = f"{ratio:.4f}"
    return text.removesuffix("00")
