from odoo import models


class BphsVisit(models.Model):
    _inherit = "bphs.visit"

    # When somebody was last seen working, and what they have begun: asked of each worker, among millions.
    _worker_done_index = models.Index("(worker_id, done_on) WHERE state = 'done' AND worker_id IS NOT NULL")
    _worker_draft_index = models.Index("(worker_id) WHERE state = 'draft' AND worker_id IS NOT NULL")
