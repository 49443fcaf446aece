"""Reading the tables of a Word file: how the list of problems of a bulletin arrives.

As it is printed with all changes accepted: what was deleted or moved away is gone, the guide over a character is no
part of it, hidden text is not there. The file was inspected before (:mod:`.sheet_guard`): its real size is known, and
it declares no entities.
"""

import io
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from ..reading.cells import Covered, Sheet, SheetRow, holds_something
from ..sheet_guard import Limits, SheetError, check_corner
from .sheet_values import standard_text

_MERGED, _SPAN, _VALUE = qn("w:vMerge"), qn("w:gridSpan"), qn("w:val")
_BEFORE = qn("w:gridBefore")
_TEXT, _PARAGRAPH, _TAB = qn("w:t"), qn("w:p"), qn("w:tab")
_BREAKS = (qn("w:br"), qn("w:cr"))
_HYPHEN = qn("w:noBreakHyphen")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted, moved away, the guide (ruby) over a character, and what is drawn twice for older programs.
_GONE = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:rt"), _FALLBACK))
_RUN, _RUN_FORMAT, _HIDDEN = qn("w:r"), qn("w:rPr"), qn("w:vanish")
_ROW_FORMAT, _CELL_FORMAT = qn("w:trPr"), qn("w:tcPr")
_OFF = ("0", "false", "off")


def word_sheets(content: bytes, limits: Limits) -> list[Sheet]:
    """All tables of a docx, one below the other, as one sheet.

    :raise SheetError: damaged, without a table, or beyond the limits
    """
    rows = table_rows(content, limits)
    return [Sheet("", lambda: [SheetRow(at, row) for at, row in enumerate(rows, start=1)], len(rows))]


def table_rows(content: bytes, limits: Limits) -> list[tuple]:
    """Return the rows of all tables of a docx, cells as text and blank ones as None.

    A cell merged over several rows counts for each of them. A heading that repeats the first row, as at the top of
    every page's table, comes once.

    :raise SheetError: damaged, without a table, or beyond the limits
    """
    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, AttributeError) as error:
        raise SheetError("Word 文件已损坏或无法识别，请重新保存后上传") from error
    filled = []
    # Tables within cells belong to their cell's text; those in content controls count.
    for table in body.iter(qn("w:tbl")):
        if next(table.iterancestors(qn("w:tc")), None) is None:
            for row in _rows(table, limits):
                if holds_something(row):
                    filled.append(row)
                    check_corner("Word", len(filled), len(row), limits)
    if not filled:
        raise SheetError("Word 文件中没有表格")
    return [filled[0], *(row for row in filled[1:] if row != filled[0])]


def _rows(table, limits) -> Iterator[tuple]:
    """Yield the cells of each row, by column of the table's grid."""
    above = {}
    for line in table.tr_lst:
        if _struck(line, _ROW_FORMAT, qn("w:del")):
            continue
        cells, column = [], _number(line, _ROW_FORMAT, _BEFORE, 0)
        check_corner("Word", 0, column, limits)
        cells += [None] * column
        for cell in line.tc_lst:
            if _struck(cell, _CELL_FORMAT, qn("w:cellDel")):
                continue
            width = _number(cell, _CELL_FORMAT, _SPAN, 1)
            check_corner("Word", 0, column + width, limits)
            if _goes_on(cell):
                text = above.get(column)
                value = Covered(text) if text is not None else None
            else:
                value = text = standard_text(_text(cell)) or None
            above[column] = text
            cells += [value, *[None] * (width - 1)]
            column += width
        yield tuple(cells)


def _struck(element, formats, mark):
    """Whether a row or a cell was deleted, with changes tracked."""
    found = element.find(formats)
    return found is not None and found.find(mark) is not None


def _number(element, formats, name, default):
    found = element.find(formats)
    told = found.find(name) if found is not None else None
    try:
        number = int(told.get(_VALUE, default)) if told is not None else default
    except ValueError as error:
        raise SheetError("Word 文件已损坏或无法识别，请重新保存后上传") from error
    return max(number, default)


def _goes_on(cell):
    """Whether a cell is a further part of the merged one above it."""
    merged = cell.tcPr.find(_MERGED) if cell.tcPr is not None else None
    return merged is not None and merged.get(_VALUE, "continue") != "restart"


def _text(cell):
    """The words of a cell; its paragraphs and line breaks as breaks of a line."""
    parts = []
    waiting = [iter(cell)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in _GONE or (element.tag == _RUN and _is_hidden(element)):
            continue
        elif element.tag == _TEXT:
            parts.append(element.text or "")
        elif element.tag == _HYPHEN:
            parts.append("-")
        else:
            if element.tag == _PARAGRAPH or element.tag in _BREAKS:
                parts.append("\n")
            elif element.tag == _TAB:
                parts.append(" ")
            waiting.append(iter(element))
    return "".join(parts).strip()


def _is_hidden(run):
    formats = run.find(_RUN_FORMAT)
    told = formats.find(_HIDDEN) if formats is not None else None
    return told is not None and told.get(_VALUE, "1") not in _OFF
