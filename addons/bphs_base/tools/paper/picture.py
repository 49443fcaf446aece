"""A table as a picture (png), in type large enough for a phone: what is passed on in a chat is looked at, not opened.

The same :class:`Table` as on paper, in the same faces. Pure.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from .fonts import Fonts, clean_text, default_fonts, face_file
from .form import FormError, Table, shown
from .pdf_text import Missing, MissingGlyphError

WIDTH, MARGIN, PAD = 1080, 36, 14
TITLE, TEXT, NOTE = 52, 38, 30
# A longer one no phone shows any more; a workbook does.
MOST_ROWS = 300
_INK, _LINE, _SHADE, _PAPER = 0, 170, 238, 255
_LEADING = 1.35


@dataclass(frozen=True)
class Picture:
    """:param heading: lines above the table, the first as its title :param notes: lines below it"""

    table: Table
    heading: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def picture_bytes(picture: Picture, fonts: Fonts | None = None) -> bytes:
    """Return the picture as png.

    :raise FormError: the table is longer than a phone shows
    :raise MissingGlyphError: a character that no face has
    """
    if len(picture.table.rows) > MOST_ROWS:
        raise FormError(f"图片最多列 {MOST_ROWS} 行，共 {len(picture.table.rows)} 行：请改用表格")
    return _Drawing(picture, fonts or default_fonts()).png()


class _Drawing:
    """Lays the lines out first, so that the sheet is as high as they are; then draws them."""

    def __init__(self, picture, fonts):
        self.fonts, self.strokes, self.top = fonts, [], MARGIN
        self.fills, self.rules = [], []
        for at, line in enumerate(picture.heading):
            self._line(line, TEXT if at else TITLE, bold=not at, align="center")
        self.top += PAD
        self._table(picture.table)
        self.top += PAD
        for line in picture.notes:
            self._line(line, NOTE)

    def png(self):
        image = Image.new("L", (WIDTH, int(self.top + MARGIN)), _PAPER)
        draw = ImageDraw.Draw(image)
        for box in self.fills:
            draw.rectangle(box, fill=_SHADE)
        for line in self.rules:
            draw.line(line, fill=_LINE, width=2)
        for left, top, text, size, bold in self.strokes:
            for run in self.fonts.split_by_font(text, bold):
                path, index = face_file(run.font)
                face = ImageFont.truetype(str(path), size, index=index)
                draw.text((left, top), run.text, font=face, fill=_INK)
                left += self._width(run.text, size, bold)
        stream = io.BytesIO()
        image.save(stream, "PNG", optimize=True)
        return stream.getvalue()

    # === LAYING OUT === #

    def _table(self, table):
        inner = WIDTH - 2 * MARGIN
        whole = sum(column.share for column in table.columns)
        edges = [MARGIN]
        for column in table.columns:
            edges.append(edges[-1] + inner * column.share / whole)
        head = self.top
        self._row([column.title for column in table.columns], edges, ["center"] * len(table.columns), bold=True)
        self.fills.append((MARGIN, head, WIDTH - MARGIN, self.top))
        for number in range(len(table.rows)):
            values = [shown(column, table.value(number, column)) for column in table.columns]
            self._row(values, edges, [column.align for column in table.columns])
        self.rules += [(edge, head, edge, self.top) for edge in edges]
        self.rules.append((MARGIN, head, WIDTH - MARGIN, head))

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
        self.rules.append((MARGIN, self.top, WIDTH - MARGIN, self.top))

    def _line(self, text, size, bold=False, align="left"):
        for line in self._wrapped(text, WIDTH - 2 * MARGIN, size, bold):
            self._put(line, MARGIN, WIDTH - MARGIN, self.top, size, bold, align)
            self.top += size * _LEADING

    def _put(self, text, left, right, top, size, bold, align):
        room = right - left - self._width(text, size, bold)
        left += {"left": 0, "center": room / 2, "right": room}[align]
        self.strokes.append((left, top, text, size, bold))

    def _wrapped(self, text, width, size, bold) -> Sequence[str]:
        missing = self.fonts.missing_glyphs(text)
        if missing:
            raise MissingGlyphError([Missing(char, text) for char in missing])
        lines, line = [], ""
        for char in clean_text(text):
            if char == "\n" or self._width(line + char, size, bold) > width and line:
                lines.append(line)
                line = ""
            line += char.strip("\n")
        return [*lines, line]

    def _width(self, text, size, bold):
        return sum(self.fonts.glyph(char, bold)[1] for char in text) * size
