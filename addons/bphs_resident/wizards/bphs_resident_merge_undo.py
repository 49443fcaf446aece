from odoo import fields, models


class BphsResidentMergeUndo(models.TransientModel):
    """Asks why a merge is undone."""

    _name = "bphs.resident.merge.undo"
    _description = "Undo a Merge"
    _inherit = "bphs.readable.links.mixin"

    merge_id = fields.Many2one("bphs.resident.merge", required=True, ondelete="cascade")
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Undo it; `bphs.resident.merge.action_undo` checks the right to it.

        :return: the action that opens the list, where the two files can be compared again
        """
        self.ensure_one()
        self.merge_id.action_undo(self.reason)
        return self.env["ir.actions.act_window"]._for_xml_id("bphs_resident.bphs_resident_duplicate_action")
