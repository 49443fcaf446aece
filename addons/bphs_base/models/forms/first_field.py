from odoo import api, models


class Base(models.AbstractModel):
    """A form that begins with a date opens without the calendar, which would lie over everything else that is asked."""

    _inherit = "base"

    @api.model
    def _finish_form(self, form):
        super()._finish_form(form)
        self._leave_date_alone(form)
        # The forms of its tables too, which open one row.
        for row in form.iterfind(".//field/form"):
            if (model := self._model_of_table(row.getparent())) is not None:
                model._leave_date_alone(row)

    @api.model
    def _leave_date_alone(self, form):
        first = next((node for node in form.iter("field") if node.get("invisible") not in ("1", "True")), None)
        field = None if first is None else self._fields.get(first.get("name"))
        if field is not None and field.type in ("date", "datetime"):
            form.set("disable_autofocus", "1")
