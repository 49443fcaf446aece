from odoo import fields, models


class BphsServiceItem(models.Model):
    """An item of the service catalogue that is counted, and may be paid by the piece."""

    _name = "bphs.service.item"
    _description = "Service Item"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True, index=True)
    category = fields.Char(required=True, help="One of the categories of the national specification.")
    unit = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "A service item with this code exists already.")
