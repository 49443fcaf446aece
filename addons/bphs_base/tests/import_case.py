import base64
import io

import python_calamine
import xlsxwriter

from odoo.tests import TransactionCase


class ImportCase(TransactionCase):
    """Builds files for imports and reads what they give back. Use beside ``CountyCase``, before it
    in the bases."""

    @staticmethod
    def workbook(rows, sheet="Sheet1"):
        """:return: base64 of a workbook with these rows, from its first row on"""
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
            page = book.add_worksheet(sheet)
            for at, cells in enumerate(rows):
                page.write_row(at, 0, cells)
        return base64.b64encode(buffer.getvalue())

    @staticmethod
    def read_book(content):
        """:return: rows of the first sheet of a base64 workbook"""
        book = python_calamine.load_workbook(io.BytesIO(base64.b64decode(content)))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)

    def import_file(self, model, key, rows, **vals):
        """:return: the wizard of `model`, as the user of `key`, with a workbook of `rows` in it"""
        wizard = self.as_user(key, model).create({"file": self.workbook(rows), "file_name": "a.xlsx", **vals})
        return wizard

    def assertRefused(self, wizard, reasons):
        """Exactly these rows (number as in the spreadsheet -> part of the reason) came back with a
        reason."""
        self.assertEqual(wizard.state, "rejected", wizard.message)
        rows = self.read_book(wizard.reject_file)
        found = {number: cells[-1] for number, cells in enumerate(rows[1:], start=2) if cells[-1]}
        self.assertEqual(set(found), set(reasons), found)
        for number, part in reasons.items():
            self.assertIn(part, found[number])
        self.assertEqual(wizard.error_count, len(reasons))
