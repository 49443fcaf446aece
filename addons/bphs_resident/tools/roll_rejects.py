"""The workbook of rejected rows: as they came, with the reasons behind, ready to be mended and imported again."""

import io
from collections.abc import Iterable

import xlsxwriter

from odoo.addons.bphs_base.tools.importing.refill import given_back, refill_note
from odoo.addons.bphs_base.tools.importing.sheet_values import as_text

REASON = "原因"
_LONGEST_CELL = 1000  # of an over-long text the beginning is enough to find it
_WIDTH, _REASON_WIDTH = 18, 60


def reject_workbook(headings: list[str], rows: Iterable[tuple[list, str]]) -> bytes:
    """Write (cells, reasons) below the headings, one row after another.

    Every cell is text: what begins like a formula stays harmless, and a long number keeps its digits. What cannot be
    given back as it was comes back empty, and the reason says that it is to be filled in.
    """
    stream = io.BytesIO()
    # Rejected once, mended and rejected again: the old reasons go.
    places = [at for at, heading in enumerate(headings) if heading != REASON]
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        page = book.add_worksheet("问题行")
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        page.set_column(0, len(places) - 1, _WIDTH, text)
        page.set_column(len(places), len(places), _REASON_WIDTH, book.add_format({"text_wrap": True}))
        page.freeze_panes(1, 0)
        for column, at in enumerate(places):
            page.write_string(0, column, headings[at], bold)
        page.write_string(0, len(places), REASON, bold)
        for row, (cells, reason) in enumerate(rows, start=1):
            lost = []
            for column, at in enumerate(places):
                cell = cells[at] if at < len(cells) else ""
                if not given_back(cell):
                    lost.append(headings[at])
                elif told := _shown(cell):
                    page.write_string(row, column, told, text)
            page.write_string(row, len(places), reason + refill_note(lost))
    return stream.getvalue()


def _shown(value):
    return (value if isinstance(value, str) else as_text(value))[:_LONGEST_CELL]
