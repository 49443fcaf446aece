"""What an import expects of a sheet: its columns, where they stand in a file, what a cell holds.

Pure: no database, no clock. A cell that does not fit raises
:class:`~..sheet_guard.SheetError` with a text for the user.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..characters import standard_name
from ..paper.form import Column, Table
from ..reading.cells import Covered, Unread
from ..sheet_guard import SheetError
from ..workbook import Sheet, workbook_bytes
from .refill import given_back, refill_note
from .sheet_values import as_code, as_date, as_decimal, as_integer, as_money, as_text

KINDS = ("text", "name", "code", "int", "decimal", "money", "date", "choice")
CLEAR_WORD = "清空"
LONGEST_TEXT = 2000
LARGEST_MONEY = 10**12
TEMPLATE_BLANK_ROWS = 200
# How a column of an import is called by the workbook kit.
_SHEET_KINDS = {"int": "integer", "decimal": "number", "choice": "text", "name": "text"}


class Clear:
    """The value of a cell that says 清空: what stands in the register goes. A blank cell changes nothing."""

    def __bool__(self):
        return False

    def __repr__(self):
        return "CLEAR"


CLEAR = Clear()


@dataclass(frozen=True)
class ImportColumn:
    """A column of an import: ``key`` for the code, ``label`` for the reader.

    ``choices`` are (value, label) pairs of a ``choice``: the sheet holds the label. A ``fixed``
    column is filled in by the template and not meant to be typed. A merged cell of a ``fill_down`` column counts for
    every row it covers; of another it is refused there, as an amount over two rows belongs to neither. ``aliases`` are
    other headings people give it. A cell of a ``clearable`` column may say 清空.
    """

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    fixed: bool = False
    fill_down: bool = False
    aliases: tuple[str, ...] = ()
    clearable: bool = False

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"{self.key}: unknown kind {self.kind}")


@dataclass
class ImportRow:
    """A row of the user's sheet: its number as the spreadsheet shows it, its cells, its values."""

    number: int
    cells: tuple
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def error(self, key: str, text: str) -> None:
        """Refuse the row: ``key`` names the column (or is empty), ``text`` says what to do."""
        self.errors.append((key, text))

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)


def normalise_header(text: Any) -> str:
    """The heading without what people vary: width, case, blanks, signs, a unit in brackets."""
    plain = unicodedata.normalize("NFKC", as_text(text)).casefold()
    plain = re.sub(r"[(\[【].*?[)\]】]", "", plain)
    return "".join(character for character in plain if character.isalnum())


def match_columns(
    columns: Iterable[ImportColumn], headings: Iterable, saved: Mapping[str, str] | None = None
) -> tuple[dict[str, int], list[str]]:
    """Find the columns in a row of headings.

    By a saved mapping, else by the exact label, else by the label normalised, else by another name people give it.

    :param saved: column key -> heading of the user's own file
    :return: column key -> position; and the labels of columns that two headings claim
    """
    texts = [as_text(heading) for heading in headings]
    plain = [normalise_header(text) for text in texts]
    columns = list(columns)
    labels = {normalise_header(column.label) for column in columns}
    # A heading that is another column's own name is nobody's second one.
    claimed = {at for at, text in enumerate(plain) if text in labels}
    positions, ambiguous = {}, []
    for column in columns:
        wanted = as_text((saved or {}).get(column.key)) or column.label
        found = [at for at, text in enumerate(texts) if text == wanted]
        if not found:
            wanted = normalise_header(wanted)
            found = [at for at, text in enumerate(plain) if text and text == wanted]
        if not found:
            others = {normalise_header(alias) for alias in column.aliases}
            found = [at for at, text in enumerate(plain) if text in others and at not in claimed]
        if len(found) > 1:
            ambiguous.append(column.label)
        elif found:
            positions[column.key] = found[0]
    return positions, ambiguous


def parse_cell(column: ImportColumn, value: Any) -> Any:
    """The value of a cell by the column's kind; None where it is empty, :data:`CLEAR` where it says 清空.

    :return: str, int, Decimal, date, or the value of a choice
    :raise SheetError: with a text that names the cell's content
    """
    if isinstance(value, Unread):
        raise SheetError(str(value))
    if isinstance(value, Covered):
        if not column.fill_down:
            raise SheetError(f"“{as_text(value)[:30]}”是与上一行合并的单元格，请取消合并后逐行填写")
        value = value.value
    text = as_text(value)
    if not text:
        return None
    if column.clearable and text == CLEAR_WORD:
        return CLEAR
    return _PARSERS[column.kind](column, value)


def template(sheet_name: str, columns: Iterable[ImportColumn], rows: Iterable[Mapping]) -> bytes:
    """A workbook with one heading per column and the given rows (by column key) filled in."""
    columns = list(columns)
    filled = [
        # False is Odoo's "nothing" of a text.
        {column.key: None if row.get(column.key) in (False, "") else row.get(column.key)
         for column in columns}
        for row in rows
    ]  # fmt: skip
    sheet_columns = tuple(
        Column(
            column.key,
            column.label,
            _SHEET_KINDS.get(column.kind, column.kind),
            digits=4,
            choices=tuple(label for __, label in column.choices),
        )
        for column in columns
    )
    table = Table(sheet_columns, filled)
    return workbook_bytes([Sheet(sheet_name, table, blank_rows=TEMPLATE_BLANK_ROWS, freeze=1)])


def rejects(sheet_name: str, headings: list[str], rows: Iterable, reason: str) -> bytes:
    """The user's rows as they came, with the reasons in a column of their own.

    What cannot be given back as it was comes back empty, and the reason says that it is to be filled in.

    :param rows: (cells, reason) pairs; an empty reason is a row that was in order
    """
    columns = [Column(str(at), heading) for at, heading in enumerate(headings)]
    table = Table(
        (*columns, Column("reason", reason, weight=4)),
        [_reject_row(headings, cells, text) for cells, text in rows],
    )
    return workbook_bytes([Sheet(sheet_name, table)])


def _reject_row(headings, cells, reason):
    row, lost = {str(at): None for at in range(len(headings))}, []
    for at, cell in enumerate(cells[: len(headings)]):
        if isinstance(cell, Covered) and not reason:
            cell = cell.value
        if given_back(cell):
            # Of an over-long text the beginning is enough to find it, and is refused again.
            row[str(at)] = as_text(cell)[: LONGEST_TEXT + 1]
        else:
            lost.append(headings[at])
    return row | {"reason": reason + refill_note(lost)}


def _text(column, value):
    text = as_text(value)
    if len(text) > LONGEST_TEXT:
        raise SheetError(f"文字超过{LONGEST_TEXT}个字符")
    if "\ufffd" in text:
        raise SheetError(f"“{text[:30]}”含有无法识别的字符，请检查文件编码")
    return text


def _code(column, value):
    code = as_code(value)
    # A code that went through a number once reads 1.4E+11: its digits are lost for good.
    lost = re.fullmatch(r"[0-9]+(\.[0-9]+)?E\+?[0-9]+", code, re.IGNORECASE)
    if lost or not re.fullmatch(r"[0-9A-Za-z_./-]{1,64}", code):
        raise SheetError(f"“{as_text(value)[:30]}”不是代码，请将该列设为文本格式后填写")
    return code


def _money(column, value):
    amount = as_money(value)
    if abs(amount) >= LARGEST_MONEY:
        raise SheetError(f"“{as_text(value)[:30]}”过大")
    return amount


def _choice(column, value):
    wanted = normalise_header(value)
    for key, label in column.choices:
        if wanted == normalise_header(label) or as_text(value) == key:
            return key
    choices = "、".join(label for __, label in column.choices)
    raise SheetError(f"“{as_text(value)[:30]}”应为以下之一：{choices}")


_PARSERS = {
    "text": _text,
    "name": lambda column, value: standard_name(_text(column, value)),
    "code": _code,
    "int": lambda column, value: as_integer(value),
    "decimal": lambda column, value: as_decimal(value),
    "money": _money,
    "date": lambda column, value: as_date(value),
    "choice": _choice,
}
