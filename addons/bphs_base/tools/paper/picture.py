"""A table or a chart as a picture (png), in type large enough for a phone: what is passed on in a chat is looked at,
not opened.

The same :class:`Table` and charts as on paper, in the same faces. Pure.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from PIL import Image, ImageDraw, ImageFont

from .chart import COLOURS, Bars, Box, Heat, Stroke, Trend, laid_out
from .fonts import Fonts, clean_text, default_fonts, face_file
from .form import FormError, Table, shown
from .pdf_text import Missing, MissingGlyphError

WIDTH, MARGIN, PAD = 1080, 36, 14
TITLE, TEXT, NOTE = 52, 38, 30
# A longer one no phone shows any more; a workbook does.
MOST_ROWS = 300
_INK, _LINE, _SHADE, _PAPER = "#000000", "#AAAAAA", "#EEEEEE", "#FFFFFF"
_LEADING = 1.35
_DASH = 12
_ALIGNED = {"left": 0, "center": 0.5, "right": 1}


@dataclass(frozen=True)
class Picture:
    """:param heading: lines above the table, the first as its title :param charts: above the table, or instead of it
    :param notes: lines below it :param width: in pixels, wider than a phone for what a document takes in
    """

    table: Table | None = None
    heading: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    charts: tuple[Bars | Trend | Heat, ...] = ()
    width: int = WIDTH


def picture_bytes(picture: Picture, fonts: Fonts | None = None) -> bytes:
    """Return the picture as png.

    :raise FormError: the table is longer than a phone shows
    :raise MissingGlyphError: a character that no face has
    """
    if picture.table and len(picture.table.rows) > MOST_ROWS:
        raise FormError(f"图片最多列 {MOST_ROWS} 行，共 {len(picture.table.rows)} 行：请改用表格")
    return _Drawing(picture, fonts or default_fonts()).png()


class _Drawing:
    """Lays the lines out first, so that the sheet is as high as they are; then draws them."""

    def __init__(self, picture, fonts):
        self.fonts, self.strokes, self.top, self.width = fonts, [], MARGIN, picture.width
        self.fills, self.rules, self.coloured = [], [], bool(picture.charts)
        for at, line in enumerate(picture.heading):
            self._line(line, TEXT if at else TITLE, bold=not at, align="center")
        self.top += PAD
        for chart in picture.charts:
            self._chart(chart)
        if picture.table:
            self._table(picture.table)
        self.top += PAD
        for line in picture.notes:
            self._line(line, NOTE)

    def png(self):
        image = Image.new("RGB", (self.width, int(self.top + MARGIN)), _PAPER)
        draw = ImageDraw.Draw(image)
        for box, colour in self.fills:
            draw.rectangle(box, fill=colour)
        for line, colour, wide in self.rules:
            draw.line(line, fill=colour, width=wide)
        for left, top, text, size, bold in self.strokes:
            for run in self.fonts.split_by_font(text, bold):
                path, index = face_file(run.font)
                face = ImageFont.truetype(str(path), size, index=index)
                draw.text((left, top), run.text, font=face, fill=_INK)
                left += self._width(run.text, size, bold)
        # Few colours or none: a palette, or greys, keep the file small.
        image = image.quantize(64) if self.coloured else image.convert("L")
        stream = io.BytesIO()
        image.save(stream, "PNG", optimize=True)
        return stream.getvalue()

    # === LAYING OUT === #

    def _chart(self, chart):
        drawing = laid_out(chart, self.width - 2 * MARGIN, NOTE, lambda text, size: self._width(clean_text(text), size))
        for shape in drawing.shapes:
            if isinstance(shape, Box):
                left, top = MARGIN + shape.left, self.top + shape.top
                self.fills.append(((left, top, left + shape.width, top + shape.height), COLOURS[shape.colour]))
            elif isinstance(shape, Stroke):
                points = [(MARGIN + x, self.top + y) for x, y in shape.points]
                points = [point for line in zip(points, points[1:], strict=False) for point in _dashes(*line, shape)]
                wide = max(1, round(shape.width))
                self.rules += [((*a, *b), COLOURS[shape.colour], wide) for a, b in points]
            else:
                self._check(shape.text)
                text, size = clean_text(shape.text), round(shape.size)
                left = MARGIN + shape.left - self._width(text, size, shape.bold) * _ALIGNED[shape.align]
                self.strokes.append((left, self.top + shape.top, text, size, shape.bold))
        self.top += drawing.height + PAD

    def _table(self, table):
        inner = self.width - 2 * MARGIN
        whole = sum(column.share for column in table.columns)
        edges = [MARGIN]
        for column in table.columns:
            edges.append(edges[-1] + inner * column.share / whole)
        head = self.top
        self._row([column.title for column in table.columns], edges, ["center"] * len(table.columns), bold=True)
        self.fills.append(((MARGIN, head, self.width - MARGIN, self.top), _SHADE))
        for number in range(len(table.rows)):
            values = [shown(column, table.value(number, column)) for column in table.columns]
            self._row(values, edges, [column.align for column in table.columns])
        self.rules += [((edge, head, edge, self.top), _LINE, 2) for edge in edges]
        self.rules.append(((MARGIN, head, self.width - MARGIN, head), _LINE, 2))

    def _row(self, texts, edges, aligns, bold=False):
        cells = [
            self._wrapped(text, right - left - 2 * PAD, TEXT, bold)
            for text, left, right in zip(texts, edges[:-1], edges[1:], strict=True)
        ]
        high = max(len(lines) for lines in cells) * TEXT * _LEADING + 2 * PAD
        for lines, left, right, align in zip(cells, edges[:-1], edges[1:], aligns, strict=True):
            top = self.top + (high - len(lines) * TEXT * _LEADING) / 2
            for line in lines:
                self._put(line, left + PAD, right - PAD, top, TEXT, bold, align)
                top += TEXT * _LEADING
        self.top += high
        self.rules.append(((MARGIN, self.top, self.width - MARGIN, self.top), _LINE, 2))

    def _line(self, text, size, bold=False, align="left"):
        for line in self._wrapped(text, self.width - 2 * MARGIN, size, bold):
            self._put(line, MARGIN, self.width - MARGIN, self.top, size, bold, align)
            self.top += size * _LEADING

    def _put(self, text, left, right, top, size, bold, align):
        room = right - left - self._width(text, size, bold)
        left += {"left": 0, "center": room / 2, "right": room}[align]
        self.strokes.append((left, top, text, size, bold))

    def _wrapped(self, text, width, size, bold) -> Sequence[str]:
        self._check(text)
        lines, line = [], ""
        for char in clean_text(text):
            if char == "\n" or self._width(line + char, size, bold) > width and line:
                lines.append(line)
                line = ""
            line += char.strip("\n")
        return [*lines, line]

    def _check(self, text):
        missing = self.fonts.missing_glyphs(text)
        if missing:
            raise MissingGlyphError([Missing(char, text) for char in missing])

    def _width(self, text, size, bold=False):
        # What no face has is told when it is set.
        return sum((self.fonts.glyph(char, bold) or ("", 1))[1] for char in text) * size


def _dashes(start, end, shape):
    """Return the pieces of a line: itself, or short ones with gaps between them."""
    if not shape.dashed:
        return [(start, end)]
    pieces = max(1, int(hypot(end[0] - start[0], end[1] - start[1]) / (2 * _DASH)))
    cut = [
        tuple(a + (b - a) * at / (2 * pieces) for a, b in zip(start, end, strict=True)) for at in range(2 * pieces + 1)
    ]
    return list(zip(cut[::2], cut[1::2], strict=False))
