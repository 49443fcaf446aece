"""Workbooks of the import base: reading the user's file, writing the template and the rows sent
back."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date

import python_calamine
import xlsxwriter

MOST_BYTES = 10 * 2**20
MOST_UNPACKED_BYTES = 200 * 2**20
MOST_ROWS = 50_000
MOST_COLUMNS = 200
COLUMN_FORMATS = {"int": "0", "decimal": "0.####", "money": "#,##0.00", "date": "yyyy-mm-dd"}


class BookError(ValueError):
    """A file that cannot be read. ``code``: too_big, too_many_rows, too_many_columns, wrong_sheet,
    unreadable, empty."""

    def __init__(self, code: str, shown: str = ""):
        super().__init__(code)
        self.code = code
        self.shown = shown


def read_book(content: bytes, sheet_name: str) -> list[tuple[int, list]]:
    """The rows of a workbook or CSV file.

    The sheet called `sheet_name` is read, or the only sheet of a workbook that has one.

    :return: (row number as the spreadsheet shows it, cells) of each row that is not empty
    :raise BookError: when the file cannot be read, or is too big
    """
    if len(content) > MOST_BYTES:
        raise BookError("too_big")
    if not content.strip():
        raise BookError("empty")
    workbook = content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0"
    rows = _read_workbook(content, sheet_name) if workbook else _read_text(content)
    if len(rows) > MOST_ROWS:
        raise BookError("too_many_rows")
    numbered = [
        (number, cells)
        for number, cells in enumerate(rows, start=1)
        if any(cell not in ("", None) and str(cell).strip() for cell in cells)
    ]
    if not numbered:
        raise BookError("empty")
    if max(len(cells) for __, cells in numbered) > MOST_COLUMNS:
        raise BookError("too_many_columns")
    return numbered


def _read_workbook(content, sheet_name):
    try:
        if content[:2] == b"PK":
            # A small file may unpack to one that fills the memory.
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED_BYTES:
                    raise BookError("too_big")
        book = python_calamine.load_workbook(io.BytesIO(content))
        names = book.sheet_names
        if sheet_name not in names and len(names) != 1:
            raise BookError("wrong_sheet", "、".join(names))
        sheet = book.get_sheet_by_name(sheet_name if sheet_name in names else names[0])
        # Asked before the cells are unfolded: one cell in the last corner would unfold to billions.
        if (sheet.total_height or 0) > MOST_ROWS:
            raise BookError("too_many_rows")
        if (sheet.total_width or 0) > MOST_COLUMNS:
            raise BookError("too_many_columns")
        return sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        if isinstance(error, BookError):
            raise
        raise BookError("unreadable") from error


def _read_text(content):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BookError("unreadable")
    if "\0" in text or text.lstrip()[:1] == "<":
        # Some platforms save a web page under the name of a workbook.
        raise BookError("unreadable")
    first = text.splitlines()[0]
    separator = "\t" if first.count("\t") > first.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise BookError("unreadable") from error


def write_template(sheet_name: str, columns: Iterable, rows: Iterable[dict]) -> bytes:
    """A workbook with one heading per column and the given rows (dicts by column key) filled in."""
    columns, rows = list(columns), list(rows)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name)
        heading = book.add_format(
            {"bold": True, "bg_color": "#DCEFEF", "border": 1, "text_wrap": True}
        )
        required = book.add_format(
            {"bold": True, "bg_color": "#FCE8D5", "border": 1, "text_wrap": True}
        )
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            # The format of the whole column keeps codes as text when they are typed.
            cells = book.add_format({"num_format": COLUMN_FORMATS.get(column.kind, "@")})
            sheet.set_column(at, at, max(12, 2 * len(column.label) + 4), cells)
            sheet.write_string(0, at, column.label, required if column.required else heading)
            if column.choices and sum(len(label) + 1 for __, label in column.choices) < 255:
                labels = [label for __, label in column.choices]
                sheet.data_validation(1, at, 5000, at, {"validate": "list", "source": labels})
            for line, row in enumerate(rows, start=1):
                _write(sheet, line, at, row.get(column.key), cells)
    return buffer.getvalue()


def write_rejects(sheet_name: str, headings: list, rows: Iterable, reason_label: str) -> bytes:
    """The user's rows as they came, with the reasons in a column of their own.

    :param rows: (cells, reason) pairs; an empty reason is a row that was in order
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format({"bold": True, "bg_color": "#DCEFEF", "border": 1})
        red = book.add_format({"font_color": "#B00020", "text_wrap": True})
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 14)
        sheet.set_column(len(headings), len(headings), 60)
        for at, text in enumerate([*headings, reason_label]):
            sheet.write_string(0, at, text, bold)
        for line, (cells, reason) in enumerate(rows, start=1):
            for at, cell in enumerate(cells[: len(headings)]):
                _write(sheet, line, at, cell, dates if isinstance(cell, date) else None)
            sheet.write_string(line, len(headings), reason, red)
    return buffer.getvalue()


def _write(sheet, line, at, value, cell_format):
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(line, at, value, cell_format)
    elif isinstance(value, str):
        # Never `write`: a text that begins with "=" would become a formula.
        sheet.write_string(line, at, value, cell_format)
    else:
        sheet.write_number(line, at, value, cell_format)
