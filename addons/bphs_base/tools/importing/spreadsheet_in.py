"""Reading a file in this process, as tests and tools do that made it themselves.

Files from outside go through :mod:`.reading.process`, which reads them in a process of their own.
"""

from dataclasses import dataclass

from ..reading.book import open_here
from ..reading.cells import SheetRow
from ..sheet_guard import Limits, SheetError


@dataclass(frozen=True)
class SheetData:
    name: str
    rows: list[SheetRow]


def read_sheet(content: bytes, sheet: str = "", limits: Limits | None = None, only_sheet: bool = True) -> SheetData:
    """Return one sheet of a file; a CSV file is one sheet without a name, cut by what its first line has most of.

    :param sheet: name of the sheet; without it the first visible one that is not blank
    :param only_sheet: where the only sheet is called otherwise, it is taken all the same
    :raise SheetError: file not readable, sheet not found, nothing in it, or beyond the limits
    """
    _kind, sheets = open_here(content, limits or Limits())
    names = [found.name for found in sheets if found.name]
    if sheet and names and sheet not in names and not (only_sheet and len(names) == 1):
        raise SheetError(f"找不到工作表“{sheet}”，文件中有：{'、'.join(names)}")
    wanted = [found for found in sheets if found.name == sheet] or sheets
    for found in wanted:
        rows = list(found.rows())
        if rows:
            return SheetData(found.name, rows)
    names = "、".join(found.name for found in wanted if found.name)
    raise SheetError(f"工作表“{names}”是空的" if names else "文件是空的")


def sheet_names(content: bytes, limits: Limits | None = None) -> list[str]:
    """Return the names of the visible sheets, none for a CSV or Word file.

    :raise SheetError: as :func:`read_sheet`
    """
    _kind, sheets = open_here(content, limits or Limits())
    return [sheet.name for sheet in sheets if sheet.name]
