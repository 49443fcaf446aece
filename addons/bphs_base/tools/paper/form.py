"""What a printed form or an exported sheet says, without a word on how it is drawn.

The same :class:`Column` and :class:`Table` feed the paper kit and the workbook kit, so that both
show the same figures. Every heading, column and signature is data of the caller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from ..money import EXACT, FEN, MoneyError, exact, to_decimal
from .chart import Bars, Heat, Trend

KINDS = frozenset(("index", "text", "code", "integer", "money", "number", "percent", "date", "sign"))
NUMERIC = frozenset(("integer", "money", "number", "percent"))
_WEIGHTS = {"index": 0.45, "text": 1.8, "code": 1.3, "integer": 0.8, "percent": 0.8, "number": 0.8}


class FormError(ValueError):
    """A form that cannot be drawn as described; the text names the place."""


@dataclass(frozen=True)
class Column:
    """One column.

    :param key: name of the value in each row
    :param kind: ``index`` (running number), ``text``, ``code`` (digits kept as text), ``integer``,
        ``money`` (whole fen), ``number``, ``percent`` (a fraction of one), ``date``,
        ``sign`` (left empty for a signature)
    :param weight: share of the width on paper; 0 takes the usual one of the kind
    :param total: summed in the total row
    :param digits: decimals of ``number`` and ``percent``
    :param group: heading that neighbouring columns of the same group stand under
    :param choices: values a template offers for the column
    :param minimum: least value a template accepts in a numeric column
    :param locked: cannot be edited in a protected sheet
    """

    key: str
    title: str
    kind: str = "text"
    weight: float = 0
    total: bool = False
    digits: int = 2
    group: str = ""
    choices: tuple[str, ...] = ()
    minimum: Decimal | int | None = None
    locked: bool = False

    def __post_init__(self):
        if self.kind not in KINDS:
            raise FormError(f"列“{self.title}”的类型 {self.kind} 不存在")
        if self.total and self.kind not in NUMERIC:
            raise FormError(f"列“{self.title}”不是数值，不能合计")

    @property
    def share(self) -> float:
        return self.weight or _WEIGHTS.get(self.kind, 1.2)

    @property
    def align(self) -> str:
        if self.kind in NUMERIC:
            return "right"
        return "left" if self.kind == "text" else "center"

    @property
    def wraps(self) -> bool:
        """Figures and codes are never broken over lines: half a number reads as another number."""
        return self.kind in ("text", "sign")


@dataclass(frozen=True)
class Table:
    """Rows under columns; each row maps the columns' keys to values.

    :param totals: totals that are not the sum of the rows, by column key (a page of a larger table)
    :param row_height: least height of a row in mm, so that there is room for a signature
    """

    columns: tuple[Column, ...]
    rows: Sequence[Mapping]
    title: str = ""
    total_label: str = "合计"
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    row_height: float = 7

    def __post_init__(self):
        keys = [column.key for column in self.columns]
        twice = {key for key in keys if keys.count(key) > 1}
        if not keys or twice:
            raise FormError(f"表的列为空或重复：{'、'.join(sorted(twice))}")
        unknown = set(self.totals) - set(keys)
        if unknown:
            raise FormError(f"合计的列不存在：{'、'.join(sorted(unknown))}")

    @property
    def has_total(self) -> bool:
        return any(column.total for column in self.columns)

    def value(self, row_number: int, column: Column):
        """Return a cell's value, exact: Decimal for figures, None where there is nothing.

        :param row_number: from 0
        :raise FormError: no such key, money with a part of a fen, no number in a figure's column
        """
        if column.kind == "index":
            return row_number + 1
        if column.kind == "sign":
            return None
        try:
            raw = self.rows[row_number][column.key]
        except KeyError:
            raise FormError(f"{self._place(row_number, column)}：没有这一列的值") from None
        if raw is None or raw is False or raw == "":
            return None
        if column.kind not in NUMERIC:
            return raw
        try:
            number = to_decimal(raw)
        except MoneyError as error:
            raise FormError(f"{self._place(row_number, column)}：{error}") from error
        if not _is_whole(number, column.kind):
            raise FormError(f"{self._place(row_number, column)}：{number} 不是整分或整数")
        return number

    @exact
    def total(self, column: Column) -> Decimal | None:
        """Return the total of a column: as given, else the exact sum of its rows."""
        if column.key in self.totals:
            return to_decimal(self.totals[column.key])
        if not column.total:
            return None
        values = (self.value(number, column) for number in range(len(self.rows)))
        return sum((value for value in values if value is not None), Decimal(0))

    def _place(self, row_number, column):
        return f"{self.title or '表'}第{row_number + 1}行“{column.title}”"


@dataclass(frozen=True)
class Capitals:
    """A total in words beside its figures; the words come from ``chinese_amount``."""

    capitals: str
    amount: Decimal
    label: str = "合计"


@dataclass(frozen=True)
class Fields:
    """A boxed grid of labels and values: rows of one or more (label, value) pairs."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class Opinion:
    """The box of one approval stage; empty name and date leave room for pen and seal."""

    title: str
    text: str = ""
    name: str = ""
    date: str = ""


@dataclass(frozen=True)
class Opinions:
    opinions: tuple[Opinion, ...]
    height: float = 24  # mm of the shortest box


@dataclass(frozen=True)
class Text:
    """A paragraph; ``indent`` starts it two characters in, as running text does."""

    text: str
    align: str = "left"
    bold: bool = False
    size: float = 10.5
    indent: bool = False


@dataclass(frozen=True)
class Picture:
    """A photo and what stands under it; ``content`` are the bytes of its file."""

    caption: str
    content: bytes


@dataclass(frozen=True)
class Pictures:
    """Photos side by side, so many in a row."""

    pictures: tuple[Picture, ...]
    a_row: int = 3


@dataclass(frozen=True)
class Charts:
    """Charts one below the other, each kept whole; ``size`` of their type, 0 the usual one."""

    charts: tuple[Bars | Trend | Heat, ...]
    size: float = 0


@dataclass(frozen=True)
class CutLine:
    """Where the counterfoil (回执) is cut off."""

    text: str = "回执"


@dataclass(frozen=True)
class Signature:
    label: str
    name: str = ""


@dataclass(frozen=True)
class Form:
    """One printed form on A4.

    :param issuers: issuing units by their full names
    :param number: document number (文号)
    :param unit: printed as 单位：元; empty leaves it out
    :param seals: captions of the seal boxes
    :param date: date beside the seal, as printed
    :param qr: text of a QR code in the upper corner
    :param foot_above_cut: signatures and seals stand above the first cut line: what is cut off is another's to sign
    """

    title: str
    blocks: tuple
    issuers: tuple[str, ...] = ()
    period: str = ""
    number: str = ""
    unit: str = "元"
    landscape: bool = False
    signatures: tuple[Signature | str, ...] = ("制表", "复核", "负责人")
    seals: tuple[str, ...] = ()
    date: str = ""
    notes: tuple[str, ...] = ()
    watermark: str = ""
    qr: str = ""
    foot_above_cut: bool = False


def shown(column: Column, value) -> str:
    """Return a value as it is printed: 1,234.50 or 98.50% or 2025-03-31; nothing as empty."""
    if value is None:
        return ""
    if column.kind in ("integer", "index"):
        return f"{value:,.0f}"
    if column.kind == "money":
        return f"{value:,.2f}"
    if column.kind == "number":
        return f"{_rounded(value, column.digits):,f}"
    if column.kind == "percent":
        return f"{_rounded(value * 100, column.digits):f}%"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "是" if value is True else str(value)


def _rounded(number, digits):
    """Halves up, as on every form; Python's own formatting would round them to even."""
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=EXACT)


@exact
def _is_whole(number, kind):
    """Money in whole fen, counts in whole units: paper must not round what was not rounded."""
    step = {"money": FEN, "integer": Decimal(1)}.get(kind)
    return step is None or number % step == 0
