"""One table made as a file of every format people send: csv, tsv, xlsx, xls, ods, docx, and a zip around a workbook.

Pure, and used by the tests of the rules too. A table is a list of rows of cells; a cell is a value, or one of
:class:`Broken` (an error value), :class:`Bare` (a formula nobody reckoned). All data is invented.
"""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape, quoteattr

import docx
import openpyxl
import xlwt

FORMATS = ("csv", "gbk", "tsv", "xlsx", "xls", "ods", "docx")
WORKBOOKS = ("xlsx", "xls", "ods")
TEXTS = ("csv", "gbk", "tsv")


@dataclass(frozen=True)
class Broken:
    text: str = "#N/A"


@dataclass(frozen=True)
class Bare:
    formula: str = "5+6"


@dataclass
class Table:
    """``merged``: (top, left, bottom, right) from 0; ``hidden``: places of rows; ``name`` of the sheet."""

    rows: list
    merged: list = field(default_factory=list)
    hidden: tuple = ()
    name: str = "Sheet1"


def made(kind, *tables):
    """:return: bytes of a file of that format"""
    tables = [table if isinstance(table, Table) else Table(table) for table in tables]
    return _MAKERS[kind](tables)


def zipped(content, name="表.xlsx"):
    """A zip with the file in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def _text(cell):
    if cell is None:
        return ""
    if isinstance(cell, Broken):
        return cell.text
    if isinstance(cell, Bare):
        return "=" + cell.formula
    return str(cell)


def _separated(separator, encoding):
    def make(tables):
        text = io.StringIO()
        csv.writer(text, delimiter=separator).writerows([_text(cell) for cell in row] for row in tables[0].rows)
        return text.getvalue().encode(encoding)

    return make


def _xlsx(tables):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        page = book.create_sheet(table.name)
        for at, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row, start=1):
                place = page.cell(at, column)
                if isinstance(cell, Broken):
                    place.value, place.data_type = cell.text, "e"
                elif isinstance(cell, Bare):
                    place.value = "=" + cell.formula
                elif cell is not None:
                    place.value = cell
                    if isinstance(cell, str):
                        place.data_type = "s"
        for top, left, bottom, right in table.merged:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for at in table.hidden:
            page.row_dimensions[at + 1].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xls(tables):
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for table in tables:
        page = book.add_sheet(table.name)
        for at, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, Broken):
                    page.row(at).set_cell_error(column, {"#N/A": 42, "#DIV/0!": 7}[cell.text])
                elif isinstance(cell, Bare):
                    page.write(at, column, xlwt.Formula(cell.formula))
                elif isinstance(cell, date):
                    page.write(at, column, cell, day)
                elif cell is not None:
                    page.write(at, column, cell)
        page.merged_ranges.extend((top, bottom, left, right) for top, left, bottom, right in table.merged)
        for at in table.hidden:
            page.row(at).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def ods_file(body, styles=""):
    """An ods of this XML within its spreadsheet."""
    marks = " ".join(f'xmlns:{key}="{value}"' for key, value in _SPACES.items())
    content = (
        f'<?xml version="1.0"?><office:document-content {marks}><office:automatic-styles>{styles}'
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _ods(tables):
    parts = []
    for table in tables:
        spans = {(top, left): bottom - top + 1 for top, left, bottom, _right in table.merged}
        under = {(at, left) for top, left, bottom, _right in table.merged for at in range(top + 1, bottom + 1)}
        rows = []
        for at, row in enumerate(table.rows):
            cells = "".join(
                "<table:covered-table-cell/>" if (at, column) in under else _ods_cell(cell, spans.get((at, column)))
                for column, cell in enumerate(row)
            )
            shown = ' table:visibility="filter"' if at in table.hidden else ""
            rows.append(f"<table:table-row{shown}>{cells}</table:table-row>")
        parts.append(f"<table:table table:name={quoteattr(table.name)}>{''.join(rows)}</table:table>")
    return ods_file("".join(parts))


def _ods_cell(cell, span=None):
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in _text(cell).split("\n"))
    if cell is None:
        told, shown = "", ""
    elif isinstance(cell, Broken):
        told = 'table:formula="of:=NA()" office:value-type="string" calcext:value-type="error"'
    elif isinstance(cell, Bare):
        told, shown = f'table:formula="of:={cell.formula}"', ""
    elif isinstance(cell, bool):
        told = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
    elif isinstance(cell, (int, float)):
        told = f'office:value-type="float" office:value="{cell}"'
    elif isinstance(cell, date):
        told = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    else:
        told = 'office:value-type="string"'
    spanned = f' table:number-rows-spanned="{span}" table:number-columns-spanned="1"' if span else ""
    return f"<table:table-cell {told}{spanned}>{shown}</table:table-cell>"


def _docx(tables):
    document = docx.Document()
    for told in tables:
        table = document.add_table(rows=len(told.rows), cols=max(map(len, told.rows)))
        for line, row in zip(table.rows, told.rows, strict=True):
            for at, cell in enumerate(row):
                line.cells[at].text = _text(cell)
        for top, left, bottom, right in told.merged:
            table.cell(top, left).merge(table.cell(bottom, right))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_MAKERS = {
    "csv": _separated(",", "utf-8"),
    "gbk": _separated(",", "gb18030"),
    "tsv": _separated("\t", "utf-8"),
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "docx": _docx,
}
