from odoo import fields, models


class BphsWorkerLeave(models.TransientModel):
    """The last day of workers who leave, and what becomes of their sign-ins."""

    _name = "bphs.worker.leave"
    _description = "Leaving of Workers"

    worker_ids = fields.Many2many(
        "bphs.worker", string="Who Leaves", required=True, readonly=True, context={"active_test": False}
    )
    date = fields.Date(string="Last Day", required=True, default=lambda self: self._county_today())
    has_sign_in = fields.Boolean(compute="_compute_has_sign_in")
    may_stop = fields.Boolean(compute="_compute_has_sign_in")
    stop_sign_in = fields.Boolean(string="Stop their sign-in", default=True)

    def _compute_has_sign_in(self):
        for dialog in self:
            dialog.has_sign_in = bool(dialog.worker_ids.user_id)
            dialog.may_stop = self.env.user.has_group("bphs_base.group_administrator")

    def action_leave(self):
        self.ensure_one()
        users = self.worker_ids.user_id
        self.worker_ids._leave(self.date)
        if not users:
            return {"type": "ir.actions.act_window_close"}
        if self.may_stop and self.stop_sign_in:
            users.action_archive()
            text = self.env._("%(count)s left; their sign-ins are stopped.", count=len(self.worker_ids))
            return self._notification(text, next={"type": "ir.actions.act_window_close"})
        text = self.env._(
            "These still sign in: %(names)s. The bureau administrator stops that.",
            names="、".join(users.mapped("name")),
        )
        return self._notification(text, kind="warning", sticky=True, next={"type": "ir.actions.act_window_close"})
