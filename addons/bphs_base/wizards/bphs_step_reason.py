from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsStepReason(models.TransientModel):
    """Asks why a step is taken, then takes it. Rights and states are checked by the records themselves."""

    _name = "bphs.step.reason"
    _description = "Say Why"

    res_model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json(required=True, readonly=True)
    step = fields.Char(required=True, readonly=True)
    subject = fields.Char(compute="_compute_question")
    hint = fields.Char(compute="_compute_question")
    label = fields.Char(string="What Is Written Down", compute="_compute_question")
    reason_required = fields.Boolean(compute="_compute_question")
    reason = fields.Text()

    @api.depends("res_model", "res_ids", "step")
    def _compute_question(self):
        for dialog in self:
            records = dialog._records()
            __, dialog.hint, dialog.reason_required = records._asked_steps()[dialog.step]
            dialog.label = records._asked_label(dialog.step)
            shown = records._filtered_access("read")
            # The dialog is a client's to make, about as many as it says.
            shown._tell_names()
            dialog.subject = "、".join(shown.mapped("display_name"))

    @api.model
    def _open(self, records, step):
        """:return dict: the window that asks for the reason of a step of these records"""
        asked = records._asked_steps()
        if step not in asked:
            raise UserError(self.env._("%(step)s: there is no such step to give a reason for.", step=step))
        records._check_before_asking(step)
        return {
            "type": "ir.actions.act_window",
            "name": asked[step][0],
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": records._name, "default_res_ids": records.ids, "default_step": step},
        }

    def action_confirm(self):
        """Take the step for all the records, or for none."""
        self.ensure_one()
        records = self._records()
        if self.reason_required and not (self.reason or "").strip():
            raise UserError(self.env._("Say why."))
        return records._take_asked_step(self.step, self) or {"type": "ir.actions.act_window_close"}

    def _records(self):
        """:raise UserError: the window was opened for a record, or a step, that asks for no reason"""
        model = self.env.registry.get(self.res_model)
        if not model or not issubclass(model, self.env.registry["bphs.asked.mixin"]):
            raise UserError(self.env._("%(model)s asks for no reason.", model=self.res_model))
        records = self.env[self.res_model].browse(self.res_ids)
        if self.step not in records._asked_steps():
            raise UserError(self.env._("%(step)s: there is no such step to give a reason for.", step=self.step))
        return records
