from odoo import api, models


class Base(models.AbstractModel):
    """A title that is written goes on in a second line, as one that is only read does: in a line it would be cut."""

    _inherit = "base"

    @api.model
    def _finish_form(self, form):
        super()._finish_form(form)
        for node in form.iterfind(".//h1/field"):
            field = self._fields.get(node.get("name"))
            if field is not None and field.type == "char" and not node.get("widget"):
                node.set("widget", "text")
                node.set("options", "{'line_breaks': False}")
