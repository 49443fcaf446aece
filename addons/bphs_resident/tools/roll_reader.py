"""Opening a roll of residents: which sheet, where its headings stand, then row after row.

A county's roll is of some hundred thousand rows, so rows are never all in memory as Python values. The file itself is
read in a process of its own, as every file from outside.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence

from odoo.addons.bphs_base.tools.importing.headed import Headed, find_headings
from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.importing.refill import LOOK_AT, unfilled
from odoo.addons.bphs_base.tools.importing.sheet_values import as_text
from odoo.addons.bphs_base.tools.reading.process import OpenFile
from odoo.addons.bphs_base.tools.sheet_guard import ZIP, Limits, SheetError

from .roll_columns import ROLL_COLUMNS
from .roll_rejects import REASON

# A large county has a million residents; their rolls come by township.
MOST_ROWS = 500_000
LIMITS = Limits(
    size=100 * 2**20,
    unpacked=500 * 2**20,
    rows=MOST_ROWS + 10,
    columns=60,
    cells=16_000_000,
    text=2**30,
    memory=4 * 2**30,
    seconds_per_mb=4,
    broken_text=True,
)
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="[A-Z]+[0-9]+:[A-Z]+([0-9]{1,7})"')
_HEAD_BYTES = 4096
_DIRECTORY_END, _DIRECTORY_TAIL, _LARGEST_DIRECTORY = b"PK\x05\x06", 66_000, 2**20
IGNORED = (REASON, "序号")


class Roll:
    """An opened roll; close it, or use it in a ``with``. ``rows()`` begins anew each time it is called.

    ``positions``: column key -> place in a row; ``headings``: the texts of the heading row, ``heading_row`` its number
    as a spreadsheet shows it; ``expected``: about how many rows follow (exact for a workbook).
    """

    def __init__(self, file: OpenFile, headed: Headed):
        self._file, self._headed = file, headed
        self.headings, self.positions, self.heading_row = headed.headings, headed.positions, headed.row.number
        self._reason = self.headings.index(REASON) if REASON in self.headings else None
        self.expected = max(0, headed.sheet.height - self.heading_row)

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        """End the process that reads."""
        self._file.close()

    def rows(self) -> Iterator[tuple[int, list]]:
        """Yield (row number, cells) of every row below the headings that holds something.

        :raise SheetError: something stands where no heading is, or more rows than may be
        """
        for read, (number, values, _hidden) in enumerate(self._headed.rows(self._file), start=1):
            if read > MOST_ROWS:
                raise SheetError(f"文件超过 {MOST_ROWS} 行，请按乡镇拆分后分别导入")
            if self._reason is not None and self._reason < len(values):
                values = unfilled(as_text(values[self._reason]), self.headings, values)
            yield number, ["" if value is None else value for value in values]

    def is_unseen(self, cells: list) -> bool:
        """Whether a row was rejected as the second of two, and nobody has looked at it since."""
        return self._reason is not None and self._reason < len(cells) and LOOK_AT in as_text(cells[self._reason])

    def remarks(self) -> list[str]:
        """What of the file is not loaded, or not seen by who looks at it; complete once the rows were read."""
        return self._headed.remarks()


def expected_rows(content: bytes) -> int:
    """About how many rows a file holds, told without unfolding it; 0 where it does not say."""
    if not content.startswith(ZIP):
        return content.count(b"\n")
    if not _has_small_directory(content):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [
                info
                for info in archive.infolist()
                if info.filename.startswith("xl/worksheets/") and info.compress_type == zipfile.ZIP_DEFLATED
            ]
            found = [_DIMENSION.search(archive.open(info).read(_HEAD_BYTES)) for info in sheets]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError):
        return 0  # whoever opens it says what is wrong
    return max((int(dimension[1]) for dimension in found if dimension), default=0)


def _has_small_directory(content):
    """Whether the table of contents of a zip is short: a long one alone would fill the memory."""
    at = content.rfind(_DIRECTORY_END, max(0, len(content) - _DIRECTORY_TAIL))
    return at >= 0 and int.from_bytes(content[at + 12 : at + 16], "little") <= _LARGEST_DIRECTORY


def open_roll(
    content: bytes, saved: Mapping[str, str] | None = None, columns: Sequence[ImportColumn] = ROLL_COLUMNS
) -> Roll:
    """Open a file and find its headings.

    :param saved: column key -> heading, of a mapping the user keeps
    :param columns: of another list of residents, which names each by the number of the file or of the document as well
    :raise SheetError: no file of a kind that is read, too large, or columns missing, named twice
    """
    file = OpenFile(content, LIMITS)
    try:
        return Roll(file, _headed(file, saved, columns))
    except SheetError:
        file.close()
        raise


def _headed(file, saved, columns):
    if file.kind == "docx":
        raise SheetError("文件是 Word 文件，不是工作簿，请上传 xlsx、xls、ods 或 csv 文件")
    headed = find_headings(file.sheets, columns, saved, (saved or {}).values(), IGNORED)
    if headed is None:
        raise SheetError("文件是空的")
    if file.kind == "text" and not headed.positions:
        raise SheetError("无法识别表头：请核对列名；文字显示乱码时，请另存为 xlsx 或 UTF-8 编码的 CSV")
    if headed.ambiguous:
        raise SheetError(f"表头中有重复的列：{'、'.join(headed.ambiguous)}")
    missing = list(headed.missing)
    if not {"ehr_number", "id_number"} & set(headed.positions):
        missing.append("健康档案编号或证件号码")
    if missing:
        raise SheetError(f"缺少以下列：{'、'.join(missing)}；读到的表头为：{'、'.join(filter(None, headed.headings))}")
    if headed.alike:
        names = "、".join([headed.sheet.name, *headed.alike])
        raise SheetError(f"有多个工作表都是居民名册：{names}；请只保留一个，或分别另存为文件后逐个导入")
    return headed
