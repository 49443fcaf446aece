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

        :return: the action that says so, over the merge as it stands now
        """
        self.ensure_one()
        self.merge_id.action_undo(self.reason)
        return self._notification(
            self.env._(
                "The merge is undone: both files stand as before, and are under “Possible Duplicates” to compare."
            ),
            next={"type": "ir.actions.act_window_close"},
        )
