"""Reading the tables of a Word file: how the list of problems of a bulletin arrives.

The file was inspected before (:mod:`.sheet_guard`): its real size is known, and it declares no entities.
"""

import io

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from .sheet_guard import Limits, SheetError, check_corner
from .sheet_values import standard_text

_MERGED, _SPAN, _TEXT = qn("w:vMerge"), qn("w:gridSpan"), qn("w:t")
_VALUE, _PARAGRAPH, _BREAKS = qn("w:val"), qn("w:p"), (qn("w:br"), qn("w:cr"))


def table_rows(content: bytes, limits: Limits) -> list[tuple[str | None, ...]]:
    """Return the rows of all tables of a docx, one below the other, cells as text and blank ones as None.

    A cell merged over several rows counts for each of them. A heading that repeats the first row, as at the top of
    every page's table, comes once.

    :raise SheetError: damaged, without a table, or beyond the limits
    """
    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise SheetError("Word 文件已损坏或无法识别，请重新保存后上传") from error
    rows = []
    # Tables within cells belong to their cell's text; those in content controls count.
    for table in body.iter(qn("w:tbl")):
        if next(table.iterancestors(qn("w:tc")), None) is None:
            rows += _rows(table)
    filled = [row for row in rows if any(row)]
    if not filled:
        raise SheetError("Word 文件中没有表格")
    check_corner("Word", len(filled), max(map(len, filled)), limits)
    return [filled[0], *(row for row in filled[1:] if row != filled[0])]


def _rows(table):
    """Yield the cells of each row, by column of the table's grid."""
    above = {}
    for line in table.tr_lst:
        cells, column = [], 0
        for cell in line.tc_lst:
            properties = cell.tcPr
            merged = properties.find(_MERGED) if properties is not None else None
            span = properties.find(_SPAN) if properties is not None else None
            if merged is not None and merged.get(_VALUE, "continue") != "restart":
                text = above.get(column)
            else:
                text = standard_text(_text(cell)) or None
            width = int(span.get(_VALUE, 1)) if span is not None else 1
            above[column] = text
            cells += [text, *[None] * (width - 1)]
            column += width
        yield tuple(cells)


def _text(cell):
    """The words of a cell; its paragraphs and line breaks as blanks of a line."""
    parts = []
    for element in cell.iter(_TEXT, _PARAGRAPH, *_BREAKS):
        parts.append(element.text or "" if element.tag == _TEXT else "\n")
    return "".join(parts).strip()
