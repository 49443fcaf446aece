from odoo import api, models
from odoo.tools import SQL


class BphsWorker(models.Model):
    """A service record is a trace of whoever gave the service, and so is an attempt in vain."""

    _inherit = "bphs.worker"

    @api.model
    def _work_seen(self):
        done = SQL(
            "SELECT max(v.done_on)::timestamp FROM bphs_visit v WHERE v.worker_id = worker.id AND v.state = 'done'"
        )
        tried = SQL("SELECT max(a.made_on)::timestamp FROM bphs_followup_attempt a WHERE a.worker_id = worker.id")
        return [*super()._work_seen(), done, tried]
