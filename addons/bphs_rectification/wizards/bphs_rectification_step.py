from odoo import fields, models

STEPS = [
    ("submit", "Hand In Evidence"),
    ("verify", "Verify"),
    ("return", "Return"),
    ("close", "Close"),
    ("reopen", "Reopen"),
    ("cancel", "Cancel"),
    ("note", "Note"),
    ("remind", "Remind"),
    ("ask_extension", "Ask for More Time"),
    ("extend", "Give More Time"),
    ("refuse", "Refuse More Time"),
]


class BphsRectificationStep(models.TransientModel):
    """Ask for the reason or comment of a step, then take it. Rights and states are checked by the tasks."""

    _name = "bphs.rectification.step"
    _description = "Step of Rectification Tasks"

    rectification_ids = fields.Many2many("bphs.rectification", string="Tasks", required=True)
    step = fields.Selection(STEPS, required=True)
    extension_id = fields.Many2one("bphs.rectification.extension")
    reason = fields.Text(string="Reason or Comment")
    deadline = fields.Date(string="New Deadline")

    def action_confirm(self):
        """Take the step for all the tasks, or for none."""
        self.ensure_one()
        tasks = self.rectification_ids
        if self.step == "refuse":
            self.extension_id.action_refuse(self.reason)
        elif self.step in ("ask_extension", "extend"):
            getattr(tasks, f"action_{self.step}")(self.deadline, self.reason)
            if self.step == "ask_extension":
                return self._notification(
                    self.env._(
                        "Asked for more time until %(date)s. The section decides; until then the deadline stays.",
                        date=self.deadline,
                    ),
                    next={"type": "ir.actions.act_window_close"},
                )
        else:
            getattr(tasks, f"action_{self.step}")(self.reason)
        return {"type": "ir.actions.act_window_close"}


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    def action_ask_step(self):
        """:return dict: the window that asks for the reason of the step named in the context"""
        step = self.env.context.get("step")
        return {
            "type": "ir.actions.act_window",
            "name": dict(self.env["bphs.rectification.step"]._fields["step"]._description_selection(self.env)).get(
                step
            ),
            "res_model": "bphs.rectification.step",
            "view_mode": "form",
            "target": "new",
            "context": {"default_rectification_ids": self.ids, "default_step": step},
        }


class BphsRectificationExtension(models.Model):
    _inherit = "bphs.rectification.extension"

    def action_ask_refusal(self):
        """:return dict: the window that asks why more time is refused"""
        self.ensure_one()
        window = self.rectification_id.with_context(step="refuse").action_ask_step()
        window["context"]["default_extension_id"] = self.id
        return window
