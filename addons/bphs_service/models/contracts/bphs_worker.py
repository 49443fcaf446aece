from odoo import api, models
from odoo.tools import SQL


class BphsWorker(models.Model):
    """A service record is a trace of whoever gave the service."""

    _inherit = "bphs.worker"

    @api.model
    def _work_seen(self):
        done = SQL(
            "SELECT max(v.done_on)::timestamp FROM bphs_visit v WHERE v.worker_id = worker.id AND v.state = 'done'"
        )
        return [*super()._work_seen(), done]
