"""The one flowable of the paper kit: rows of boxed cells, split over pages below a repeated header.

reportlab's own table styles every cell by rules and lays out a paragraph in each; a settlement of
450 clinics takes it tens of seconds. Here every cell is set in lines beforehand, and drawing is
only strings and strokes.
"""

from dataclasses import dataclass, field, replace

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, PageBreak

from .pdf_text import Line, aligned

LEADING = 1.35
PADDING = 3.4  # points left and right of the text in a cell
RULE = 0.45
SHADE = HexColor("#EEF1F4")
INK = HexColor("#000000")
_TAIL = 3  # rows that go with the signatures


@dataclass(frozen=True)
class Cell:
    """A box of set lines at ``x``; ``foot`` lines stand at its bottom, flush right.

    ``top`` and ``height`` place it within the row: 0 is the whole row.
    """

    x: float
    width: float
    lines: list[Line]
    size: float
    align: str = "left"
    valign: str = "middle"
    shaded: bool = False
    foot: list[Line] = field(default_factory=list)
    top: float = 0
    height: float = 0

    @property
    def line_height(self) -> float:
        return self.size * LEADING

    def needed(self, padding: float) -> float:
        """Return the height in points that takes all lines."""
        gap = self.line_height / 2 if self.lines and self.foot else 0
        return (len(self.lines) + len(self.foot)) * self.line_height + gap + 2 * padding


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    height: float


def make_row(cells, least: float = 0, padding: float = 2.2) -> Row:
    """Return the row of the cells, as high as the highest of them needs."""
    whole = [cell.needed(padding) for cell in cells if not cell.height]
    return Row(tuple(cells), max([least, *whole]))


class Grid(Flowable):
    """Rows of cells; the first ``header`` rows stand again on each page.

    :param boxed: draw the boxes around the cells
    :param keep_last: the last row (a total) is not left alone on a page
    :param page_height: height of an empty page; only a row higher than that is broken

    ``follow`` is the height of what must stand on the page of the last rows: a page of nothing
    but signatures could be put under any figures.
    """

    def __init__(self, rows, width, page_height, header=0, boxed=True, keep_last=False):
        super().__init__()
        self.rows = rows
        self.width = width
        self.height = sum(row.height for row in rows)
        self.page_height = page_height
        self.header = header
        self.boxed = boxed
        self.keep_last = keep_last
        self.follow = 0.0

    def wrap(self, _available_width, available_height):
        """Claim the room of what follows too where it is lacking: the page then splits the grid."""
        claimed = self.height + self.follow
        crowded = self.height <= available_height < claimed
        if crowded and (self._long or claimed <= self.page_height):
            return self.width, claimed
        return self.width, self.height

    def split(self, _available_width, available_height):
        head, body = self.rows[: self.header], self.rows[self.header :]
        if self.height <= available_height:  # split only for the sake of what follows
            if not self._long:
                return []
            tail = self._part(head + self.rows[-_TAIL:])
            return [self._part(self.rows[:-_TAIL], False), PageBreak(), tail]
        head_height = sum(row.height for row in head)
        room = available_height - head_height
        count = 0
        while count < len(body) and body[count].height <= room + 1e-6:
            room -= body[count].height
            count += 1
        if self.keep_last and count == len(body) - 1:
            if count > 1:  # the room of the row held back must stay empty
                rest = self._part(head + body[count - 1 :])
                return [self._part(head + body[: count - 1], False), PageBreak(), rest]
            if self.height <= self.page_height:
                return []  # the only row goes with its total
        if count:
            return [self._part(head + body[:count], False), self._part(head + body[count:])]
        if not body or body[0].height + head_height <= self.page_height:
            return []  # the row fits on the next page whole
        first, rest = _broken(body[0], room)
        if first is None:
            return []
        return [self._part([*head, first], False), self._part([*head, rest, *body[1:]])]

    @property
    def _long(self):
        return len(self.rows) - self.header > _TAIL

    def _part(self, rows, last=True):
        """Return a grid of some of the rows; only the last part is bound to what follows."""
        part = Grid(rows, self.width, self.page_height, self.header, self.boxed)
        part.keep_last = last and self.keep_last
        part.follow = self.follow if last else 0.0
        return part

    def draw(self):
        canvas = self.canv
        canvas.setLineWidth(RULE)
        top = self.height
        for row in self.rows:
            for cell in row.cells:
                height = cell.height or row.height
                bottom = top - cell.top - height
                if self.boxed:
                    canvas.setFillColor(SHADE)
                    canvas.rect(cell.x, bottom, cell.width, height, fill=int(cell.shaded))
                canvas.setFillColor(INK)
                _draw_lines(canvas, cell, bottom, height)
            top -= row.height


def _draw_lines(canvas, cell, bottom, height):
    foot_height = len(cell.foot) * cell.line_height
    used = len(cell.lines) * cell.line_height
    room = height - (foot_height + PADDING if cell.foot else 0)
    slack = PADDING if cell.valign == "top" else (room - used) / 2
    _draw_block(canvas, cell, cell.lines, bottom + height - slack)
    _draw_block(canvas, cell, cell.foot, bottom + PADDING + foot_height)


def _draw_block(canvas, cell, lines, top):
    for line in lines:
        align = line.align or cell.align
        slack = cell.width - 2 * PADDING - line.width
        x = cell.x + PADDING + {"left": 0, "center": slack / 2, "right": slack}[align]
        # The ink of a Chinese character fills the em from 0.14 below to 0.86 above the baseline.
        draw_line(canvas, line, x, top - cell.line_height / 2 - 0.36 * cell.size, cell.size)
        top -= cell.line_height


def draw_line(canvas, line: Line, x: float, y: float, size: float):
    """Draw a set line from its left end on the baseline."""
    text = canvas.beginText(x, y)
    for run in line.runs:
        text.setFont(run.font, size)
        text.textOut(run.text)
    canvas.drawText(text)


def _broken(row, room):
    """Break a row higher than a page at ``room`` points; the first part is None if no line fits."""
    padding = 2.2
    firsts, rests = [], []
    for cell in row.cells:
        lines = [*cell.lines, *aligned(cell.foot, "right")]
        count = max(0, int((room - 2 * padding) / cell.line_height))
        firsts.append(replace(cell, lines=lines[:count], foot=[], valign="top"))
        rests.append(replace(cell, lines=lines[count:], foot=[], valign="top"))
    if not any(cell.lines for cell in firsts):
        return None, row
    return Row(tuple(firsts), room), make_row(rests)
