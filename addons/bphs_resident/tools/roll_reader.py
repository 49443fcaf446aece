"""Opening a roll of residents: which sheet, which encoding, where its headings stand, then row after row.

A county's roll is of some hundred thousand rows, so rows are never all in memory as Python values.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from odoo.addons.bphs_base.tools.import_columns import match_columns
from odoo.addons.bphs_base.tools.sheet_guard import ZIP, Limits, SheetError, inspect_file
from odoo.addons.bphs_base.tools.sheet_values import as_text
from odoo.addons.bphs_base.tools.spreadsheet_in import open_book, open_sheet, visible_sheets

from .roll_columns import ROLL_COLUMNS

# A large county has a million residents; their rolls come by township.
MOST_ROWS = 500_000
LIMITS = Limits(size=100 * 2**20, unpacked=500 * 2**20, rows=MOST_ROWS + 10, columns=60)
FIRST_ROWS = 10  # platforms put titles and dates above the headings
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="[A-Z]+[0-9]+:[A-Z]+([0-9]{1,7})"')
_HEAD_BYTES = 4096
_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass
class Roll:
    """An opened roll. ``rows()`` begins anew each time it is called.

    ``positions``: column key -> place in a row; ``headings``: the texts of the heading row, ``heading_row`` its number
    as a spreadsheet shows it; ``expected``: about how many rows follow (exact for a workbook).
    """

    headings: list[str]
    heading_row: int
    positions: dict[str, int]
    expected: int
    _open: object = field(repr=False)
    _errors: Mapping = field(repr=False, default_factory=dict)

    def rows(self) -> Iterator[tuple[int, list]]:
        """Yield (row number, cells) of every row below the headings that holds something.

        :raise SheetError: a CSV row that cannot be told apart, or more rows than may be
        """
        read = 0
        for number, cells in self._open():
            if number <= self.heading_row or not any(cells):
                continue
            read += 1
            if read > MOST_ROWS:
                raise SheetError(f"文件超过 {MOST_ROWS} 行，请按乡镇拆分后分别导入")
            broken = self._errors.get(number)
            if broken:
                cells = [broken.get(at, cell) for at, cell in enumerate(cells)]
            yield number, cells


def expected_rows(content: bytes) -> int:
    """About how many rows a file holds, told without unfolding it; 0 where it does not say."""
    if not content.startswith(ZIP):
        return content.count(b"\n")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            found = [_DIMENSION.search(archive.open(name).read(_HEAD_BYTES)) for name in sheets]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        return 0  # whoever opens it says what is wrong
    return max((int(dimension[1]) for dimension in found if dimension), default=0)


def open_roll(content: bytes, saved: Mapping[str, str] | None = None) -> Roll:
    """Open a file and find its headings.

    :param saved: column key -> heading, of a mapping the user keeps
    :raise SheetError: no file of a kind that is read, too large, or columns missing, named twice
    """
    found = inspect_file(content, LIMITS)
    if found.kind == "text":
        return _open_text(content, saved)
    if found.kind == "docx":
        raise SheetError("文件不是工作簿，请上传 xlsx、xls、ods 或 csv 文件")
    book = open_book(content)
    best = None
    for name in visible_sheets(book):
        sheet = open_sheet(book, name)
        head = [cells for _at, cells in zip(range(FIRST_ROWS), _sheet_rows(sheet), strict=False)]
        candidate = _find_headings(head, saved)
        if candidate and (best is None or len(candidate[1]) > len(best[0][1])):
            best = candidate, name, sheet
    if best is None:
        raise SheetError("文件是空的")
    (at, positions, ambiguous), name, sheet = best
    broken = {}
    for (row, column), text in found.errors.get(name, {}).items():
        broken.setdefault(row + 1, {})[column] = text
    _check(positions, ambiguous)
    heading = next(cells for number, cells in enumerate(_sheet_rows(sheet), start=1) if number == at)
    return Roll(
        headings=[as_text(cell) for cell in heading],
        heading_row=at,
        positions=positions,
        expected=(sheet.total_height or 0) - at,
        _open=lambda: enumerate(_sheet_rows(sheet), start=1),
        _errors=broken,
    )


def _sheet_rows(sheet):
    """Every row from the first on; the reader leaves out blank columns at the left."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    return (left + cells for cells in sheet.iter_rows()) if left else sheet.iter_rows()


def _open_text(content, saved):
    """In China, Excel writes CSV in GB18030: what the headings can be read in is the encoding of the file.

    A cell that is broken in it is the matter of its row, not of the file.
    """
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SheetError("文件不是文本，请上传 xlsx、xls、ods 或 csv 文件")
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    best = None
    for encoding in [marked] if marked else _ENCODINGS[:2]:
        separator = _separator(content, encoding)
        head = [cells for _at, cells in zip(range(FIRST_ROWS), _text_rows(content, encoding, separator), strict=False)]
        candidate = _find_headings(head, saved)
        if candidate and (best is None or len(candidate[1]) > len(best[0][1])):
            best = candidate, encoding, separator, head
    if best is None:
        raise SheetError("文件是空的")
    (at, positions, ambiguous), encoding, separator, head = best
    if not positions:
        raise SheetError("无法识别表头：请核对列名；文字显示乱码时，请另存为 xlsx 或 UTF-8 编码的 CSV")
    _check(positions, ambiguous)
    return Roll(
        headings=[as_text(cell) for cell in head[at - 1]],
        heading_row=at,
        positions=positions,
        expected=content.count(b"\n"),
        _open=lambda: enumerate(_text_rows(content, encoding, separator), start=1),
    )


def _separator(content, encoding):
    first = content[:20000].decode(encoding, errors="replace").split("\n", 1)[0]
    return max(",\t;", key=first.count)


def _text_rows(content, encoding, separator):
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetError(f"CSV 第{number}行格式有误：引号不配对或单元格过长") from error


def _find_headings(rows, saved):
    """(row number, positions, ambiguous) of the row that names most columns; None where there is no row."""
    matches = [(at, *match_columns(ROLL_COLUMNS, cells, saved)) for at, cells in enumerate(rows, start=1) if any(cells)]
    return max(matches, key=lambda match: len(match[1]), default=None)


def _check(positions, ambiguous):
    if ambiguous:
        raise SheetError(f"表头中有重复的列：{'、'.join(ambiguous)}")
    missing = [column.label for column in ROLL_COLUMNS if column.required and column.key not in positions]
    if not {"ehr_number", "id_number"} & set(positions):
        missing.append("健康档案编号或证件号码")
    if missing:
        raise SheetError(f"缺少以下列：{'、'.join(missing)}")
