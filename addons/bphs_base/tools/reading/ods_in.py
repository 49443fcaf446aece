"""OpenDocument spreadsheets (ods): read as they run, since rows and cells in them are repeated by number."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from ..importing.sheet_values import standard_text
from ..sheet_guard import DAMAGED, Limits, SheetError, check_corner
from .cells import BROKEN_VALUE, NO_RESULT, Covered, Sheet, SheetRow, Unread, holds_something, number_value

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_SPACE % name for name in ("table", "office", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELL, _UNDER = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_PARAGRAPH, _BLANK, _TAB, _BREAK = (f"{_TEXT}{name}" for name in ("p", "s", "tab", "line-break"))
_NOT_TEXT = (f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note")
_NUMBERS = ("float", "percentage", "currency")
_TIME = re.compile(r"PT([0-9]{1,4})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]+)?S")


def ods_sheets(members: dict[str, bytes], limits: Limits) -> list[Sheet]:
    """The visible sheets of a workbook.

    :raise SheetError: damaged, or beyond the limits
    """
    content = members.get("content.xml", b"")
    try:
        names = _visible(content)
    except ElementTree.ParseError as error:
        raise SheetError(DAMAGED) from error
    return [
        Sheet(name, lambda at=at, name=name: _guarded(_Table(content, at, name, limits).rows()))
        for at, name in names.items()
    ]


def _visible(content):
    """:return: the place of each sheet that is not hidden -> its name"""
    hidden, names, at = set(), {}, -1
    style = table = None
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        if event == "end":
            if element.tag == f"{_TABLE}table-row":
                table.clear()
        elif element.tag == f"{_STYLE}style":
            style = element.get(f"{_STYLE}name")
        elif element.tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
            hidden.add(style)
        elif element.tag == f"{_TABLE}table":
            at, table = at + 1, element
            if element.get(f"{_TABLE}style-name") not in hidden:
                names[at] = element.get(f"{_TABLE}name", "")
    return names


def _guarded(rows):
    try:
        yield from rows
    except (ElementTree.ParseError, ValueError, InvalidOperation, OverflowError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError(DAMAGED) from error


class _Table:
    """One sheet, read from top to bottom."""

    def __init__(self, content, at, name, limits):
        self.content, self.at, self.name, self.limits = content, at, name, limits
        self.spans: dict[int, tuple[int, object]] = {}

    def rows(self) -> Iterator[SheetRow]:
        number, table, inside = 0, -1, None
        for event, element in ElementTree.iterparse(io.BytesIO(self.content), ("start", "end")):
            if element.tag == f"{_TABLE}table":
                if event == "start":
                    table += 1
                    inside = element
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                if table == self.at:
                    repeated = int(element.get(f"{_TABLE}number-rows-repeated", 1))
                    yield from self._repeated(element, number, repeated)
                    number += repeated
                inside.clear()  # the rows behind us are not kept

    def _repeated(self, element, number, repeated):
        hidden = element.get(f"{_TABLE}visibility", "visible") != "visible"
        values = self._values(element, number)
        if holds_something(values):
            check_corner(self.name, number + repeated, len(values), self.limits)
            for at in range(number + 1, number + repeated + 1):
                yield SheetRow(at, values, hidden)

    def _values(self, element, row):
        """The cells of a row; what is repeated without an end holds nothing."""
        values, blank = [], 0
        for cell in element:
            if cell.tag not in (_CELL, _UNDER):
                continue
            repeated = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            value = self._under(row, len(values) + blank) if cell.tag == _UNDER else _value(cell)
            if value is None:
                blank += repeated
                continue
            check_corner(self.name, row + 1, len(values) + blank + repeated, self.limits)
            values += [None] * blank + [value] * repeated
            blank = 0
            below = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
            if below > 1:
                self.spans[len(values) - repeated] = row + below, value
        return tuple(values)

    def _under(self, row, column):
        until, value = self.spans.get(column, (0, None))
        return Covered(value) if row < until else None


def _value(cell):
    kind = cell.get(f"{_OFFICE}value-type")
    text = standard_text("\n".join(_text(paragraph) for paragraph in cell if paragraph.tag == _PARAGRAPH))
    formula = cell.get(f"{_TABLE}formula")
    if cell.get(f"{_CALC}value-type") == "error" or (formula and text.startswith(("#", "Err:"))):
        return Unread(text or "#VALUE!", BROKEN_VALUE)
    if formula and not kind:
        return Unread("", NO_RESULT)
    if kind in _NUMBERS:
        return number_value(Decimal(cell.get(f"{_OFFICE}value", "")))
    if kind == "date":
        return _day(cell.get(f"{_OFFICE}date-value", ""))
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    return text or standard_text(cell.get(f"{_OFFICE}string-value", "")) or None


def _day(told):
    if "T" not in told:
        return date.fromisoformat(told)
    moment = datetime.fromisoformat(told.split(".")[0])
    return moment.date() if moment.time() == time() else moment


def _time(told):
    found = _TIME.fullmatch(told)
    hours, minutes, seconds = map(int, found.groups()) if found else (0, 0, 0)
    return time(hours, minutes, seconds) if hours < 24 else timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _text(element):
    """The words of a paragraph as they are printed: blanks and breaks in it are elements."""
    if element.tag in _NOT_TEXT:
        return ""
    parts = [element.text or ""]
    for part in element:
        if part.tag == _BLANK:
            parts.append(" " * min(int(part.get(f"{_TEXT}c", 1)), 100))
        elif part.tag in (_TAB, _BREAK):
            parts.append("\n" if part.tag == _BREAK else " ")
        else:
            parts.append(_text(part))
        parts.append(part.tail or "")
    return "".join(parts)
