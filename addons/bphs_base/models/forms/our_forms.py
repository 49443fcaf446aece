from odoo import api, models

# Of the suite's own models alone: what Odoo itself shows is left as it is.
OURS = "bphs."


class Base(models.AbstractModel):
    """Every form of the suite is finished in one place, after its views are put together."""

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and self._name.startswith(OURS):
            self._finish_form(arch)
        return arch, view

    @api.model
    def _finish_form(self, form):
        """What each form gets, whoever wrote it. Each idea stands in a file of its own.

        :param form: the form's element, with the tables in it
        """
