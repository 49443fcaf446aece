from lxml.builder import E

from odoo import api, models


class Base(models.AbstractModel):
    """An amount on a form says that it is yuan, whether or not who wrote the form thought of the currency."""

    _inherit = "base"

    @api.model
    def _finish_form(self, form):
        super()._finish_form(form)
        # Those of its tables have views of their own.
        names = {node.get("name") for node in form.iter("field") if next(node.iterancestors("field"), None) is None}
        if "currency_id" in self._fields and "currency_id" not in names:
            if any(field.type == "monetary" for name, field in self._fields.items() if name in names):
                form.append(E.field(name="currency_id", invisible="1"))
