"""Official documents as Word files, for the desk that edits and issues them: the layout of :mod:`.pdf_official`.

It names the faces of the standard and leaves their outlines to whoever opens it. The 22 lines are the page's own grid,
the 28 characters a narrower setting of each run: a grid of characters is read in two ways, and one of them sets every
character into two cells. Page numbers are fields.
"""

import io
from math import floor

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .faces import WORD_FACES
from .form import Table, shown
from .official import (
    BOTTOM,
    EM,
    HEIGHT,
    LEFT,
    MM,
    NO_2,
    NO_3,
    NO_4,
    PITCH,
    RED,
    RIGHT,
    TOP,
    WIDTH,
    Official,
    head_size,
    level,
    title_lines,
)
from .word_table import close_sides, fitted, marked, off_the_grid

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_LEVEL_FACES = {0: "text", 1: "hei", 2: "kai"}
# Twentieths of a point: 28 characters and 22 lines go into the type area, so both are cut down, never rounded up.
_CLOSER = floor((EM - NO_3) * 20)
_LINE = floor(PITCH * 20) / 20
_LATIN = "Times New Roman"
_GREY = RGBColor(0xA6, 0xA6, 0xA6)


def official_word(document: Official) -> bytes:
    """Return the document as a Word file."""
    return _Writer(document).content()


class _Writer:
    def __init__(self, document):
        self.document, self.book = document, docx.Document()
        self.section = self.book.sections[0]

    def content(self):
        self._base()
        self._head()
        self._text()
        self._signing()
        for number, annex in enumerate(self.document.annexes, 1):
            self._annex(number, annex)
        if self.document.printer:
            self._foot()
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    # === PAGE === #

    def _base(self):
        properties = self.book.core_properties
        properties.title, properties.author = self.document.title, "、".join(self.document.issuers)
        properties.comments = ""
        normal = self.book.styles["Normal"]
        normal.font.size, normal.font.name = Pt(NO_3), _LATIN
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), WORD_FACES["text"])
        space = normal.paragraph_format
        space.space_before = space.space_after = Pt(0)
        space.line_spacing_rule, space.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE)
        self.book.settings.odd_and_even_pages_header_footer = True
        self._page(self.section, across=False)
        self._numbers(self.section)
        if self.document.watermark:
            self._marked(self.section)

    def _page(self, section, across):
        sides = (TOP, RIGHT, BOTTOM, LEFT)
        if across:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            # Turned to the left: what was above is on the left now.
            sides = (RIGHT, BOTTOM, LEFT, TOP)
        else:
            section.orientation = WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, sides)
        section.footer_distance = Mm(sides[2] - 7 - 5)
        grid = section._sectPr.find(qn("w:docGrid"))  # python-docx begins with one, and each section copies it
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(_LINE * 20)))

    def _numbers(self, section):
        """— 1 — on the outer side, one character in; the first page of a letter bears none."""
        section.different_first_page_header_footer = self.document.letter
        for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = _ALIGN[align]
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(NO_4)
            for part in ("— ", "PAGE", " —"):
                run = self._run(paragraph, "" if part == "PAGE" else part, "text", NO_4)
                if part == "PAGE":
                    _field(run, part)

    def _marked(self, section):
        """What a draft is called, grey at the head of each page; sections after it go on with it.

        In words, not as a picture behind the text: each office shows and prints it, and it is gone with one deletion.
        """
        heads = [section.header, section.even_page_header]
        if self.document.letter:
            heads.append(section.first_page_header)
        for head in heads:
            head.is_linked_to_previous = False
            paragraph = head.paragraphs[0]
            paragraph.alignment = _ALIGN["center"]
            self._run(paragraph, self.document.watermark, "hei", NO_2).font.color.rgb = _GREY

    # === PARTS === #

    def _head(self):
        document = self.document
        names = document.issuers[:1] if document.letter else document.issuers
        suffix = "" if document.letter else "文件"
        # The file of several is written after the last of them: Word sets no word beside several lines.
        size = head_size(names, suffix)
        if not document.letter:
            self._line("").paragraph_format.space_after = Pt(35 * MM - PITCH)
        for number, name in enumerate(names, 1):
            paragraph = self._line("", "center")
            _exactly(paragraph, size * 1.3)
            self._run(paragraph, name + (suffix if number == len(names) else ""), "title", size, red=True)
        if document.letter:
            _rule(paragraph, "bottom", "thickThinSmallGap", 24, RED)
            self._line(document.number, "right")
            return
        self._line("")
        number = self._line(document.number, "center")
        _rule(number, "bottom", "single", 12, RED, space=round(4 * MM))
        self._line("")
        self._line("")

    def _text(self):
        document = self.document
        for line in title_lines(document.title, int(WIDTH * MM / NO_2)):
            paragraph = self._line("", "center")
            _exactly(paragraph, PITCH * 1.2)
            self._run(paragraph, line, "title", NO_2)
        self._line("")
        self._line(document.addressee)
        for text in document.paragraphs:
            face = _LEVEL_FACES[level(text)]
            paragraph = self._indented()
            paragraph.paragraph_format.keep_with_next = bool(level(text))
            self._run(paragraph, text, face, NO_3)
        if document.paragraphs:
            # No page bears names and seals alone.
            paragraph.paragraph_format.keep_with_next = True
        if document.annexes:
            self._line("").paragraph_format.keep_with_next = True
            for text in document.annex_lines:
                paragraph = self._indented()
                paragraph.paragraph_format.keep_with_next = True
                self._run(paragraph, text, "text", NO_3)

    def _signing(self):
        """Names over the date, two lines free above them: the seal is set over both."""
        for _line in range(2):
            self._line("").paragraph_format.keep_with_next = True
        names = self.document.issuers
        if len(names) == 1:
            self._line(names[0], "right").paragraph_format.keep_with_next = True
        else:
            paragraph = self._line("　　".join(names), "center")
            paragraph.paragraph_format.keep_with_next = True
        date = self._line(self.document.date or "　　　　年　月　日", "right")
        # Four characters from the right; the name stands over it.
        date.paragraph_format.right_indent = Pt(4 * EM)

    def _annex(self, number, annex):
        section = self.book.add_section(WD_SECTION.NEW_PAGE)
        self._page(section, annex.landscape)
        section.different_first_page_header_footer = False
        self._run(self._line(""), self.document.annex_label(number), "hei", NO_3)
        title = self._line("", "center")
        _exactly(title, PITCH * 1.2)
        self._run(title, annex.title, "title", NO_2)
        for block in annex.blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                paragraph = self._indented() if block.indent else self._line("", block.align)
                self._run(paragraph, block.text, "text", NO_3)

    def _table(self, table):
        columns = table.columns
        texts = [[shown(column, table.value(at, column)) for column in columns] for at in range(len(table.rows))]
        section = self.book.sections[-1]
        room = (section.page_width - section.left_margin - section.right_margin) / Pt(1)
        size, widths = fitted(columns, texts, room)
        grid = self.book.add_table(rows=1, cols=len(columns))
        grid.style, grid.autofit = "Table Grid", False
        close_sides(grid)
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = Pt(width)
        self._row(grid.rows[0], [column.title for column in columns], ["center"] * len(columns), widths, size, "hei")
        marked(grid.rows[0], "tblHeader")  # it stands again on each page
        for row in texts:
            self._row(grid.add_row(), row, [column.align for column in columns], widths, size, "text")

    def _row(self, row, texts, aligns, widths, size, face):
        marked(row, "cantSplit")
        for cell, text, align, width in zip(row.cells, texts, aligns, widths, strict=True):
            cell.width = Pt(width)
            paragraph = cell.paragraphs[0]
            paragraph.alignment = _ALIGN[align]
            off_the_grid(paragraph)
            _exactly(paragraph, size * 1.4)
            self._run(paragraph, text, face, size)

    def _foot(self):
        """版记: at the bottom of the last page; behind annexes on an even page of its own, which bears no number."""
        document = self.document
        rows = [f"抄送：{document.copies}"] if document.copies else []
        rows.append(f"{document.printer}\t{document.printed_line}")
        if document.annexes:
            section = self.book.add_section(WD_SECTION.EVEN_PAGE)
            self._page(section, across=False)
            for footer in (section.footer, section.even_page_footer):
                footer.is_linked_to_previous = False
            # Pushed down by empty lines: not every office heeds frames, or room above a page's first words.
            for _line in range(floor((HEIGHT * MM - len(rows) * NO_4 * 1.7) / _LINE) - 1):
                self._line("")
        for number, text in enumerate(rows):
            paragraph = self._line("")
            _exactly(paragraph, NO_4 * 1.7)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(NO_4)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(WIDTH * MM - NO_4), WD_TAB_ALIGNMENT.RIGHT)
            if not document.annexes:
                _to_bottom(paragraph)
            _rule(paragraph, "top", "single", 8 if number else 12, "000000")
            if number == len(rows) - 1:
                _rule(paragraph, "bottom", "single", 12, "000000")
            self._run(paragraph, text, "text", NO_4)

    # === WRITING === #

    def _line(self, text, align="left"):
        paragraph = self.book.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        if text:
            self._run(paragraph, text, "text", NO_3)
        return paragraph

    def _indented(self):
        """Two characters in, as running text begins; both edges flush."""
        paragraph = self._line("")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(round(2 * EM * 20)))
        return paragraph

    def _run(self, paragraph, text, face, size, red=False):
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(size), _LATIN
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), WORD_FACES[face])
        if size == NO_3:
            _closer(run)
        if red:
            run.font.color.rgb = RGBColor.from_string(RED.strip("#"))
        return run


def _exactly(paragraph, points):
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def _rule(paragraph, side, kind, eighths, colour, space=1):
    """A line along one side of a paragraph, so many eighths of a point thick, so many points off."""
    format_ = paragraph._p.get_or_add_pPr()
    borders = format_.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        format_.insert_element_before(
            borders, *(f"w:{name}" for name in ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "rPr"))
        )
    border = OxmlElement(f"w:{side}")
    values = {"val": kind, "sz": str(eighths), "space": str(space), "color": colour.strip("#")}
    for name, value in values.items():
        border.set(qn(f"w:{name}"), value)
    borders.append(border)


def _to_bottom(paragraph):
    """Frame a paragraph to the bottom of its page."""
    frame = OxmlElement("w:framePr")
    values = {
        "w": str(round(WIDTH * MM * 20)),
        "wrap": "around",
        "vAnchor": "margin",
        "hAnchor": "margin",
        "xAlign": "center",
        "yAlign": "bottom",
    }
    for name, value in values.items():
        frame.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(
        frame,
        *(f"w:{name}" for name in ("widowControl", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "rPr")),
    )


def _field(run, code):
    """A field of Word's own in a run: it is reckoned where the file is opened."""
    for kind in ("begin", None, "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = code
        run._r.append(part)


def _closer(run):
    """Set the characters of running text so close that 28 stand on a line."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_CLOSER))
    run._r.get_or_add_rPr().insert_element_before(
        spacing, *(f"w:{name}" for name in ("w", "kern", "position", "sz", "szCs", "highlight", "u", "lang"))
    )
