"""What a reader gives: rows, and cells that are more than a value, as they travel from the process that reads.

Nothing but JSON is taken from that process: whoever got hold of it could send no code.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

EXACT_DIGITS = 15  # what a spreadsheet computes with and shows; the digits beyond are lost for good
LONGEST_CELL = 32_767
BROKEN_VALUE = "是错误值，请改正后再上传"
NO_RESULT = "公式没有计算结果，请用 Excel 或 WPS 打开并保存后再上传"
DIGITS_LOST = f"为超过{EXACT_DIGITS}位的数字，末尾数字已丢失；请将该列设为文本格式后重新填写"


@dataclass(frozen=True)
class Unread:
    """A cell that cannot be taken: what a person sees in it, and what is to be done."""

    shown: str
    why: str

    def __str__(self):
        return f"“{self.shown}”{self.why}" if self.shown else self.why


@dataclass(frozen=True)
class Covered:
    """A cell that lies under a merged one: `value` is what stands in the merged cell."""

    value: Any


class SheetRow(NamedTuple):
    """A row that is not blank. ``number`` counts from 1, as the spreadsheet shows it; ``hidden``: filtered away."""

    number: int
    values: tuple
    hidden: bool = False


@dataclass
class Sheet:
    """A sheet of a file, or one way to read a text: ``rows()`` begins anew each time.

    ``height``: about how many rows; ``alternative``: another way to read the same text as the first.
    """

    name: str
    rows: Callable[[], Iterable[SheetRow]] = field(repr=False)
    height: int = 0
    alternative: bool = False


def number_value(number: float | Decimal) -> int | Decimal | Unread:
    """The number a person sees, without the noise of binary digits."""
    if number != number or abs(number) >= 10**EXACT_DIGITS:  # pylint: disable=comparison-with-itself
        told = f"{number:.6G}"
        told = f"{Decimal(told).normalize():G}" if number == number else told  # pylint: disable=comparison-with-itself
        return Unread(told, DIGITS_LOST if number == number else "不是数字")  # pylint: disable=comparison-with-itself
    exact = Decimal(f"{number:.{EXACT_DIGITS}g}")
    return int(exact) if exact == exact.to_integral_value() else exact


def holds_something(values: Iterable) -> bool:
    """Whether a cell of a row holds something of its own."""
    return any(value is not None and value != "" and type(value) is not Covered for value in values)


def encoded(rows: Iterable[SheetRow]) -> str:
    """Rows as one line of JSON."""
    return json.dumps([[row.number, row.hidden, row.values] for row in rows], ensure_ascii=True, default=_encoded_cell)


def decoded(rows: list) -> Iterator[SheetRow]:
    """The rows of what :func:`decoded_line` gave."""
    return (SheetRow(number, tuple(values), hidden) for number, hidden, values in rows)


def decoded_line(line: bytes) -> Any:
    """What stands in a line, cells as they were."""
    return json.loads(line, object_hook=_decoded_cell)


def _encoded_cell(cell):
    if isinstance(cell, Unread):
        return {"!": [cell.shown, cell.why]}
    if isinstance(cell, Covered):
        return {"^": cell.value}
    if isinstance(cell, Decimal):
        return {"n": str(cell)}
    if isinstance(cell, timedelta):
        return {"s": cell.total_seconds()}
    return {next(key for key, kind in _KINDS.items() if isinstance(cell, kind)): cell.isoformat()}


# A datetime is a date too: it comes first.
_KINDS = {"t": datetime, "d": date, "h": time}
_DECODERS = {
    "!": lambda told: Unread(*told),
    "^": Covered,
    "n": Decimal,
    "s": lambda told: timedelta(seconds=told),
    **{key: kind.fromisoformat for key, kind in _KINDS.items()},
}


def _decoded_cell(told):
    if len(told) == 1:
        ((key, value),) = told.items()
        if key in _DECODERS:
            return _DECODERS[key](value)
    return told
