from odoo import fields, models


class BphsStepReason(models.TransientModel):
    """More time is asked for and given with the new day beside the reason."""

    _inherit = "bphs.step.reason"

    deadline = fields.Date(string="New Deadline")


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    def _take_asked_step(self, step, dialog):
        if step in ("ask_extension", "extend"):
            getattr(self, f"action_{step}")(dialog.deadline, dialog.reason)
            if step == "extend":
                return None
            return self._notification(
                self.env._(
                    "Asked for more time until %(date)s. The section decides; until then the deadline stays.",
                    date=dialog.deadline,
                ),
                next={"type": "ir.actions.act_window_close"},
            )
        return super()._take_asked_step(step, dialog)
