"""Old workbooks of Excel (xls): read cell by cell, so that a cell in a far corner reserves nothing before it."""

import io
import struct
from collections.abc import Iterator
from datetime import datetime, time

import xlrd

from ..importing.sheet_values import standard_text
from ..sheet_guard import ENCRYPTED, Limits, SheetError, check_corner
from .cells import BROKEN_VALUE, NO_RESULT, Sheet, SheetRow, Unread, holds_something, number_value
from .merges import Merges

_UNREADABLE = "文件已损坏或无法识别，请用 Excel 或 WPS 打开后另存为 xlsx 再上传"
_BIFF8 = 80
_BOF, _EOF, _ROW, _FORMULA, _MERGED = 0x0809, 0x000A, 0x0208, 0x0006, 0x00E5
_ROW_HIDDEN = 0x0020
# A formula that ends in one of these reckons a number: an empty text as its result means that nobody reckoned it.
_ARITHMETIC = frozenset((0x03, 0x04, 0x05, 0x06, 0x07, 0x12, 0x13, 0x14))


def xls_sheets(content: bytes, limits: Limits) -> list[Sheet]:
    """The visible sheets of a workbook.

    :raise SheetError: damaged, encrypted, or beyond the limits
    """
    book = _guarded(xlrd.open_workbook, file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    return [
        _sheet(book, content, at, name, limits)
        for at, name in enumerate(book.sheet_names())
        if not book._sheet_visibility[at]
    ]


def _sheet(book, content, at, name, limits):
    opened = []

    def rows():
        if not opened:
            opened.append(_guarded(book.sheet_by_index, at))
            opened.append(_guarded(_Records, book, content, at))
            told.height = opened[0].nrows
            check_corner(name, told.height, opened[0].ncols, limits)
        page, records = opened
        return Merges(records.merges).filled(_rows(book, page, records))

    told = Sheet(name, rows)
    return told


def _rows(book, page, records) -> Iterator[SheetRow]:
    for at in range(page.nrows):
        cells = page.row_types(at), page.row_values(at)
        values = tuple(
            Unread("", NO_RESULT) if (at, column) in records.bare else _value(book, kind, cell)
            for column, (kind, cell) in enumerate(zip(*cells, strict=True))
        )
        if holds_something(values):
            yield SheetRow(at + 1, values, at in records.hidden)


def _value(book, kind, cell):
    if kind == xlrd.XL_CELL_TEXT:
        return standard_text(cell) or None
    if kind == xlrd.XL_CELL_NUMBER:
        return number_value(cell)
    if kind == xlrd.XL_CELL_DATE:
        return _day(book, cell)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(cell)
    if kind == xlrd.XL_CELL_ERROR:
        return Unread(xlrd.error_text_from_code.get(cell, "#VALUE!"), BROKEN_VALUE)
    return None


def _day(book, number):
    try:
        day = xlrd.xldate_as_datetime(number, book.datemode)
    except (ValueError, OverflowError):
        return Unread(f"{number:.6G}", "不是日期")
    if 0 <= number < 1:
        return day.time()
    return day.date() if day.time() == time() else datetime.replace(day, microsecond=0)


class _Records:
    """What stands in a sheet's records beside its values: hidden rows, merged cells, formulas nobody reckoned."""

    def __init__(self, book, content, sheet):
        self.hidden: set[int] = set()
        self.merges: list[tuple[int, int, int, int]] = []
        self.bare: set[tuple[int, int]] = set()
        if book.biff_version < _BIFF8:
            return
        stream = _workbook_stream(content)
        depth = 0
        for code, start, end in _walk(stream, book._sh_abs_posn[sheet]):
            depth += (code == _BOF) - (code == _EOF)
            if depth == 0:
                return
            self._take(code, stream[start:end])

    def _take(self, code, data):
        if code == _ROW and len(data) >= 16:
            if struct.unpack_from("<H", data, 12)[0] & _ROW_HIDDEN:
                self.hidden.add(struct.unpack_from("<H", data)[0])
        elif code == _MERGED:
            (count,) = struct.unpack_from("<H", data)
            for at in range(min(count, (len(data) - 2) // 8)):
                self.merges.append(struct.unpack_from("<4H", data, 2 + 8 * at))
        elif code == _FORMULA and data[6:7] == b"\x03" and data[12:14] == b"\xff\xff" and data[-1] in _ARITHMETIC:
            self.bare.add(struct.unpack_from("<2H", data))


def _walk(stream, at):
    """Yield (code, start, end) of the records from a place on."""
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<2H", stream, at)
        yield code, at + 4, at + 4 + length
        at += 4 + length


def _workbook_stream(content):
    found, base, size = xlrd.compdoc.CompDoc(content, logfile=io.StringIO()).locate_named_stream("Workbook")
    return bytes(found[: base + size])


def _guarded(call, *args, **kwargs):
    """Call the reader; whatever it makes of a damaged file becomes one clear error."""
    try:
        return call(*args, **kwargs)
    except MemoryError:
        raise
    except xlrd.XLRDError as error:
        raise SheetError(ENCRYPTED if "encrypted" in str(error) else _UNREADABLE) from error
    except Exception as error:
        raise SheetError(_UNREADABLE) from error
