"""Tables of a Word file: as wide as on paper, no row torn over two pages."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .pdf_layout import share_width

# A table takes the largest size in which its figures fit.
_TABLE_SIZES = (10.5, 10, 9.5, 9, 8.5, 8, 7.5)
_CELL_SIDE = 3.0
_NARROWEST = 2.1  # em: no column gets thinner than two characters


def fitted(columns, texts, room):
    """:return: the size of type of a table, and the width of each column in points, as on paper"""
    needs = [
        _NARROWEST if column.wraps else max(_NARROWEST, *(_em(row[at]) for row in texts), 0)
        for at, column in enumerate(columns)
    ]
    shares = [column.share for column in columns]
    for size in _TABLE_SIZES:
        least = [need * size + 2 * _CELL_SIDE + 1 for need in needs]
        if sum(least) <= room:
            return size, share_width(room, shares, least)
    # Too wide even in the smallest type: figures are broken over lines rather than lost.
    return _TABLE_SIZES[-1], share_width(room, needs, [0] * len(needs))


def _em(text):
    """About how wide a text is, in characters: no face is at hand."""
    return sum(1 if ord(character) > 0x2000 else 0.56 for character in text)


def close_sides(grid):
    """Little room beside the words of a cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(_CELL_SIDE * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def off_the_grid(paragraph):
    mark = OxmlElement("w:snapToGrid")
    mark.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(
        mark, *(f"w:{name}" for name in ("spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr"))
    )


def marked(row, name):
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))
