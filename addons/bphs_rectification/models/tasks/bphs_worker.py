from odoo import api, models


class BphsWorker(models.Model):
    _inherit = "bphs.worker"

    @api.model
    def _named_by_text(self):
        return [
            *super()._named_by_text(),
            ("bphs.training", "lecturer", "institution_id", "lecturer_id"),
            ("bphs.guidance", "people", "institution_id", "guide_worker_id"),
            ("bphs.training.attendance", "names", "institution_id", "worker_id"),
        ]

    @api.model
    def _named_by_sign_in(self):
        return [*super()._named_by_sign_in(), ("bphs.rectification", "responsible_id", "responsible_worker_id")]
