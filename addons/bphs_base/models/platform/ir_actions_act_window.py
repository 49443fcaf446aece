from odoo import api, models

from ..mixins.bphs_phone_card import OURS


class IrActionsActWindow(models.Model):
    """Every list of the suite has cards beside it, which the client shows on a phone."""

    _inherit = "ir.actions.act_window"

    @api.depends("res_model")
    def _compute_views(self):
        super()._compute_views()
        for action in self.filtered(lambda action: (action.res_model or "").startswith(OURS)):
            modes = [mode for _view_id, mode in action.views]
            if "list" in modes and "kanban" not in modes:
                views = list(action.views)
                views.insert(modes.index("list") + 1, (False, "kanban"))
                action.views = views
