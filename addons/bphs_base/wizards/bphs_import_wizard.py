import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.importing.import_columns import rejects, template
from ..tools.reading.cells import Covered

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
        """:return: list of :class:`~odoo.addons.bphs_base.tools.importing.import_columns.ImportColumn`, in
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

    def _import_ignored_headings(self):
        """:return: headings that are never loaded and need not be told"""
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
            # What was left out stays told.
            remarks = (self.message or "").split("\n")[1:]
            loaded = self.env._("%(count)s records loaded.", count=count)
            self.write({"state": "loaded", "loaded_count": count, "message": "\n".join([loaded, *remarks])})
        return self._reopen()

    def action_match_columns(self):
        """Let the user say which heading of the file is which column, and keep it."""
        self.ensure_one()
        self.check_access("write")
        columns = self._import_columns()
        with self._import_refusals(), self._import_open() as file:
            headed = self._import_find_heading(columns, file)
        mapping = self.mapping_id if headed.mapped else False
        mapping = mapping or self.env["bphs.import.mapping"]._create_for(
            self, columns, headed.headings, headed.positions
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

    # === WORDING === #

    def _import_labels(self):
        return {column.key: column.label for column in self._import_columns()}

    def _import_reason(self, row, labels):
        return "；".join(
            self.env._("%(column)s: %(problem)s", column=labels[key], problem=text) if key in labels else text
            for key, text in row.errors
        )

    def _import_message(self, refused, remarks=()):
        labels = self._import_labels()
        lines = [
            self.env._("Row %(row)s, %(reason)s", row=row.number, reason=self._import_reason(row, labels))
            for row in refused[:SHOWN_ERRORS]
        ]
        if len(refused) > SHOWN_ERRORS:
            lines.append(self.env._("… and %(count)s rows more.", count=len(refused) - SHOWN_ERRORS))
        return "\n".join([self.env._("Nothing was loaded."), *lines, *remarks])

    def _import_rejects(self, headed, columns, rows):
        reason = self.env._("Reason")
        headings = headed.headings
        filled = {headed.positions.get(column.key) for column in columns if column.fill_down}
        if headings[-1] == reason:
            # A rejected workbook that was mended and came back: its old reasons go.
            headings = headings[:-1]
        labels = self._import_labels()
        content = rejects(
            self._import_sheet_name(),
            headings,
            [(_own_cells(row.cells, filled), self._import_reason(row, labels)) for row in rows],
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


def _own_cells(cells, filled):
    """The cells of a row as a reject workbook gives them back: what a merged cell meant stands in each row."""
    return [cell.value if at in filled and isinstance(cell, Covered) else cell for at, cell in enumerate(cells)]
