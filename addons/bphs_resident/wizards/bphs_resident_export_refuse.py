from odoo import fields, models


class BphsResidentExportRefuse(models.TransientModel):
    """Asks why a list is refused."""

    _name = "bphs.resident.export.refuse"
    _description = "Refuse an Export"
    _inherit = "bphs.readable.links.mixin"

    export_id = fields.Many2one("bphs.resident.export", required=True, ondelete="cascade")
    answer = fields.Char(string="Why", required=True)

    def action_confirm(self):
        """Refuse it; `bphs.resident.export.action_refuse` checks the right to it."""
        self.ensure_one()
        self.export_id.action_refuse(self.answer)
        return {"type": "ir.actions.act_window_close"}
