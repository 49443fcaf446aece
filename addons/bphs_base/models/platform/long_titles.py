from odoo import api, models

from ..mixins.bphs_phone_card import OURS


class Base(models.AbstractModel):
    """A title that is written goes on in a second line, as one that is only read does: in a line it would be cut."""

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and self._name.startswith(OURS):
            for node in arch.iterfind(".//h1/field"):
                field = self._fields.get(node.get("name"))
                if field is not None and field.type == "char" and not node.get("widget"):
                    node.set("widget", "text")
                    node.set("options", "{'line_breaks': False}")
        return arch, view
