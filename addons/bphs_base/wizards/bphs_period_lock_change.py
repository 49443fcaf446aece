from odoo import fields, models


class BphsPeriodLockChange(models.TransientModel):
    """Asks for the reason before a period is locked or opened."""

    _name = "bphs.period.lock.change"
    _description = "Lock or Unlock a Period"

    period_id = fields.Many2one("bphs.period", required=True, readonly=True)
    operation = fields.Selection([("lock", "Lock"), ("unlock", "Unlock")], required=True, default="lock")
    institution_id = fields.Many2one(
        "bphs.institution",
        string="Only for Institution",
        help="Leave empty to lock or unlock the period for everyone.",
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        change = self.period_id.action_lock if self.operation == "lock" else self.period_id.action_unlock
        change(self.reason, self.institution_id.id)
        return {"type": "ir.actions.act_window_close"}
