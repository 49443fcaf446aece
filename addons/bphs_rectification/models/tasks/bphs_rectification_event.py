from odoo import fields, models

KINDS = [
    ("issue", "Issued"),
    ("acknowledge", "Acknowledged"),
    ("start", "Started"),
    ("submit", "Evidence Submitted"),
    ("verify", "Verified"),
    ("return", "Returned"),
    ("close", "Closed"),
    ("reject", "Not Closed, Back to Work"),
    ("reopen", "Reopened"),
    ("cancel", "Cancelled"),
    ("note", "Note"),
    ("extension", "Extension"),
    ("reminder", "Reminder"),
    ("escalation", "Escalation"),
]


class BphsRectificationEvent(models.Model):
    """What happened to a task: who, when, why, from which state to which. Written once."""

    _name = "bphs.rectification.event"
    _description = "Rectification History"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _rec_name = "kind"

    rectification_id = fields.Many2one(
        "bphs.rectification", string="Task", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(string="When", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, index=True, ondelete="restrict")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    from_state = fields.Char(readonly=True)
    to_state = fields.Char(readonly=True)
    reason = fields.Text(readonly=True)
