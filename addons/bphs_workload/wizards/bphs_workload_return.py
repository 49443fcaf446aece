from odoo import fields, models


class BphsWorkloadReturn(models.TransientModel):
    """Ask why statements are returned, then return them."""

    _name = "bphs.workload.return"
    _description = "Return Workload Statements"

    workload_ids = fields.Many2many("bphs.workload", string="Statements", required=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Return the statements; rights and states are checked by the statements themselves."""
        self.ensure_one()
        self.workload_ids.action_return(self.reason)
        return {"type": "ir.actions.act_window_close"}
