from odoo import fields, models


class BphsFundSettlementObject(models.TransientModel):
    """Asks a clinic for the reason of its objection."""

    _name = "bphs.fund.settlement.object"
    _description = "Object to a Settlement"

    line_id = fields.Many2one("bphs.fund.settlement.line", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_object(self):
        self.ensure_one()
        self.line_id.action_object(self.reason)
        return {"type": "ir.actions.act_window_close"}
