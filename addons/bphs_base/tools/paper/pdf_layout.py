"""The blocks of a form laid out as grids: data tables, field grids, opinion boxes, running text."""

from functools import cached_property

from .form import Capitals, Column, Fields, FormError, Opinions, Table, Text, shown
from .pdf_grid import LEADING, PADDING, Cell, Grid, Row, make_row
from .pdf_text import Typesetter, aligned

MM = 72 / 25.4
SIZES = (9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)  # a table takes the largest in which its figures fit
FIELD_SIZE = 10.5
TITLE_SIZES = (18, 17, 16)
LABEL_SHARE = 0.16
_NARROWEST = 2.05  # em: no column gets thinner than two characters


class TableLayout:
    """A data table set to a width: column widths first, then the cells."""

    def __init__(self, table: Table, setter: Typesetter, width: float, page_height: float):
        self.table = table
        self.setter = setter
        self.width = width
        self.page_height = page_height
        self.size, self.widths = self._fit()

    def grid(self) -> Grid:
        rows = [self._header(), *map(self._row, range(len(self.texts)))]
        if self.table.has_total:
            rows.append(self._total_row())
        if rows[0].height > self.page_height / 2:
            raise FormError(f"{self._name}的表头过高，请减少列数或缩短列名")
        return Grid(rows, self.width, self.page_height, header=1, keep_last=self.table.has_total)

    @property
    def _name(self):
        return f"“{self.table.title}”" if self.table.title else "表"

    @cached_property
    def texts(self) -> list[list[str]]:
        table = self.table
        return [
            [shown(column, table.value(number, column)) for column in table.columns]
            for number in range(len(table.rows))
        ]

    @cached_property
    def totals(self) -> list[str]:
        return [shown(column, self.table.total(column)) for column in self.table.columns]

    def _fit(self):
        """Choose the largest size in which no figure is broken, and share out the width."""
        needs = [self._need(at, column) for at, column in enumerate(self.table.columns)]
        shares = [column.share for column in self.table.columns]
        for size in SIZES:
            least = [need * size + 2 * PADDING + 0.1 for need in needs]
            if sum(least) <= self.width:
                return size, share_width(self.width, shares, least)
        # Too wide even in the smallest type: figures are broken over lines rather than lost.
        return SIZES[-1], share_width(self.width, needs, [0] * len(needs))

    def _need(self, at, column):
        """Least width of a column in em: its longest figure, or two characters of text."""
        if column.wraps:
            return _NARROWEST
        texts = {row[at] for row in self.texts}
        longest = max((self.setter.width(text, 1) for text in texts), default=0)
        return max(longest, self.setter.width(self.totals[at], 1, bold=True), _NARROWEST)

    def _places(self):
        x = 0.0
        for column, width in zip(self.table.columns, self.widths, strict=True):
            yield column, x, width
            x += width

    def _cell(self, text, x, width, align, bold=False, **kwargs):
        lines = self.setter.wrap(text, width - 2 * PADDING, self.size, bold)
        return Cell(x, width, lines, self.size, align, **kwargs)

    def _row(self, number):
        cells = []
        for (column, x, width), text in zip(self._places(), self.texts[number], strict=True):
            self.setter.where = f"{self._name}第{number + 1}行“{column.title}”"
            cells.append(self._cell(text, x, width, column.align))
        return make_row(cells, self.table.row_height * MM)

    def _total_row(self):
        """The label stands across the columns before the first total."""
        self.setter.where = f"{self._name}合计行"
        places = list(self._places())
        first = next(at for at, (column, _x, _width) in enumerate(places) if self.totals[at])
        start = places[first][1]
        cells = []
        if first:
            cells.append(self._cell(self.table.total_label, 0, start, "center", bold=True))
        texts = list(self.totals)
        if not first:
            texts[0] = f"{self.table.total_label}\n{texts[0]}"
        for (column, x, width), text in list(zip(places, texts, strict=True))[first:]:
            cells.append(self._cell(text, x, width, column.align, bold=True))
        return make_row(cells, self.table.row_height * MM)

    def _header(self) -> Row:
        """Titles, below the headings of their groups where there are any."""
        places = list(self._places())
        titles = []
        for column, x, width in places:
            self.setter.where = f"{self._name}列名“{column.title}”"
            titles.append(self._cell(column.title, x, width, "center", bold=True, shaded=True))
        groups = [self._group_cell(span) for span in self._groups(places)]
        least = self.table.row_height * MM
        if not groups:
            return make_row(titles, least)
        upper = make_row(groups, least * 0.8).height
        grouped = [cell for cell, place in zip(titles, places, strict=True) if place[0].group]
        lone = [cell for cell, place in zip(titles, places, strict=True) if not place[0].group]
        lower = max(make_row(grouped, least * 0.8).height, make_row(lone).height - upper)
        return Row(
            (
                *(_placed(cell, 0, upper) for cell in groups),
                *(_placed(cell, upper, lower) for cell in grouped),
                *(_placed(cell, 0, upper + lower) for cell in lone),
            ),
            upper + lower,
        )

    def _groups(self, places):
        """Neighbouring columns of one group, as (group, x, width)."""
        spans: list[tuple[str, float, float]] = []
        previous = ""
        for column, x, width in places:
            if column.group and column.group == previous:
                group, start, length = spans.pop()
                spans.append((group, start, length + width))
            elif column.group:
                spans.append((column.group, x, width))
            previous = column.group
        return spans

    def _group_cell(self, span):
        group, x, width = span
        self.setter.where = f"{self._name}列名“{group}”"
        return self._cell(group, x, width, "center", bold=True, shaded=True)


def _placed(cell, top, height):
    return Cell(
        cell.x, cell.width, cell.lines, cell.size, cell.align,
        shaded=cell.shaded, top=top, height=height,
    )  # fmt: skip


def share_width(width: float, shares: list[float], least: list[float]) -> list[float]:
    """Share out a width by weights, no column getting less than its least.

    The sum of ``least`` must not exceed ``width``.
    """
    fixed: dict[int, float] = {}
    while True:
        free = [at for at in range(len(shares)) if at not in fixed]
        left = width - sum(fixed.values())
        total = sum(shares[at] for at in free)
        short = [at for at in free if left * shares[at] / total < least[at] - 1e-6]
        if not short:
            return [fixed[at] if at in fixed else left * shares[at] / total for at in range(len(shares))]
        fixed.update((at, least[at]) for at in short)


def fields_grid(block: Fields, setter: Typesetter, width: float, page_height: float) -> Grid:
    rows = []
    for pairs in block.rows:
        part = width / len(pairs)
        label_width = width * LABEL_SHARE
        cells = []
        for at, (label, value) in enumerate(pairs):
            setter.where = f"“{label}”"
            x = at * part
            cells += [
                _text_cell(setter, label, x, label_width, align="center", bold=True, shaded=True),
                _text_cell(setter, value, x + label_width, part - label_width),
            ]
        rows.append(make_row(cells, least=8 * MM, padding=3))
    return Grid(rows, width, page_height)


def capitals_grid(block: Capitals, setter: Typesetter, width: float, page_height: float) -> Grid:
    figures = shown(Column("amount", "", "money"), block.amount)
    setter.where = f"“{block.label}”大写"
    label_width = width * LABEL_SHARE
    figures_width = setter.width(f"小写：¥{figures}", FIELD_SIZE, bold=True) + 4 * PADDING
    words_width = width - label_width - figures_width
    label = f"{block.label}（大写）"
    cells = [
        _text_cell(setter, label, 0, label_width, align="center", bold=True, shaded=True),
        _text_cell(setter, f"人民币{block.capitals}", label_width, words_width, bold=True),
        _text_cell(setter, f"小写：¥{figures}", width - figures_width, figures_width, bold=True),
    ]
    return Grid([make_row(cells, least=9 * MM, padding=3)], width, page_height)


def opinions_grid(block: Opinions, setter: Typesetter, width: float, page_height: float) -> Grid:
    """One box a stage: its title left; the opinion, and below it room for name, seal and date."""
    rows = []
    label_width = width * LABEL_SHARE
    for opinion in block.opinions:
        setter.where = f"“{opinion.title}”"
        sign = f"签字：{opinion.name or '　　　　'}　　{opinion.date or '　　　年　　月　　日'}"
        body_width = width - label_width
        cells = [
            _text_cell(setter, opinion.title, 0, label_width, align="center", bold=True, shaded=True),
            Cell(
                label_width,
                body_width,
                setter.wrap(opinion.text, body_width - 2 * PADDING, FIELD_SIZE),
                FIELD_SIZE,
                valign="top",
                foot=setter.wrap(sign, body_width - 2 * PADDING, FIELD_SIZE),
            ),
        ]
        cells[1] = _foot_right(cells[1])
        rows.append(make_row(cells, least=block.height * MM, padding=4))
    return Grid(rows, width, page_height)


def _foot_right(cell):
    return Cell(
        cell.x, cell.width, cell.lines, cell.size,
        valign=cell.valign, foot=aligned(cell.foot, "right"),
    )  # fmt: skip


def text_grid(block: Text, setter: Typesetter, width: float, page_height: float) -> Grid:
    """Running text: a row a line, so that it breaks over pages anywhere."""
    setter.where = f"正文“{block.text[:10]}”"
    text = "\n".join(f"　　{part}" for part in block.text.split("\n"))
    lines = setter.wrap(text if block.indent else block.text, width - 2 * PADDING, block.size, block.bold)
    height = block.size * LEADING * 1.15
    rows = [Row((Cell(0, width, [line], block.size, block.align),), height) for line in lines]
    return Grid(rows, width, page_height, boxed=False)


def title_grid(text: str, setter: Typesetter, width: float, page_height: float) -> Grid:
    """The title in one line where it can be, else in lines of about the same length."""
    setter.where = "标题"
    room = width - 2 * PADDING
    size = next((size for size in TITLE_SIZES if setter.width(text, size, True) <= room), 0)
    if not size:
        size = TITLE_SIZES[0]
        length = setter.width(text, size, True)
        room = min(room, length / -(-length // room) + size)
    lines = setter.wrap(text, room, size, bold=True)
    rows = [Row((Cell(0, width, [line], size, "center"),), size * LEADING * 1.1) for line in lines]
    return Grid(rows, width, page_height, boxed=False)


def spread_grid(texts, setter, width, page_height, aligns=None, size=FIELD_SIZE) -> Grid:
    """Unboxed texts side by side in parts of equal width: the line under a title, signatures."""
    part = width / len(texts)
    cells = [
        _text_cell(setter, text, at * part, part, size=size, align=aligns[at] if aligns else "left")
        for at, text in enumerate(texts)
    ]
    return Grid([make_row(cells)], width, page_height, boxed=False)


def _text_cell(setter, text, x, width, size=FIELD_SIZE, align="left", bold=False, shaded=False):
    lines = setter.wrap(text, width - 2 * PADDING, size, bold)
    return Cell(x, width, lines, size, align, shaded=shaded)
