import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.import_columns import ImportRow, match_columns, parse_cell, rejects, template
from ..tools.sheet_guard import SheetError
from ..tools.sheet_values import as_text
from ..tools.spreadsheet_in import read_sheet

# Platforms put titles and dates above the headings.
FIRST_ROWS = 10
SHOWN_ERRORS = 20
XLSX = ".xlsx"


class BphsImportWizard(models.AbstractModel):
    """The import of the whole suite: template out, file in, everything or nothing, rejected rows
    back.

    A module makes its own transient model of it, with ``_import_columns`` and ``_import_apply``, a
    row in ``ir.model.access.csv`` and a record rule ``[("create_uid", "=", user.id)]``: an upload
    is its user's alone.
    """

    _name = "bphs.import.wizard"
    _inherit = ["bphs.upload.limit.mixin"]
    _description = "Import"

    file = fields.Binary(string="Workbook or CSV File")
    file_name = fields.Char()
    mapping_id = fields.Many2one(
        "bphs.import.mapping",
        string="Column Mapping",
        domain=lambda self: [("wizard_model", "=", self._name)],
    )
    state = fields.Selection("_selection_state", default="draft", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    error_count = fields.Integer(string="Rows with Errors", readonly=True)
    loaded_count = fields.Integer(string="Records Loaded", readonly=True)
    message = fields.Text(readonly=True)
    reject_file = fields.Binary(string="Rows with Reasons", readonly=True)
    reject_file_name = fields.Char(readonly=True)
    template_file = fields.Binary(readonly=True)
    template_file_name = fields.Char(readonly=True)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        # One form serves every import; a module may still give its own.
        if view_type == "form" and not view_id:
            # Views are not readable by users; which form to show is no secret.
            own = self.env["ir.ui.view"].sudo().default_view(self._name, "form")
            view_id = own or self.env.ref("bphs_base.bphs_import_wizard_view_form").id
        return super()._get_view(view_id, view_type, **options)

    @api.model
    def _selection_state(self):
        # Not a plain list: its labels would be in Chinese here, and in English on every import that inherits this.
        labels = {
            "draft": self.env._("Choose a File"),
            "unmatched": self.env._("Columns Missing"),
            "rejected": self.env._("Errors Found"),
            "checked": self.env._("Ready to Load"),
            "loaded": self.env._("Loaded"),
        }
        return list(labels.items())

    # === HOOKS === #

    @api.model
    def _import_columns(self):
        """:return: list of :class:`~odoo.addons.bphs_base.tools.import_columns.ImportColumn`, in
        sheet order"""
        raise NotImplementedError(self._name)

    @api.model
    def _import_sheet_name(self):
        """:return: the name of the sheet, at most 31 characters"""
        return self.env._("Import")

    def _import_template_rows(self):
        """:return: list of dicts by column key that the template holds already: the user's own
        institutions"""
        return []

    def _import_heading_problem(self, unknown):
        """:param list unknown: headings of the file that are no column of the import
        :return: why the file is refused for them, or None to leave these columns out
        """
        return None

    def _import_check(self, rows):
        """Add what is wrong beyond the single cell: ``row.error(key, text)``.

        :param list rows: :class:`ImportRow`, values parsed; a cell with an error has no value
        """

    def _import_apply(self, rows):
        """Write the rows, in sets. Loading the same rows again must change nothing more.

        :return: how many records were created or changed
        """
        raise NotImplementedError(self._name)

    # === ACTION METHODS === #

    def action_template(self):
        """Give the template, filled with the user's own institutions."""
        self.ensure_one()
        self.check_access("write")
        content = template(self._import_sheet_name(), self._import_columns(), self._import_template_rows())
        self.template_file = base64.b64encode(content)
        self.template_file_name = self._import_sheet_name() + XLSX
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template_file/{self.template_file_name}?download=true",
            "target": "self",
        }

    def action_check(self):
        """Read the file and say what is wrong, changing nothing else."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "loaded":
            self._import_read()
        return self._reopen()

    def action_load(self):
        """Load the whole file, or nothing of it."""
        self.ensure_one()
        self.check_access("write")
        if not self.try_lock_for_update():
            raise UserError(self.env._("This file is being loaded already."))
        if self.state == "loaded":
            return self._reopen()
        rows = self._import_read()
        if self.state == "checked":
            count = self._import_apply(rows)
            self.write(
                {
                    "state": "loaded",
                    "loaded_count": count,
                    "message": self.env._("%(count)s records loaded.", count=count),
                }
            )
        return self._reopen()

    def action_match_columns(self):
        """Let the user say which heading of the file is which column, and keep it."""
        self.ensure_one()
        self.check_access("write")
        columns, book = self._import_columns(), self._import_book()
        heading, positions, __ = self._import_find_heading(columns, book)
        mappings = self.env["bphs.import.mapping"]
        mapping = self.mapping_id or mappings._create_for(
            self, columns, [as_text(cell) for cell in heading.values], positions
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.import.mapping",
            "res_id": mapping.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Match Columns"),
            "context": {"bphs_import_wizard_id": self.id},
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env["ir.model"]._get(self._name).name,
        }

    # === READING === #

    def _import_read(self):
        """Read, match, parse and check the file; leave the findings on the wizard.

        :return: list of :class:`ImportRow`
        """
        book = self._import_book()
        cleared = {
            "reject_file": False,
            "reject_file_name": False,
            "loaded_count": 0,
            "error_count": 0,
        }
        columns = self._import_columns()
        heading, positions, problem = self._import_find_heading(columns, book)
        if problem:
            self.write({**cleared, "state": "unmatched", "row_count": 0, "message": problem})
            return []
        rows = []
        for row in book:
            if row.number > heading.number:
                rows.append(self._import_parse(columns, row, positions, rows[-1] if rows else None))
        if not rows:
            raise UserError(self.env._("The sheet has headings but no rows."))
        self._import_check(rows)
        refused = [row for row in rows if row.errors]
        vals = {**cleared, "row_count": len(rows), "error_count": len(refused)}
        if refused:
            vals |= {
                "state": "rejected",
                "message": self._import_message(refused),
            } | self._import_rejects(heading, rows)
        else:
            vals |= {
                "state": "checked",
                "message": self.env._("%(count)s rows are in order.", count=len(rows)),
            }
        self.write(vals)
        return rows

    def _import_book(self):
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            return read_sheet(base64.b64decode(self.file), self._import_sheet_name()).rows
        except SheetError as error:
            raise UserError(str(error)) from error

    def _import_find_heading(self, columns, book):
        """Find the row of headings: of the first rows, the one that names most columns.

        :return: (row, positions by column key, what is wrong with it or None)
        """
        saved = self.mapping_id._headings()
        matches = [(row, *match_columns(columns, row.values, saved)) for row in book[:FIRST_ROWS]]
        heading, positions, ambiguous = max(matches, key=lambda match: len(match[1]))
        missing = [column.label for column in columns if column.required and column.key not in positions]
        problem = None
        if ambiguous:
            problem = self.env._("More than one heading could be: %(columns)s.", columns="、".join(ambiguous))
        elif missing:
            problem = self.env._("The file has no column: %(columns)s.", columns="、".join(missing))
        else:
            known = {*positions.values()}
            others = [as_text(cell) for at, cell in enumerate(heading.values) if at not in known]
            problem = self._import_heading_problem([text for text in others if text and text != self.env._("Reason")])
        return heading, positions, problem

    def _import_parse(self, columns, sheet_row, positions, above=None):
        cells = sheet_row.values
        row = ImportRow(sheet_row.number, cells)
        for column in columns:
            at = positions.get(column.key, len(cells))
            try:
                value = parse_cell(column, cells[at] if at < len(cells) else None)
            except SheetError as error:
                row.error(column.key, str(error))
                continue
            if value is None and column.fill_down and above:
                value = above.get(column.key)
            row.values[column.key] = value
            if value is None and column.required:
                row.error(column.key, self.env._("must not be empty"))
        return row

    # === WORDING === #

    def _import_labels(self):
        return {column.key: column.label for column in self._import_columns()}

    def _import_reason(self, row, labels):
        return "；".join(
            self.env._("%(column)s: %(problem)s", column=labels[key], problem=text) if key in labels else text
            for key, text in row.errors
        )

    def _import_message(self, refused):
        labels = self._import_labels()
        lines = [
            self.env._("Row %(row)s, %(reason)s", row=row.number, reason=self._import_reason(row, labels))
            for row in refused[:SHOWN_ERRORS]
        ]
        if len(refused) > SHOWN_ERRORS:
            lines.append(self.env._("… and %(count)s rows more.", count=len(refused) - SHOWN_ERRORS))
        return "\n".join([self.env._("Nothing was loaded."), *lines])

    def _import_rejects(self, heading, rows):
        reason = self.env._("Reason")
        headings = [as_text(cell) for cell in heading.values]
        if headings[-1] == reason:
            # A rejected workbook that was mended and came back: its old reasons go.
            headings = headings[:-1]
        labels = self._import_labels()
        content = rejects(
            self._import_sheet_name(),
            headings,
            [(row.cells, self._import_reason(row, labels)) for row in rows],
            reason,
        )
        return {
            "reject_file": base64.b64encode(content),
            "reject_file_name": self.env._("%(name)s with reasons", name=self._import_sheet_name()) + XLSX,
        }

    # === HELPERS FOR CHECKS === #

    def _import_find(self, rows, key, model, field="code", domain=()):
        """Resolve the codes of a column to records the user may see, in one query; refuse rows
        without one.

        :param str key: the column that holds the code
        :param str model: what to look for, by `field`, within `domain`
        :return: dict of code -> record
        """
        codes = {row.get(key) for row in rows if row.get(key)}
        records = self.env[model].search([(field, "in", list(codes)), *domain])
        found = {record[field]: record for record in records}
        for row in rows:
            code = row.get(key)
            if code and code not in found:
                row.error(
                    key,
                    self.env._("“%(code)s” does not exist or is not within your scope", code=code),
                )
        return found

    def _import_refuse_twice(self, rows, *keys):
        """Refuse a row whose values of `keys` an earlier row has."""
        first = {}
        for row in rows:
            identity = tuple(row.get(key) for key in keys)
            if None in identity:
                continue
            if identity in first:
                row.error(keys[0], self.env._("the same as row %(row)s", row=first[identity]))
            first.setdefault(identity, row.number)
