"""Text with separators: CSV, what is pasted from a table, text that calls itself a workbook.

What separates its cells, and which encoding it is in, its headings tell: each way to read it is an alternative, and
whoever knows the headings chooses.
"""

import csv
import io
import re
from collections.abc import Iterator

from ..importing.sheet_values import standard_text
from ..sheet_guard import Limits, SheetError, check_corner
from .cells import LONGEST_CELL, Sheet, SheetRow

SEPARATORS = ",\t;"
_HEAD = 20_000
_LINES_A_ROW = 5
_MOST_COLUMNS = 16_384  # of any workbook
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_TOO_LONG = f"第{{}}行有单元格超过 {LONGEST_CELL} 个字符，请检查引号是否配对"
_ENCODING = "无法识别文件的文字编码，请另存为 xlsx 或 UTF-8 编码的 CSV"


def text_sheets(content: bytes, limits: Limits) -> list[Sheet]:
    """The ways to read a text.

    :raise SheetError: it is none, or in no encoding of China
    """
    sheets = []
    # Line breaks within cells may be many, yet not that many.
    check_corner("CSV", content.count(b"\n") // _LINES_A_ROW, 0, limits)
    for encoding in _encodings(content, limits):
        head = content[:_HEAD].decode(encoding, errors="replace")
        if "\0" in head:
            raise SheetError("文件不是文本，请上传 xlsx、xls、ods 或 csv 文件")
        first = head.split("\n", 1)[0]
        found = sorted((sign for sign in SEPARATORS if sign in head), key=first.count, reverse=True)
        for separator in found or [","]:
            sheets.append(
                Sheet(
                    "",
                    lambda encoding=encoding, separator=separator: _rows(content, encoding, separator),
                    content.count(b"\n"),
                    alternative=bool(sheets),
                )
            )
    return sheets


def _encodings(content, limits):
    """In China, Excel writes CSV in GB18030. A cell that is broken in every encoding is the matter of its row,
    where the limits say so."""
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        if _decodes(content, encoding):
            return [encoding]
    if not limits.broken_text:
        raise SheetError(_ENCODING)
    return [marked] if marked else ["utf-8", "gb18030"]


def _decodes(content, encoding):
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _rows(content, encoding, separator) -> Iterator[SheetRow]:
    number = 0
    try:
        for number, cells in enumerate(_cells(content, encoding, separator), start=1):
            if len(cells) > _MOST_COLUMNS:
                raise SheetError(f"第{number}行超过 {_MOST_COLUMNS} 列，请检查分隔符")
            values = tuple(standard_text(cell) or None for cell in cells)
            if any(values):
                yield SheetRow(number, values)
    except csv.Error as error:
        raise SheetError(_TOO_LONG.format(number + 1)) from error


def _cells(content, encoding, separator):
    if b'"' not in content:
        yield from csv.reader(_opened(content, encoding), delimiter=separator, quoting=csv.QUOTE_NONE)
    elif separator != "\t" and _quotes_close(content, encoding, separator):
        yield from csv.reader(_opened(content, encoding), delimiter=separator)
    else:
        yield from loose_cells(content.decode(encoding, errors="replace").removeprefix("\ufeff"), separator)


def _opened(content, encoding):
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")


def _quotes_close(content, encoding, separator):
    try:
        for _cells in csv.reader(_opened(content, encoding), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True


def loose_cells(text: str, separator: str) -> Iterator[list[str]]:
    """Cells of a text in which quotes may be mere signs: a quote that is not closed before the separator is text.

    Between tabs no cell holds a tab, so there a quote does not reach over one.
    """
    inside = r'(?:[^"\t]++|"")*+' if separator == "\t" else r'(?:[^"]++|"")*+'
    mark = re.escape(separator)
    cell = re.compile(rf'"({inside})"(?={mark}|[\r\n]|\Z)|([^{mark}\r\n]*)')
    at, row = 0, []
    while True:
        found = cell.match(text, at)
        row.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at = found.end()
        if text.startswith(separator, at):
            at += 1
            continue
        yield row
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text):
            return
        row = []
