from odoo import api, models

from ...reports.registry import FORMS


class BphsPrintMixin(models.AbstractModel):
    _inherit = "bphs.print.mixin"

    @api.model
    def _printed_forms(self):
        return super()._printed_forms() | FORMS
