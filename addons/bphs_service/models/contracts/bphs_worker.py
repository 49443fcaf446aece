from odoo import api, models
from odoo.tools import SQL


class BphsWorker(models.Model):
    """A service record is a trace of whoever gave the service, and so is an attempt in vain."""

    _inherit = "bphs.worker"

    @api.model
    def _work_seen(self, whole=False):
        visited = tried = SQL("TRUE")
        if not whole:
            visited = SQL("v.sensitive IS NOT TRUE AND %s", self._of_seen(SQL("v.resident_id")))
            named = self.env["bphs.clock"]._sensitive_ids()
            plans = SQL("SELECT id FROM bphs_plan WHERE clock_id = ANY(%s)", list(named))
            tried = SQL("%s AND a.plan_id NOT IN (%s)", self._of_seen(SQL("a.resident_id")), plans)
        done = SQL(
            "SELECT max(v.done_on)::timestamp FROM bphs_visit v"
            " WHERE v.worker_id = worker.id AND v.state = 'done' AND %s",
            visited,
        )
        attempts = SQL(
            "SELECT max(a.made_on)::timestamp FROM bphs_followup_attempt a WHERE a.worker_id = worker.id AND %s", tried
        )
        return [*super()._work_seen(whole), done, attempts]
