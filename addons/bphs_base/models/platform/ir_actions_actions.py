from odoo import api, models


class IrActionsActions(models.Model):
    """A method that opens an action under a name of its own is heard: the client shows `display_name` before `name`."""

    _inherit = "ir.actions.actions"

    @api.model
    def _for_xml_id(self, full_xml_id):
        action = super()._for_xml_id(full_xml_id)
        action.pop("display_name", None)
        return action
