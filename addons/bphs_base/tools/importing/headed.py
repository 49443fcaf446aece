"""Where the headings of a file stand, what they leave out, and the rows below them: the same for every import.

Nothing is left out without a word: sheets and columns that are not read, rows that sum up or are hidden are told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..reading.cells import Covered, SheetRow
from ..reading.process import FoundSheet
from ..sheet_guard import SheetError
from .import_columns import ImportColumn, match_columns
from .sheet_values import as_text

_TOTAL = re.compile(r"(?:全[县区市]|本[页表]|各项|以上)?(?:合计|总计|小计|共计)[:：]?")
_NUMERIC = re.compile(r"[0-9.,]*")
_LONGEST_SHOWN = 30


@dataclass
class Headed:
    """A sheet and its row of headings.

    ``positions``: column key -> place; ``ambiguous``: labels two headings claim; ``missing``: labels of required
    columns without one; ``unused``: headings that are no column; ``alike``: other sheets that would do as well;
    ``unread``: other sheets that hold something; ``mapped``: whether the saved mapping belongs to these headings.
    """

    sheet: FoundSheet
    row: SheetRow
    positions: dict[str, int]
    ambiguous: list[str]
    missing: list[str]
    unused: list[str]
    alike: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    mapped: bool = False
    hidden: int = 0
    totals: int = 0

    @cached_property
    def headings(self) -> list[str]:
        return [as_text(cell) for cell in self.row.values]

    @property
    def complete(self) -> bool:
        return not self.missing and not self.ambiguous

    def rows(self, file) -> Iterator[SheetRow]:
        """The rows below the headings, in order; afterwards ``hidden`` and ``totals`` say how many of them were such.

        :param file: the :class:`~..reading.process.OpenFile`
        :raise SheetError: something stands where no heading is
        """
        self.hidden = self.totals = 0
        headings = self.headings
        nameless = [at for at, heading in enumerate(headings) if not heading]
        for row in file.rows(self.sheet):
            if row.number <= self.row.number:
                continue
            if nameless or len(row.values) > len(headings):
                _check_nameless(row, nameless, len(headings))
            if is_total(row.values):
                self.totals += 1
                continue
            self.hidden += row.hidden
            yield row

    def remarks(self) -> list[str]:
        """What of the file is not loaded, or not seen by who looks at it."""
        told = []
        if self.unused:
            told.append(f"以下列未使用：{'、'.join(self.unused)}")
        if self.unread:
            told.append(f"以下工作表未读取：{'、'.join(self.unread)}")
        if self.totals:
            told.append(f"合计行{self.totals}行未读取")
        if self.hidden:
            told.append(f"含筛选或隐藏的{self.hidden}行")
        return told


def find_headings(
    sheets: Iterable[FoundSheet],
    columns: Iterable[ImportColumn],
    saved: Mapping[str, str] | None = None,
    saved_headings: Iterable[str] = (),
    ignored: Iterable[str] = (),
) -> Headed | None:
    """Find the sheet and the row that name most columns; None where the file holds nothing.

    :param saved: column key -> heading, of a mapping, for the row of ``saved_headings`` and no other
    :param ignored: headings the suite writes itself
    """
    columns, told = list(columns), set(ignored)
    wanted = [heading for heading in saved_headings if heading]
    best, found = None, []
    for sheet in sheets:
        candidates = [_candidate(sheet, row, columns, saved, wanted, told) for row in sheet.head]
        if candidates:
            one = max(candidates, key=lambda headed: (headed.mapped, len(headed.positions)))
            found.append(one)
            if best is None or (one.complete, len(one.positions)) > (best.complete, len(best.positions)):
                best = one
    if best:
        others = [one for one in found if one is not best and not _is_other_way(one, best)]
        best.alike = [one.sheet.name for one in others if one.complete]
        best.unread = [one.sheet.name for one in others if not one.complete]
    return best


def is_total(values: Iterable) -> bool:
    """Whether a row sums up others: 合计 where its first words stand."""
    for value in values:
        if value is None or type(value) is Covered:
            continue
        text = value if type(value) is str else as_text(value)
        if not _NUMERIC.fullmatch(text):
            return "计" in text and bool(_TOTAL.fullmatch(text.replace(" ", "")))
    return False


def column_letters(at: int) -> str:
    """The name of a column as a spreadsheet shows it; `at` counts from 0."""
    letters = ""
    while at >= 0:
        letters = chr(ord("A") + at % 26) + letters
        at = at // 26 - 1
    return letters


def _candidate(sheet, row, columns, saved, wanted, ignored):
    texts = [as_text(cell) for cell in row.values]
    mapped = bool(wanted) and [text for text in texts if text] == wanted
    positions, ambiguous = match_columns(columns, texts, saved if mapped else None)
    missing = [column.label for column in columns if column.required and column.key not in positions]
    known = set(positions.values())
    unused = [text for at, text in enumerate(texts) if text and at not in known and text not in ignored]
    return Headed(sheet, row, positions, ambiguous, missing, unused, mapped=mapped)


def _is_other_way(one, best):
    """Whether both are but ways to read the same text."""
    return one.sheet.alternative or best.sheet.alternative


def _check_nameless(row, nameless, width):
    for at in (*nameless, *range(width, len(row.values))):
        value = row.values[at] if at < len(row.values) else None
        if value is not None and value != "" and type(value) is not Covered:
            raise SheetError(
                f"第{row.number}行{column_letters(at)}列有内容“{as_text(value)[:_LONGEST_SHOWN]}”，但该列没有列名；"
                "请补上列名，或清空该列后再上传"
            )
