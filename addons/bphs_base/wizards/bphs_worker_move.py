from odoo import fields, models


class BphsWorkerMove(models.TransientModel):
    """Where a worker works from a day on; who had left comes back by it."""

    _name = "bphs.worker.move"
    _description = "Move of a Worker"

    worker_id = fields.Many2one("bphs.worker", required=True, readonly=True)
    present_id = fields.Many2one(related="worker_id.institution_id", string="Up to Now")
    institution_id = fields.Many2one("bphs.institution", string="Moves To", required=True)
    date = fields.Date(string="From", required=True, default=lambda self: self._county_today())

    def action_move(self):
        self.ensure_one()
        self.worker_id._move(self.institution_id, self.date)
        return {"type": "ir.actions.act_window_close"}
