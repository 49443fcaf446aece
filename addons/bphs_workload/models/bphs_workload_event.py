from odoo import api, fields, models

EVENTS = [
    ("submit", "Submitted"),
    ("verify", "Verified"),
    ("return", "Returned"),
    ("lock", "Locked"),
    ("correct", "Reopened for Correction"),
]


class BphsWorkloadEvent(models.Model):
    """A step in the life of a workload statement: who, when, why, and the quantities as they
    stood then.
    """

    _name = "bphs.workload.event"
    _description = "Workload Statement Event"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _rec_name = "event"

    workload_id = fields.Many2one(
        "bphs.workload",
        string="Statement",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    event = fields.Selection(EVENTS, required=True, readonly=True)
    reason = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict", index=True)
    # [{"item": code, "name", "planned", "reported", "invalid", "invalid_reason", "false_qty"}, ...]
    quantities = fields.Json(readonly=True)
    findings = fields.Text(compute="_compute_findings", help="What verification had refused at that moment.")

    @api.depends("quantities")
    def _compute_findings(self):
        for event in self:
            event.findings = "\n".join(
                self.env._(
                    "%(item)s: reported %(reported)s, invalid %(invalid)s, false %(false)s – %(reason)s",
                    item=line["name"],
                    reported=line["reported"],
                    invalid=line["invalid"],
                    false=line["false_qty"],
                    reason=line["invalid_reason"] or "",
                ).strip(" –")
                for line in event.quantities or []
                if line["invalid"] or line["false_qty"]
            )
