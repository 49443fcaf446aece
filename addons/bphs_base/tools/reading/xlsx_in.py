"""Workbooks of Excel and WPS (xlsx): what the reader would hide, or unfold without end, is found in the parts first.

A reader gives broken cells and formulas without a result as blanks, and a blank amount is not the same as a broken
one; two cells in opposite corners make it reserve every cell between them, and one long text repeated is copied for
each cell.
"""

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import python_calamine

from ..importing.sheet_values import standard_text
from ..sheet_guard import DAMAGED, ENCRYPTED, Limits, SheetError, check_corner, check_text
from .cells import BROKEN_VALUE, NO_RESULT, Sheet, SheetRow, Unread, holds_something, number_value
from .merges import MOST_MERGES, Merges

_UNREADABLE = "文件已损坏或无法识别，请用 Excel 或 WPS 打开后另存为 xlsx 再上传"
_ATTRIBUTES = rb"""(?P<attributes>(?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+)"""
# A cell that holds something, as <c r="B2" t="e"><v>#N/A</v></c>; styled blanks hold nothing.
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])" + _ATTRIBUTES + rb">\s*<(?!/)")
_CELL_ANYWHERE = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?![^>]*\br\s*=)[^>]*>\s*<(?!/)")
_ANY_CELL = re.compile(rb"<(?:\w+:)?(?P<tag>c|row)(?=[\s/>])" + _ATTRIBUTES + rb"/?>")
# The one way in which Excel, WPS and the libraries write a cell; every other is looked at by itself.
_PLAIN_CELL = b'<c r="'
_CELL_STARTS = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")
_ODD_SIGNS = (b":c ", b":c>", b":c/", b":c\t", b":c\n", b":c\r", b'"e"', b"'e'")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""", re.IGNORECASE)
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""")
_ERROR_CELL = re.compile(rb"""\bt\s*=\s*["']e["']""")
_ERROR_TEXT = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,30})<")
# A formula that nobody has reckoned: Excel writes an empty text as t="str".
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])" + _ATTRIBUTES + rb">\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HAS_RESULT = re.compile(rb"""\bt\s*=\s*["'](?:str|e)["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})""")
_SHARED_ITEM = re.compile(rb"<(?:\w+:)?si[\s>/]")
_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_HIDDEN = re.compile(
    rb"""<(?:\w+:)?row\s(?=[^>]*\bhidden\s*=\s*["'](?:1|true)["'])[^>]*?\br\s*=\s*["']([0-9]{1,7})["']"""
)


class _Part:
    """What one sheet's part says beside its values: by (row, column) from 0 the cells that cannot be taken."""

    def __init__(self, name, content, limits):
        self.unread: dict[tuple[int, int], Unread] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden: set[int] = set()
        if not _plainly_within(content, limits):
            if _CELL_ANYWHERE.search(content):
                _check_sequence(name, content, limits)
            self._check_cells(name, content, limits)
        if b"<f" in content or b":f" in content:
            for cell in _BARE_FORMULA.finditer(content):
                if not _HAS_RESULT.search(cell["attributes"]):
                    self._refuse(cell["attributes"], "", NO_RESULT)
        for found in _MERGE.finditer(content) if b"mergeCell" in content else ():
            left, top, right, bottom = (part.decode() for part in found.groups())
            self.merges.append((int(top) - 1, int(bottom) - 1, _column_number(left) - 1, _column_number(right) - 1))
            if len(self.merges) > MOST_MERGES:
                break
        if b"hidden" in content:
            self.hidden.update(int(found[1]) for found in _HIDDEN.finditer(content))

    def _check_cells(self, name, content, limits):
        """Bound the used corner, note error values."""
        for cell in _CELL.finditer(content):
            attributes = cell["attributes"]
            reference = _REFERENCE.search(attributes)
            if reference:
                check_corner(name, int(reference[2]), _column_number(reference[1].decode().upper()), limits)
            if b"e" in attributes and _ERROR_CELL.search(attributes):
                text = _ERROR_TEXT.search(content, cell.start(), cell.end() + 400)
                self._refuse(attributes, text[1].decode(errors="replace") if text else "#VALUE!", BROKEN_VALUE)

    def _refuse(self, attributes, shown, why):
        reference = _REFERENCE.search(attributes)
        if not reference:
            raise SheetError(f"文件中有单元格没有标明位置：{Unread(shown, why)}")
        place = int(reference[2]) - 1, _column_number(reference[1].decode().upper()) - 1
        self.unread[place] = Unread(shown, why)


def _plainly_within(content, limits):
    """Whether all cells, blank ones too, say where they stand, about within the limits, and none is broken.

    Told in a few strides over the part, as a roll has millions of cells.
    """
    if any(sign in content for sign in _ODD_SIGNS):
        return False
    if sum(map(content.count, _CELL_STARTS)) != content.count(_PLAIN_CELL):
        return False
    letters = "|".join(_letters(number) for number in range(limits.columns, 0, -1))
    beyond = re.compile(rb'<c r="(?!(?:%b)[0-9]{1,%d}")' % (letters.encode(), len(str(limits.rows))))
    return not beyond.search(content)


def _letters(number):
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _check_sequence(name, content, limits):
    """Bound cells that stand one after another, without saying where."""
    row = column = 0
    for found in _ANY_CELL.finditer(content):
        if found["tag"] == b"row":
            number = _ROW_NUMBER.search(found["attributes"])
            row, column = int(number[1]) if number else row + 1, 0
        else:
            reference = _REFERENCE.search(found["attributes"])
            column = _column_number(reference[1].decode().upper()) if reference else column + 1
        check_corner(name, row, column, limits)


def xlsx_sheets(content: bytes, members: dict[str, bytes], limits: Limits) -> list[Sheet]:
    """The visible sheets of a workbook.

    :raise SheetError: damaged, or beyond the limits
    """
    names = {path.lower(): name for name, path in _sheet_paths(members)}
    parts = {}
    for path, part in members.items():
        if path.endswith(".xml") and b"c" in part and not path.startswith("docProps"):
            name = names.get(path.lower(), path)
            parts[name] = _Part(name, part, limits)
    _check_shared(members, limits)
    members.clear()
    book = guarded(python_calamine.load_workbook, io.BytesIO(content))
    shown, cells = python_calamine.SheetVisibleEnum.Visible, python_calamine.SheetTypeEnum.WorkSheet
    sheets = []
    for sheet in book.sheets_metadata:
        if sheet.visible == shown and sheet.typ == cells:
            sheets.append(_sheet(book, sheet.name, parts.get(sheet.name), limits))
    return sheets


def _sheet(book, name, part, limits):
    opened = []

    def rows():
        if not opened:
            opened.append(guarded(book.get_sheet_by_name, name))
            last = opened[0].end
            told.height, width = (last[0] + 1, last[1] + 1) if last else (0, 0)
            check_corner(name, told.height, width, limits)
        return _rows(opened[0], part)

    told = Sheet(name, rows)
    return told


def _rows(sheet, part) -> Iterator[SheetRow]:
    unread, hidden = (part.unread, part.hidden) if part else ({}, ())
    broken = {}
    for (row, column), cell in unread.items():
        broken.setdefault(row + 1, {})[column] = cell
    return Merges(part.merges if part else ()).filled(_plain_rows(sheet, broken, hidden))


def _plain_rows(sheet, broken, hidden):
    # The reader leaves out blank columns at the left.
    left = (None,) * (sheet.start[1] if sheet.start else 0)
    number, cells_of = 0, iter(sheet.iter_rows())
    while True:
        cells = guarded(next, cells_of, None)
        if cells is None:
            break
        number += 1
        values = left + tuple(map(_value, cells))
        if number in broken:
            values = _with_unread(values, broken.pop(number))
        if holds_something(values):
            yield SheetRow(number, values, number in hidden)
    # Where nothing but broken cells follows, the reader has ended before.
    for number, cells in sorted(broken.items()):
        yield SheetRow(number, _with_unread((), cells), number in hidden)


def _with_unread(values, unread):
    filled = list(values) + [None] * (max(unread) + 1 - len(values))
    for column, cell in unread.items():
        filled[column] = cell
    return tuple(filled)


def _value(cell):
    if type(cell) is str:
        return standard_text(cell) or None
    if type(cell) is float:
        return number_value(cell)
    return cell


def guarded(call, *args, **kwargs):
    """Call the reader; whatever it makes of a damaged file becomes one clear error."""
    try:
        return call(*args, **kwargs)
    except python_calamine.PasswordError as error:
        raise SheetError(ENCRYPTED) from error
    except MemoryError:
        raise
    except Exception as error:
        raise SheetError(_UNREADABLE) from error
    except BaseException as error:
        # A panic of the reader, which is written in Rust, is not an Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SheetError(_UNREADABLE) from error


def _check_shared(members, limits):
    """A text that many cells share is copied for each of them."""
    shared = next((part for path, part in members.items() if path.lower() == "xl/sharedstrings.xml"), b"")
    starts = [found.start() for found in _SHARED_ITEM.finditer(shared)] + [len(shared)]
    lengths = [end - start for start, end in zip(starts, starts[1:], strict=False)]
    pages = [part for path, part in members.items() if path.lower().startswith("xl/worksheets/")]
    most = max(lengths, default=0) * sum(page.count(b't="s"') + page.count(b"t='s'") for page in pages)
    if most <= limits.text:
        return
    total = 0
    for page in pages:
        for found in _SHARED.finditer(page):
            at = int(found[1])
            total += lengths[at] if at < len(lengths) else 0
            check_text(total, limits)


def _sheet_paths(members):
    """Yield (sheet name, path of its part) of an xlsx."""
    try:
        book = ElementTree.fromstring(members["xl/workbook.xml"])
        links = ElementTree.fromstring(members.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    except ElementTree.ParseError as error:
        raise SheetError(DAMAGED) from error
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in (element for element in book.iter() if element.tag.endswith("}sheet")):
        linked = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = targets.get(linked, "")
        yield sheet.get("name", ""), target[1:] if target.startswith("/") else f"xl/{target}"


def _column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
