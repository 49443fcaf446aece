from lxml.builder import E

from odoo import api, models

from ..mixins.bphs_phone_card import OURS


class Base(models.AbstractModel):
    """An amount on a form says that it is yuan, whether or not who wrote the form thought of the currency."""

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and self._name.startswith(OURS) and "currency_id" in self._fields:
            # Those of its tables have views of their own.
            names = {node.get("name") for node in arch.iter("field") if next(node.iterancestors("field"), None) is None}
            if "currency_id" not in names and any(
                field.type == "monetary" for name, field in self._fields.items() if name in names
            ):
                arch.append(E.field(name="currency_id", invisible="1"))
        return arch, view
