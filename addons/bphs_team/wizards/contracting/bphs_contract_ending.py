from odoo import fields, models

from ...models.contracting.bphs_contract_ending import SAID


class BphsContractEnding(models.TransientModel):
    """Asks why and when a contract ends."""

    _name = "bphs.contract.ending"
    _description = "End a Contract"
    _inherit = ["bphs.readable.links.mixin"]

    contract_id = fields.Many2one("bphs.contract", required=True, readonly=True, ondelete="cascade")
    reason = fields.Selection(SAID, required=True, default="wish")
    day = fields.Date(string="No Longer in Force From", required=True, default=lambda self: self._county_today())
    note = fields.Char(required=True, size=200, help="What was said, or what proves it.")

    def action_end(self):
        """End it."""
        self.ensure_one()
        self.contract_id.action_end(self.reason, self.day, self.note)
        return {"type": "ir.actions.act_window_close"}
