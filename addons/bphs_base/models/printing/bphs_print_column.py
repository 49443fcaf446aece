from odoo import fields, models


class BphsPrintColumn(models.Model):
    """A column of a printed form: its heading, and whether it is printed."""

    _name = "bphs.print.column"
    _description = "Column of a Printed Form"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("bphs.print.template", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Heading", required=True)
    shown = fields.Boolean(string="Printed", default=True)

    _key_uniq = models.Constraint("UNIQUE(template_id, key)", "This column is listed already.")
