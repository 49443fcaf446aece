"""Official documents as PDF: an :class:`~.official.Official` in, pages after GB/T 9704 out.

The same document gives the same bytes.
"""

import io

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from .faces import official_fonts
from .form import Table
from .official import (
    BOTTOM,
    CHARACTERS,
    EM,
    HEIGHT,
    LEFT,
    MM,
    NO_2,
    NO_4,
    PITCH,
    TOP,
    WIDTH,
    Official,
    level,
    title_lines,
)
from .pdf_grid import INK
from .pdf_layout import TableLayout
from .pdf_official_parts import Blank, Foot, Head, Lines, Signing, drawn
from .pdf_text import MissingGlyphError, Typesetter

_DASH = 7 * MM  # from the type area down to the page number
_TITLE_ROOM = int(WIDTH * MM / NO_2)
_LEVEL_FACES = {0: "text", 1: "hei", 2: "kai"}


def official_pdf(document: Official) -> bytes:
    """Return the document as PDF.

    What stands at its foot (版记) is on an even page, as a sheet is printed on both sides; a page left empty for that,
    and the foot alone, bear no number.

    :raise MissingGlyphError: characters that no font has
    """
    setting = _Setting()
    if not document.printer:
        return _built(document, setting, [])[0]
    own = [NextPageTemplate("upright"), PageBreak()]
    text_pages = _built(document, setting, [])[1]
    first = own if document.annexes else []
    content, pages = _built(document, setting, [*first, _foot(document, setting)])
    if pages % 2 == 0:
        return content
    # It shared the last page of the text, which is odd: a page of its own. Or it had one, which is odd: an empty one
    # before it.
    empty = [] if pages == text_pages else [*own, Blank()]
    plain = range(pages, pages + 2) if empty else ()
    return _built(document, setting, [*empty, *own, _foot(document, setting)], plain)[0]


class _Setting:
    """A typesetter for each face; what no font has is gathered from all of them."""

    def __init__(self):
        self.setters = {use: Typesetter(official_fonts(use)) for use in ("title", "text", "hei", "kai")}

    def __getitem__(self, use):
        return self.setters[use]

    def check(self):
        missing = [one for setter in self.setters.values() for one in setter.missing]
        if missing:
            absent = {font.package for setter in self.setters.values() for font in setter.fonts.absent}
            raise MissingGlyphError(missing, absent)


def _built(document, setting, last, plain=()):
    """:return: the bytes, and how many pages there are"""
    story = [*_story(document, setting), *last]
    setting.check()
    furniture = _Furniture(document, setting, frozenset(plain))
    stream = io.BytesIO()
    book = BaseDocTemplate(
        stream, pagesize=A4, title=document.title, author="、".join(document.issuers), lang="zh-CN", invariant=1
    )
    upright = Frame(LEFT * MM, BOTTOM * MM, WIDTH * MM, HEIGHT * MM, 0, 0, 0, 0)
    across = Frame(TOP * MM, LEFT * MM, HEIGHT * MM, WIDTH * MM, 0, 0, 0, 0)
    book.addPageTemplates(
        [PageTemplate("upright", [upright]), PageTemplate("across", [across], pagesize=landscape(A4))]
    )
    book.build(story, canvasmaker=furniture.canvas)
    return stream.getvalue(), furniture.pages


def _story(document, setting):
    text = setting["text"]
    story = [Head(document, setting)]
    for line in title_lines(document.title, _TITLE_ROOM):
        story.append(_title(line, setting))
    story += [Blank(1), *_paragraph(document.addressee, text)]
    body = []
    for paragraph in document.paragraphs:
        if heading := level(paragraph):
            # Never the last line of a page; one 一、 may have one （一） below it.
            body.append(CondPageBreak((4 - heading) * PITCH - 1))
        body += _paragraph(f"　　{paragraph}", setting[_LEVEL_FACES[level(paragraph)]])
    foot = []
    if document.annexes:
        foot.append(Blank(1))
        for line in document.annex_lines:
            foot += _paragraph(f"　　{line}", text)
    foot.append(Signing(document, text))
    # No page bears nothing but names and seals: the last lines of the text go with them.
    kept = body[-1:] and body.pop().cut(2)
    headed = []
    if len(kept) == 1 and level(document.paragraphs[-2:][0]):
        # Short words below a heading: it goes with them, and stands on no page alone.
        headed = [body.pop()]
    story += [*body, *kept[:-1], KeepTogether([*headed, *kept[-1:], *foot])]
    for number, annex in enumerate(document.annexes, 1):
        story += _annex(document, number, annex, setting)
    return story


def _annex(document, number, annex, setting):
    width, height = (HEIGHT, WIDTH) if annex.landscape else (WIDTH, HEIGHT)
    room = int(width * MM / NO_2)
    parts = [
        NextPageTemplate("across" if annex.landscape else "upright"),
        PageBreak(),
        *_paragraph(document.annex_label(number), setting["hei"]),
        *(_title(line, setting, width * MM) for line in title_lines(annex.title, room)),
        Blank(0.5),
    ]
    for block in annex.blocks:
        if isinstance(block, Table):
            parts.append(TableLayout(block, setting["text"], width * MM, height * MM).grid())
        else:
            lines = setting["text"].wrap(f"　　{block.text}" if block.indent else block.text, width * MM, EM)
            parts.append(Lines(lines, EM, align=block.align, room=width * MM))
    return parts


def _title(line, setting, room=WIDTH * MM):
    return Lines([setting["title"].line(line, NO_2)], NO_2, "center", PITCH * 1.2, room, heavy=True)


def _paragraph(text, setter):
    setter.where = f"正文“{text.strip()[:10]}”"
    return [Lines(setter.wrap(text, CHARACTERS * EM, EM), EM)]


def _foot(document, setting):
    return Foot(document, setting["text"])


class _Furniture:
    """Page numbers as — 1 —, on the outer side, and the watermark of a draft."""

    def __init__(self, document, setting, plain):
        self.setter, self.letter, self.plain = setting["text"], document.letter, plain
        self.watermark, self.pages = document.watermark, 0

    def canvas(self, *args, **kwargs):
        return _NumberedCanvas(self, *args, **kwargs)

    def finish(self, canvas, at):
        self.pages = at
        width, height = canvas._pagesize
        # Turned to the left: what was above is on the left now.
        left, below = (LEFT, BOTTOM) if width < height else (TOP, LEFT)
        if at not in self.plain and not (self.letter and at == 1):
            line = self.setter.line(f"— {at} —", NO_4)
            inner = left * MM + NO_4
            x = width - inner - line.width if at % 2 else inner
            canvas.setFillColor(INK)
            drawn(canvas, line, x, below * MM - _DASH - NO_4 / 2, NO_4)
        if self.watermark:
            size = 60
            line = self.setter.line(self.watermark, size)
            canvas.saveState()
            canvas.translate(width / 2, height / 2)
            canvas.rotate(35)
            canvas.setFillColor(HexColor("#000000"))
            canvas.setFillAlpha(0.1)
            drawn(canvas, line, -line.width / 2, -size / 3, size)
            canvas.restoreState()


class _NumberedCanvas(Canvas):
    def __init__(self, furniture, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._furniture = furniture

    def showPage(self):
        self._furniture.finish(self, self._pageNumber)
        super().showPage()
