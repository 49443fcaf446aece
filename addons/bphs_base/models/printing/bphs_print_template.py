from dataclasses import replace

from odoo import api, fields, models


class BphsPrintTemplate(models.Model):
    """How a form is headed and signed in this county: the printed words are settings, the figures are not."""

    _name = "bphs.print.template"
    _description = "Printed Form"
    _order = "sequence, code"

    code = fields.Char(
        required=True, readonly=True, help="S1 to S14: a settlement year; E1 to E17: an evaluation year."
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Title", required=True)
    issuer = fields.Char(help="Full name of the issuing unit; empty: the unit of the document.")
    signatures = fields.Char(help="Labels of the signature line, separated by 、")
    seals = fields.Char(help="Captions of the seal boxes, separated by 、")
    note = fields.Char(string="Note Below the Table")
    column_ids = fields.One2many("bphs.print.column", "template_id", string="Columns")

    _code_uniq = models.Constraint("UNIQUE(code)", "Each form has one template.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for template in self:
            template.display_name = f"{template.code} {template.name}"

    @api.model
    def _for(self, code):
        """The template of form `code`, empty where the county deleted it."""
        # sudo: everyone who may print a form prints it under the county's words
        return self.sudo().search([("code", "=", code)], limit=1)

    def _texts(self, name):
        """The parts of a field that lists words separated by 、"""
        return tuple(part.strip() for part in (self[name] or "").split("、") if part.strip())

    def _columns(self, columns):
        """Rename, order and leave out columns as this template says; those it does not list keep their places.

        :param columns: :class:`Column` tuple as the form has them
        """
        places = {column.key: at for at, column in enumerate(self.column_ids.sorted(lambda c: (c.sequence, c.id)))}
        listed = iter(sorted((column for column in columns if column.key in places), key=lambda c: places[c.key]))
        columns = [next(listed) if column.key in places else column for column in columns]
        changed = {column.key: column for column in self.column_ids}
        return tuple(
            replace(column, title=changed[column.key].name) if column.key in changed else column
            for column in columns
            if column.key not in changed or changed[column.key].shown
        )
