"""A file opened in this process, whatever its format: its visible sheets."""

from ..sheet_guard import Limits, bounded, inspect_file
from .cells import Sheet


def open_here(content: bytes, limits: Limits) -> tuple[str, list[Sheet]]:
    """The kind of a file and its sheets, rows within the limits.

    Hostile files are bounded, yet only :mod:`.process` bounds memory and time too: what comes from outside goes
    through there.

    :raise SheetError: no file of a kind that is read, damaged, encrypted, or beyond the limits
    """
    found = inspect_file(content, limits)
    # Each library is loaded where it is needed: the process that reads begins anew with every file.
    if found.kind == "text":
        from .text_in import text_sheets

        sheets = text_sheets(content, limits)
    elif found.kind == "docx":
        from ..importing.word_in import word_sheets

        sheets = word_sheets(content, limits)
    elif found.kind == "xls":
        from .xls_in import xls_sheets

        sheets = xls_sheets(content, limits)
    elif found.kind == "ods":
        from .ods_in import ods_sheets

        sheets = ods_sheets(found.members, limits)
    else:
        from .xlsx_in import xlsx_sheets

        sheets = xlsx_sheets(content, found.members, limits)
    for sheet in sheets:
        sheet.rows = lambda rows=sheet.rows, name=sheet.name or "CSV": bounded(rows(), name, limits)
    return found.kind, sheets
