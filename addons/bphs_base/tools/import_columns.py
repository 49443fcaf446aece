"""What an import expects of a sheet, and how a cell becomes a value. Pure: no database, no clock.

A cell that does not fit raises :class:`CellError` with a code; the importing wizard words it for
the reader.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

KINDS = ("text", "code", "int", "decimal", "money", "date", "choice")
# A spreadsheet keeps fifteen digits; what follows is noise of binary fractions.
SPREADSHEET_DIGITS = 15
LONGEST_TEXT = 2000


class CellError(ValueError):
    """A cell that cannot be read. ``code`` says why, ``shown`` is the cell as text."""

    def __init__(self, code: str, shown: str = ""):
        super().__init__(code)
        self.code = code
        self.shown = shown


@dataclass(frozen=True)
class ImportColumn:
    """A column of an import: ``key`` for the code, ``label`` for the reader.

    ``choices`` are (value, label) pairs of a ``choice``: the sheet holds the label. A ``fixed``
    column is filled in by the template and not meant to be typed.
    """

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    fixed: bool = False

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"{self.key}: unknown kind {self.kind}")


@dataclass
class ImportRow:
    """A row of the user's sheet: its number as the spreadsheet shows it, its cells, its values by
    column key."""

    number: int
    cells: list
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
    """The heading without what people vary: width, case, blanks, punctuation, a unit in
    brackets."""
    plain = unicodedata.normalize("NFKC", cell_text(text)).casefold()
    plain = re.sub(r"[(\[【].*?[)\]】]", "", plain)
    return "".join(character for character in plain if character.isalnum())


def match_columns(
    columns: Iterable[ImportColumn], headings: list, saved: Mapping[str, str] | None = None
) -> tuple[dict[str, int], list[str]]:
    """Find the columns in a row of headings: by a saved mapping, the exact label, then the
    normalised label.

    :param saved: column key -> heading of the user's own file
    :return: column key -> position; and the labels of columns that two headings claim
    """
    texts = [cell_text(heading) for heading in headings]
    plain = [normalise_header(text) for text in texts]
    positions, ambiguous = {}, []
    for column in columns:
        wanted = cell_text((saved or {}).get(column.key)) or column.label
        found = [at for at, text in enumerate(texts) if text == wanted]
        found = found or [
            at for at, text in enumerate(plain) if text and text == normalise_header(wanted)
        ]
        if len(found) > 1:
            ambiguous.append(column.label)
        elif found:
            positions[column.key] = found[0]
    return positions, ambiguous


def cell_text(value: Any) -> str:
    """A cell as a person reads it: no trailing ``.0``, no blanks around."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        number = Decimal(format(value, f".{SPREADSHEET_DIGITS}g"))
        return format(
            number.quantize(Decimal(1)) if number == number.to_integral() else number, "f"
        )
    if isinstance(value, datetime):
        return (
            value.isoformat(" ")
            if value.time() != datetime.min.time()
            else value.date().isoformat()
        )
    return str(value).strip()


def parse_cell(column: ImportColumn, value: Any) -> Any:
    """The value of a cell by the column's kind; None where it is empty and may be.

    :return: str, int, Decimal, date, or the value of a choice
    :raise CellError: with code required, text_too_long, not_integer, not_number, not_money,
        not_date, not_code or not_choice
    """
    shown = cell_text(value)
    if not shown:
        if column.required:
            raise CellError("required")
        return None
    return _PARSERS[column.kind](column, value, shown)


def _text(column, value, shown):
    if len(shown) > LONGEST_TEXT:
        raise CellError("text_too_long", shown[:20])
    return shown


def _code(column, value, shown):
    code = unicodedata.normalize("NFKC", shown)
    # Beyond fifteen digits, and in scientific notation, the spreadsheet has lost digits for good.
    lost = isinstance(value, (int, float)) and len(code) > SPREADSHEET_DIGITS
    if lost or isinstance(value, bool) or not re.fullmatch(r"[0-9A-Za-z_./-]{1,64}", code):
        raise CellError("not_code", shown)
    if re.fullmatch(r"[0-9]+\.[0-9]+E\+?[0-9]+", code, re.IGNORECASE):
        raise CellError("not_code", shown)
    return code


def _number(value, shown, code):
    if isinstance(value, (bool, datetime, date)):
        raise CellError(code, shown)
    plain = unicodedata.normalize("NFKC", shown).replace(",", "")
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", plain, re.ASCII):
        raise CellError(code, shown)
    return Decimal(plain)


def _int(column, value, shown):
    number = _number(value, shown, "not_integer")
    if number != number.to_integral() or abs(number) > 2_000_000_000:
        raise CellError("not_integer", shown)
    return int(number)


def _decimal(column, value, shown):
    return _number(value, shown, "not_number")


def _money(column, value, shown):
    number = _number(value, shown, "not_money")
    if number != number.quantize(Decimal("0.01")) or abs(number) >= 10**12:
        raise CellError("not_money", shown)
    return number.quantize(Decimal("0.01"))


def _date(column, value, shown):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    plain = unicodedata.normalize("NFKC", shown)
    parts = re.fullmatch(
        r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", plain
    ) or re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", plain)
    try:
        return date(*map(int, parts.groups()))
    except (AttributeError, ValueError):
        raise CellError("not_date", shown) from None


def _choice(column, value, shown):
    wanted = normalise_header(shown)
    for key, label in column.choices:
        if wanted == normalise_header(label) or shown == key:
            return key
    raise CellError("not_choice", shown)


_PARSERS = {
    "text": _text,
    "code": _code,
    "int": _int,
    "decimal": _decimal,
    "money": _money,
    "date": _date,
    "choice": _choice,
}
