import base64
from contextlib import contextmanager

from odoo import models
from odoo.exceptions import UserError

from ..tools.importing.headed import find_headings
from ..tools.importing.import_columns import ImportRow, parse_cell
from ..tools.importing.refill import unfilled
from ..tools.importing.sheet_values import as_text
from ..tools.reading.process import OpenFile
from ..tools.sheet_guard import SheetError

WORKBOOK_ENDINGS = ("xlsx", "xls", "ods", "et", "docx", "doc")


class BphsImportWizard(models.AbstractModel):
    """What an import reads: the file in a process of its own, its headings, its rows cell by cell."""

    _inherit = "bphs.import.wizard"

    def _import_read(self):
        """Read, match, parse and check the file; leave the findings on the wizard.

        :return: list of :class:`ImportRow`
        """
        cleared = {
            "reject_file": False,
            "reject_file_name": False,
            "loaded_count": 0,
            "error_count": 0,
        }
        columns = self._import_columns()
        with self._import_refusals(), self._import_open() as file:
            headed = self._import_find_heading(columns, file)
            problem = self._import_problem_of(headed, file)
            if problem:
                self.write({**cleared, "state": "unmatched", "row_count": 0, "message": problem})
                return []
            rows = [self._import_parse(columns, row, headed) for row in headed.rows(file)]
        if not rows:
            raise UserError(self.env._("The sheet has headings but no rows."))
        self._import_check(rows)
        refused = [row for row in rows if row.errors]
        vals = {**cleared, "row_count": len(rows), "error_count": len(refused)}
        remarks = headed.remarks()
        if refused:
            vals |= {
                "state": "rejected",
                "message": self._import_message(refused, remarks),
            } | self._import_rejects(headed, columns, rows)
        else:
            in_order = self.env._("%(count)s rows are in order.", count=len(rows))
            vals |= {"state": "checked", "message": "\n".join([in_order, *remarks])}
        self.write(vals)
        return rows

    @contextmanager
    def _import_refusals(self):
        """What the file is refused for, as a message to the user."""
        try:
            yield
        except SheetError as error:
            raise UserError(str(error)) from error

    def _import_content(self):
        """:return: the bytes of what is to be read"""
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        return base64.b64decode(self.file)

    def _import_open(self):
        """:return: the file, opened in a process of its own"""
        return OpenFile(self._import_content())

    def _import_find_heading(self, columns, file):
        """Find the row of headings: of the first rows of all sheets, the one that names most columns.

        :return: :class:`~odoo.addons.bphs_base.tools.importing.headed.Headed`
        """
        mapping = self.mapping_id
        headed = find_headings(
            file.sheets,
            columns,
            mapping._headings(),
            (mapping.file_headings or "").split("\n"),
            [self.env._("Reason"), *self._import_ignored_headings()],
        )
        if not headed:
            raise SheetError("文件是空的")
        return headed

    def _import_problem_of(self, headed, file):
        """:return: what is wrong with the headings, or None"""
        if headed.ambiguous:
            return self.env._("More than one heading could be: %(columns)s.", columns="、".join(headed.ambiguous))
        if headed.missing:
            return self._import_missing_text(headed, file)
        if headed.alike:
            return self.env._(
                "Several sheets have these headings: %(sheets)s. Only one can be loaded: keep it, or load them one by"
                " one as files of their own.",
                sheets="、".join([headed.sheet.name, *headed.alike]),
            )
        return self._import_heading_problem(headed.unused)

    def _import_missing_text(self, headed, file):
        lines = [self.env._("The file has no column: %(columns)s.", columns="、".join(headed.missing))]
        ending = (self.file_name or "").lower().rpartition(".")[2]
        if file.kind == "text" and ending in WORKBOOK_ENDINGS and self.file:
            lines.insert(0, self.env._("The file is called .%(ending)s, but it is a plain text.", ending=ending))
        if self.mapping_id and not headed.mapped:
            lines.append(self.env._("The column mapping chosen belongs to other headings and was not used."))
        lines.append(self.env._("Read as headings: %(headings)s", headings="、".join(filter(None, headed.headings))))
        names = [sheet.name for sheet in file.sheets if sheet.name and sheet.head]
        if len(names) > 1:
            lines.append(self.env._("Sheets looked at: %(sheets)s", sheets="、".join(names)))
        return "\n".join(lines)

    def _import_parse(self, columns, sheet_row, headed):
        cells, headings = sheet_row.values, headed.headings
        if headings[-1] == self.env._("Reason") and len(cells) >= len(headings):
            # A rejected workbook that came back: what it could not hold is to be filled in.
            cells = tuple(unfilled(as_text(cells[len(headings) - 1]), headings, cells))
        row = ImportRow(sheet_row.number, cells)
        for column in columns:
            at = headed.positions.get(column.key, len(cells))
            try:
                value = parse_cell(column, cells[at] if at < len(cells) else None)
            except SheetError as error:
                row.error(column.key, str(error))
                continue
            row.values[column.key] = value
            if value is None and column.required:
                row.error(column.key, self._import_empty_text(column))
        return row

    def _import_empty_text(self, column):
        if column.fill_down:
            return self.env._("is empty and not merged with the row above: if it means the same, write it again")
        return self.env._("must not be empty")
