from odoo import fields, models


class BphsFundObjectionAnswer(models.TransientModel):
    """Asks the reviewer what the review of an objection found."""

    _name = "bphs.fund.objection.answer"
    _description = "Answer an Objection"

    objection_id = fields.Many2one("bphs.fund.objection", required=True, readonly=True)
    reason = fields.Text(related="objection_id.reason")
    answer = fields.Text(required=True)

    def action_accept(self):
        self.ensure_one()
        self.objection_id.action_accept(self.answer)
        return {"type": "ir.actions.act_window_close"}

    def action_reject(self):
        self.ensure_one()
        self.objection_id.action_reject(self.answer)
        return {"type": "ir.actions.act_window_close"}
