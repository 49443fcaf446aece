from odoo import fields, models


class IntegerList(fields.Field):
    """A column of numbers (``int4[]``) for an index to search in; never read through a screen."""

    type = "integer_list"
    _column_type = ("int4[]", "int4[]")
    prefetch = False

    def convert_to_column(self, value, record, values=None, validate=True):
        return list(value) if value else None

    def convert_to_cache(self, value, record, validate=True):
        return tuple(value) if value else None

    def convert_to_record(self, value, record):
        return list(value or ())


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    ttype = fields.Selection(selection_add=[("integer_list", "integer_list")], ondelete={"integer_list": "cascade"})
