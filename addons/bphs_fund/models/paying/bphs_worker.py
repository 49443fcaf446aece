from odoo import api, models


class BphsWorker(models.Model):
    _inherit = "bphs.worker"

    @api.model
    def _named_by_text(self):
        return [*super()._named_by_text(), ("bphs.fund.payee", "name", "institution_id", "worker_id")]
