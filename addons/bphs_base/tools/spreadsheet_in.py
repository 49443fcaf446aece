"""Reading the files users upload: xlsx, xls, ods, CSV and the tables of a docx as rows of exact values.

Excel keeps every number as a binary float; here they come out as int or Decimal, dates as dates,
and a code that Excel turned into a number can be had back as text (:mod:`.sheet_values`).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine

from .sheet_guard import Limits, SheetError, check_corner, inspect_file
from .sheet_values import standard_text
from .word_in import table_rows

Value = str | int | Decimal | bool | date | datetime | time | timedelta | None
_EXCEL_DIGITS = 15  # what Excel computes with and shows; the binary digits beyond are noise


@dataclass(frozen=True)
class SheetRow:
    """A row that is not blank. ``number`` counts from 1, as the spreadsheet shows it."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True)
class SheetData:
    name: str
    rows: list[SheetRow]


def read_sheet(content: bytes, sheet: str = "", limits: Limits | None = None, only_sheet: bool = True) -> SheetData:
    """Return one sheet of a file; a CSV file is one sheet without a name.

    :param sheet: name of the sheet; without it the first visible one that is not blank
    :param only_sheet: where the only sheet is called otherwise, it is taken all the same
    :raise SheetError: file not readable, sheet not found, nothing in it, or beyond the limits
    """
    limits = limits or Limits()
    found = inspect_file(content, limits)
    if found.kind == "text":
        return _filled(SheetData("", list(_text_rows(content, limits))))
    if found.kind == "docx":
        return SheetData("", [SheetRow(at, row) for at, row in enumerate(table_rows(content, limits), 1)])
    with open_book(content) as book:
        names = visible_sheets(book)
        if sheet and sheet not in names and not (only_sheet and len(names) == 1):
            raise SheetError(f"找不到工作表“{sheet}”，文件中有：{'、'.join(names)}")
        wanted = [sheet] if sheet in names else names
        for name in wanted:
            data = SheetData(name, _book_rows(book, name, found.errors.get(name, {}), limits))
            if data.rows:
                return data
    return _filled(SheetData("、".join(wanted), []))


def sheet_names(content: bytes, limits: Limits | None = None) -> list[str]:
    """Return the names of the visible sheets, none for a CSV or Word file.

    :raise SheetError: as :func:`read_sheet`
    """
    if inspect_file(content, limits or Limits()).kind in ("text", "docx"):
        return []
    with open_book(content) as book:
        return visible_sheets(book)


def _filled(data):
    if not data.rows:
        raise SheetError(f"工作表“{data.name}”是空的" if data.name else "文件是空的")
    return data


def open_book(content: bytes) -> python_calamine.CalamineWorkbook:
    """Open a workbook that :func:`~.sheet_guard.inspect_file` has let pass.

    :raise SheetError: damaged or encrypted
    """
    return _guarded(python_calamine.load_workbook, io.BytesIO(content))


def open_sheet(book: python_calamine.CalamineWorkbook, name: str) -> python_calamine.CalamineSheet:
    """Return a sheet of an opened workbook.

    :raise SheetError: damaged
    """
    return _guarded(book.get_sheet_by_name, name)


def visible_sheets(book: python_calamine.CalamineWorkbook) -> list[str]:
    """Return the names of the sheets of cells that are not hidden."""
    shown = python_calamine.SheetVisibleEnum.Visible
    cells = python_calamine.SheetTypeEnum.WorkSheet
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == shown and sheet.typ == cells]


def _book_rows(book, name, errors, limits):
    sheet = open_sheet(book, name)
    check_corner(name, sheet.total_height or 0, sheet.total_width or 0, limits)
    rows = []
    for at, cells in enumerate(_guarded(sheet.to_python, skip_empty_area=False)):
        values = tuple(map(_value, cells))
        if errors:
            values = tuple(errors.get((at, column), value) for column, value in enumerate(values))
        if _holds_something(values):
            rows.append(SheetRow(at + 1, values))
    return rows


def _guarded(call, *args, **kwargs):
    """Call the reader; whatever it makes of a damaged file becomes one clear error."""
    damaged = "文件已损坏或无法识别，请用 Excel 或 WPS 打开后另存为 xlsx 再上传"
    try:
        return call(*args, **kwargs)
    except python_calamine.PasswordError as error:
        raise SheetError("文件已加密，请取消密码后重新上传") from error
    except Exception as error:
        raise SheetError(damaged) from error
    except BaseException as error:
        # A panic of the reader, which is written in Rust, is not an Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SheetError(damaged) from error


def _value(cell):
    if isinstance(cell, float):
        number = Decimal(f"{cell:.{_EXCEL_DIGITS}g}")
        return int(number) if number == number.to_integral_value() else number
    if isinstance(cell, str):
        return standard_text(cell) if cell.strip() else None
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


def _holds_something(values):
    return any(value is not None and value != "" for value in values)


def _text_rows(content, limits) -> Iterator[SheetRow]:
    text = _decoded(content)
    if "\0" in text:
        raise SheetError("文件不是文本，请上传 xlsx、xls、ods 或 csv 文件")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 1
    try:
        for cells in lines:
            check_corner("CSV", number, len(cells), limits)
            values = tuple(_value(cell) for cell in cells)
            if _holds_something(values):
                yield SheetRow(number, values)
            number += 1
    except csv.Error as error:
        raise SheetError(f"CSV 第{number}行格式有误：引号不配对或单元格过长") from error


def _decoded(content):
    """Return the text of a CSV file: in China Excel writes GB18030, marked UTF-8 or UTF-16."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((name for mark, name in marks.items() if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("无法识别文件的文字编码，请另存为 xlsx 或 UTF-8 编码的 CSV")


def _separator(text):
    first = text.split("\n", 1)[0]
    return max(",\t;", key=first.count)
