"""Merged cells: what stands in one counts for every row it covers, and for no other."""

from collections.abc import Iterable, Iterator

from ..sheet_guard import SheetError
from .cells import Covered, SheetRow, holds_something

MOST_MERGES = 50_000


class Merges:
    """The cells of a sheet that are merged over several rows.

    :param spans: (first row, last row, first column, last column), rows and columns from 0
    :raise SheetError: more of them than any table has
    """

    def __init__(self, spans: Iterable[tuple[int, int, int, int]]):
        self.starting = {}
        for at, (top, bottom, left, _right) in enumerate(spans):
            if at >= MOST_MERGES:
                raise SheetError(f"合并单元格超过 {MOST_MERGES} 处，请取消合并后上传")
            if bottom > top:
                self.starting.setdefault(top, []).append((left, bottom))

    def filled(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """The rows, with what merged cells above them hold. A row that holds nothing else stays out."""
        if not self.starting:
            yield from rows
            return
        running = {}
        waiting = sorted(self.starting, reverse=True)
        for row in rows:
            at = row.number - 1
            values = list(row.values)
            # A merge whose first row is blank covers the rows below with nothing.
            while waiting and waiting[-1] <= at:
                top = waiting.pop()
                for column, bottom in self.starting[top]:
                    held = values[column] if top == at and column < len(values) else None
                    running[column] = (top, bottom, held)
            for column, (top, bottom, held) in list(running.items()):
                if bottom < at:
                    del running[column]
                elif top < at and held is not None and held != "":
                    values += [None] * (column + 1 - len(values))
                    values[column] = Covered(held)
            if holds_something(values):
                yield SheetRow(row.number, tuple(values), row.hidden)
