from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BphsImportMapping(models.Model):
    """How another platform heads its columns: chosen once, its exports then load without
    retyping."""

    _name = "bphs.import.mapping"
    _description = "Import Column Mapping"
    _order = "name"

    name = fields.Char(required=True)
    wizard_model = fields.Char(string="Import", required=True, readonly=True, index=True)
    file_headings = fields.Text(string="Headings of the File", readonly=True)
    line_ids = fields.One2many("bphs.import.mapping.line", "mapping_id", string="Columns")

    def action_use(self):
        """Go back to the import this mapping was opened from."""
        self.ensure_one()
        wizard = self._wizard().browse(self.env.context.get("bphs_import_wizard_id")).exists()
        if not wizard:
            raise UserError(self.env._("Open the import again and choose this mapping."))
        wizard.mapping_id = self
        return wizard.action_check()

    @api.model
    def _wizard(self):
        """:return: the import this mapping belongs to, as an empty recordset"""
        model = self.env.get(self.wizard_model)
        if model is None or not hasattr(model, "_import_columns"):
            raise UserError(self.env._("The import %(name)s does not exist.", name=self.wizard_model))
        return model

    @api.model
    def _create_for(self, wizard, columns, headings, positions):
        """A mapping with one line for each column of the import, filled where the heading was
        recognised."""
        return self.create(
            {
                "name": wizard.file_name or wizard._description,
                "wizard_model": wizard._name,
                "file_headings": "\n".join(heading for heading in headings if heading),
                "line_ids": [
                    Command.create(
                        {
                            "column_key": column.key,
                            "column_label": column.label,
                            "required": column.required,
                            "heading": headings[positions[column.key]] if column.key in positions else False,
                        }
                    )
                    for column in columns
                ],
            }
        )

    def _headings(self):
        """:return: dict of column key -> heading of the user's file"""
        return {line.column_key: line.heading for line in self.line_ids if line.heading}


class BphsImportMappingLine(models.Model):
    """One column of an import and its heading in the other platform's file."""

    _name = "bphs.import.mapping.line"
    _description = "Import Column Mapping Line"
    _order = "id"
    _rec_name = "column_label"

    mapping_id = fields.Many2one("bphs.import.mapping", required=True, index=True, ondelete="cascade")
    column_key = fields.Char(required=True, readonly=True)
    column_label = fields.Char(string="Column", required=True, readonly=True)
    required = fields.Boolean(readonly=True)
    heading = fields.Char(string="Heading in the File")
