from odoo import api, models
from odoo.tools import SQL


class BphsWorker(models.Model):
    """A service that somebody gave is a trace of their work."""

    _inherit = "bphs.worker"

    @api.model
    def _work_seen(self, whole=False):
        given = SQL(
            "SELECT max(s.date)::timestamp FROM bphs_service_record s"
            " WHERE s.worker_id = worker.id AND s.state = 'recorded' AND %s",
            SQL("TRUE") if whole else self._of_seen(SQL("s.resident_id")),
        )
        return [*super()._work_seen(whole), given]
