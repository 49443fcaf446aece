"""Printed forms: a :class:`~.form.Form` in, the bytes of an A4 document out.

The same form gives the same bytes, so that a printed document can be told by its hash.
"""

import io
from itertools import zip_longest

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Spacer,
)

from .fonts import Fonts, default_fonts
from .form import Capitals, Charts, CutLine, Fields, Form, FormError, Opinions, Pictures, Signature, Table, Text
from .pdf_chart import chart_rows
from .pdf_grid import INK, draw_line
from .pdf_layout import (
    MM,
    TableLayout,
    capitals_grid,
    fields_grid,
    opinions_grid,
    spread_grid,
    text_grid,
    title_grid,
)
from .pdf_pictures import picture_rows
from .pdf_text import SUBSTITUTE, MissingGlyphError, Typesetter

_SIDE, _TOP, _BOTTOM = 15 * MM, 15 * MM, 17 * MM
_QR = 18 * MM
_SEAL = 40 * MM  # takes the round seal of a county bureau, 4.2 cm over the rule
_SMALL = 8.5
_DRAWERS = {
    Capitals: capitals_grid,
    Fields: fields_grid,
    Opinions: opinions_grid,
    Text: text_grid,
}
_BOXED = (Table, Capitals, Fields, Opinions)


def form_pdf(form: Form, fonts: Fonts | None = None, mark_missing: bool = False) -> bytes:
    """Return the form as PDF.

    :param fonts: faces to set it in; the installed ones if none are given
    :param mark_missing: print 〓 for a character no font has, and list the places under the form
    :raise MissingGlyphError: for such characters, unless they are to be marked
    :raise FormError: for values that do not fit their columns, or a block of no known kind
    :raise FontError: when the text face is not installed
    """
    setter = Typesetter(fonts or default_fonts())
    page = landscape(A4) if form.landscape else A4
    width, height = page[0] - 2 * _SIDE, page[1] - _TOP - _BOTTOM
    story = _Story(form, setter, width, height).flowables()
    furniture = _Furniture(form, setter, page)
    if setter.missing and not mark_missing:
        raise MissingGlyphError(setter.missing, (font.package for font in setter.fonts.absent))
    if setter.missing:
        story += _missing_note(setter, width, height)
    stream = io.BytesIO()
    document = BaseDocTemplate(
        stream,
        pagesize=page,
        title=form.title,
        author="、".join(form.issuers),
        lang="zh-CN",
        invariant=1,
    )
    # The head on later pages stands in the upper margin.
    frame = Frame(_SIDE, _BOTTOM, width, height, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=furniture.draw))
    document.build(story, canvasmaker=furniture.canvas)
    return stream.getvalue()


class _Story:
    """The form's flowables from top to bottom."""

    def __init__(self, form, setter, width, height):
        self.form, self.setter, self.width, self.height = form, setter, width, height

    def flowables(self):
        story = self._head()
        table_end = 0
        above_cut = self.form.foot_above_cut
        for block, next_block in zip_longest(self.form.blocks, self.form.blocks[1:]):
            if above_cut and isinstance(block, CutLine):
                story += self._foot()
                above_cut = False
            story += self._block(block)
            if isinstance(block, Table):
                table_end = len(story)
            if not _abut(block, next_block):
                story.append(_Gap(0, 2.5 * MM))
        story += [self._text(note, size=9) for note in self.form.notes]
        foot = [] if self.form.foot_above_cut else self._foot()
        if table_end:
            self._bind(story[table_end - 1], [*story[table_end:], *foot])
        return [*story, KeepTogether(foot)] if foot else story

    def _bind(self, grid, rest):
        """Keep the last rows of the last table on the page of the signatures, if that is short."""
        height = sum(part.wrap(self.width, self.height)[1] for part in rest)
        if height < self.height / 2:
            grid.follow = height

    def _head(self):
        form = self.form
        # A QR code keeps its corner free on both sides, so that the title stays centred.
        width = self.width - 2 * (_QR + 2 * MM if form.qr else 0)
        head = [self._text(unit, "center", size=13, width=width) for unit in form.issuers]
        head.append(_centred(title_grid(form.title, self.setter, width, self.height)))
        self.setter.where = "表头"
        parts = [form.period, form.number, f"单位：{form.unit}" if form.unit else ""]
        if any(parts):
            aligns = ("left", "center", "right")
            head += [_Gap(0, 1.5 * MM), self._spread(parts, aligns)]
        return [*head, _Gap(0, 1 * MM)]

    def _block(self, block):
        if isinstance(block, Table):
            grid = TableLayout(block, self.setter, self.width, self.height).grid()
            if not block.title:
                return [grid]
            return [self._text(block.title, "left", bold=True), _Gap(0, 1 * MM), grid]
        if isinstance(block, CutLine):
            self.setter.where = "裁切线"
            return [_Gap(0, 4 * MM), _Cut(self.setter.line(block.text, _SMALL), self.width)]
        if isinstance(block, Pictures):
            return picture_rows(block, self.setter, self.width)
        if isinstance(block, Charts):
            return chart_rows(block, self.setter, self.width)
        draw = _DRAWERS.get(type(block))
        if draw is None:
            raise FormError(f"不认识的版块：{type(block).__name__}")
        return [draw(block, self.setter, self.width, self.height)]

    def _foot(self):
        """Signatures, then seals."""
        form, foot = self.form, []
        if form.signatures:
            self.setter.where = "签字栏"
            signatures = [item if isinstance(item, Signature) else Signature(item) for item in form.signatures]
            texts = [f"{item.label}：{item.name}" for item in signatures]
            foot += [_Gap(0, 3 * MM), self._spread(texts)]
        if form.seals:
            self.setter.where = "盖章处"
            captions = [self.setter.wrap(text, _SEAL - 4 * MM, 9) for text in form.seals]
            date = self.setter.line(form.date or "　　年　　月　　日", 9)
            foot += [_Gap(0, 3 * MM), _Seals(captions, date, self.width)]
        elif form.date:
            foot += [_Gap(0, 2 * MM), self._text(form.date, "right")]
        return foot

    def _text(self, text, align="left", size=10.5, bold=False, width=None):
        width = width or self.width
        grid = text_grid(Text(text, align, bold, size), self.setter, width, self.height)
        return _centred(grid)

    def _spread(self, texts, aligns=None):
        return spread_grid(texts, self.setter, self.width, self.height, aligns)


def _abut(block, next_block):
    """Boxes of one form share their rule; two data tables do not."""
    if isinstance(next_block, Table):
        return False
    return isinstance(block, _BOXED) and isinstance(next_block, _BOXED)


def _centred(grid):
    grid.hAlign = "CENTER"
    return grid


def _missing_note(setter, width, height):
    """Say on the paper itself what could not be printed, by code point."""
    places = "；".join(f"{item.where}：U+{ord(item.char):04X}" for item in setter.missing)
    text = Text(f"注：下列文字字库缺字，以{SUBSTITUTE}代替：{places}", size=9)
    return [_Gap(0, 2 * MM), text_grid(text, setter, width, height)]


class _Gap(Spacer):
    """Room between blocks; at the foot of a page it shrinks rather than start an empty one."""

    def wrap(self, _available_width, available_height):
        return 0, min(self.height, available_height)


class _Cut(Flowable):
    """A dashed line across the page, its caption in the middle."""

    def __init__(self, line, width):
        super().__init__()
        self.line, self.width, self.height = line, width, 8 * MM

    def draw(self):
        canvas, middle = self.canv, self.height / 2
        start = (self.width - self.line.width) / 2
        canvas.setDash(3, 2)
        canvas.setLineWidth(0.5)
        canvas.line(0, middle, start - 6, middle)
        canvas.line(start + self.line.width + 6, middle, self.width, middle)
        canvas.setDash()
        draw_line(canvas, self.line, start, middle - 3, _SMALL)


class _Seals(Flowable):
    """Dotted boxes of the size of an official seal, from the right; caption above, date below."""

    def __init__(self, captions, date, width):
        super().__init__()
        self.captions, self.date = captions, date
        self.width, self.height = width, _SEAL

    def draw(self):
        canvas = self.canv
        step = _SEAL + 8 * MM
        left = self.width - step * len(self.captions) + 8 * MM
        canvas.setLineWidth(0.5)
        for at, lines in enumerate(self.captions):
            x = left + at * step
            canvas.setDash(1, 2)
            canvas.rect(x, 0, _SEAL, _SEAL)
            canvas.setDash()
            y = self.height - 6 * MM
            for line in lines:
                draw_line(canvas, line, x + (_SEAL - line.width) / 2, y, 9)
                y -= 12
            draw_line(canvas, self.date, x + (_SEAL - self.date.width) / 2, 3 * MM, 9)


class _Furniture:
    """What stands on every page: watermark, running head, page x of y, and the QR code."""

    def __init__(self, form, setter, page):
        self.form, self.setter, self.page = form, setter, page
        setter.where = "水印"
        size = min(52, page[0] * 0.9 / max(setter.width(form.watermark, 1), 1))
        self.watermark = (setter.line(form.watermark, size), size)
        setter.where = "页眉"
        self.running = setter.line("　".join(filter(None, (form.title, form.period))), _SMALL)

    def draw(self, canvas, document):
        if document.page > 1:
            draw_line(canvas, self.running, _SIDE, self.page[1] - _TOP + 3 * MM, _SMALL)
        elif self.form.qr:
            self._draw_qr(canvas)

    def finish(self, canvas, at, count):
        """Draw what goes over a page and needs the number of pages; ``at`` counts from 1."""
        width, height = self.page
        canvas.setFillColor(INK)
        line = self.setter.line(f"第 {at} 页 / 共 {count} 页", _SMALL)
        draw_line(canvas, line, (width - line.width) / 2, 9 * MM, _SMALL)
        line, size = self.watermark
        if line.runs:
            # Over the page and see-through: under it, the shaded boxes would hide parts of it.
            canvas.translate(width / 2, height / 2)
            canvas.rotate(35)
            canvas.setFillAlpha(0.12)
            draw_line(canvas, line, -line.width / 2, -size / 3, size)

    def _draw_qr(self, canvas):
        code = QrCodeWidget(self.form.qr, barLevel="M").qr
        code.make()
        left, top, module = self.page[0] - _SIDE - _QR, self.page[1] - 7 * MM, _QR / code.getModuleCount()
        # One path of squares: as shapes of their own they took most of the time of a page.
        squares = canvas.beginPath()
        for number, row in enumerate(code.modules, start=1):
            for at, dark in enumerate(row):
                if dark:
                    squares.rect(left + at * module, top - number * module, module, module)
        canvas.setFillColor(INK)
        canvas.drawPath(squares, stroke=0, fill=1)

    def canvas(self, *args, **kwargs):
        return _NumberedCanvas(self, *args, **kwargs)


class _NumberedCanvas(Canvas):
    """Keeps the pages until their number is known, then writes the footers."""

    def __init__(self, furniture, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._furniture = furniture
        self._kept = []

    def showPage(self):
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for at, page in enumerate(self._kept, start=1):
            self.__dict__.update(page)
            self._furniture.finish(self, at, len(self._kept))
            Canvas.showPage(self)
        Canvas.save(self)
