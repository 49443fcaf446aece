from odoo import api, models

from ..mixins.bphs_phone_card import OURS


class Base(models.AbstractModel):
    """A form that begins with a date opens without the calendar, which would lie over everything else that is asked."""

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and self._name.startswith(OURS):
            self._leave_date_alone(arch)
            # The forms of its tables too, which open one row.
            for form in arch.iterfind(".//field/form"):
                if (model := self._model_of_table(form.getparent())) is not None:
                    model._leave_date_alone(form)
        return arch, view

    @api.model
    def _leave_date_alone(self, form):
        first = next((node for node in form.iter("field") if node.get("invisible") not in ("1", "True")), None)
        field = None if first is None else self._fields.get(first.get("name"))
        if field is not None and field.type in ("date", "datetime"):
            form.set("disable_autofocus", "1")
