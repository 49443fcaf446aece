"""What a workbook of rejected rows could not give back as it was, and what happens when it comes back untouched.

A number whose digits are lost, an error value, a formula without a result come back as an empty cell. Empty, it would
be in order where the column may be empty: so the reason beside it says which cells are to be filled in anew, and while
it says so and they are empty, the row stays out.
"""

import re
from collections.abc import Iterable

from ..reading.cells import Covered, Unread

_NOTE = re.compile(r"〔须重新填写：([^〕]*)〕")
_SEPARATOR = "｜"
NOT_GIVEN_BACK = "在原文件中无法读取，须重新填写；如确实没有，请删除本行的原因"
LOOK_AT = "〔与其他行重复，核对后请删除本行的原因〕"
# What xml, and so no workbook, can hold.
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def given_back(cell) -> bool:
    """Whether a workbook of rejects can hold a cell as it was."""
    if type(cell) in (Unread, Covered):
        return False
    return not (type(cell) is str and _NO_CELL.search(cell))


def refill_note(headings: Iterable[str]) -> str:
    """The words behind the reasons that name the cells to fill in; empty where there are none."""
    named = _SEPARATOR.join(re.sub("[〔〕｜]", "", heading) for heading in headings)
    return f"〔须重新填写：{named}〕" if named else ""


def unfilled(reason: str, headings: list[str], cells: tuple | list) -> list:
    """The cells of a row that came back: those that are still to be filled in cannot be read, as before."""
    filled = list(cells)
    for at in to_refill(reason, headings, cells):
        filled += [None] * (at + 1 - len(filled))
        filled[at] = Unread("", NOT_GIVEN_BACK)
    return filled


def to_refill(reason: str, headings: list[str], cells: tuple | list) -> list[int]:
    """The places of cells that a reason names and that are still empty."""
    found = _NOTE.search(reason)
    if not found:
        return []
    named = set(found[1].split(_SEPARATOR))
    return [
        at
        for at, heading in enumerate(headings)
        if re.sub("[〔〕｜]", "", heading) in named and (at >= len(cells) or cells[at] is None or cells[at] == "")
    ]
