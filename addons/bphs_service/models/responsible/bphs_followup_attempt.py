from odoo import models


class BphsFollowupAttempt(models.Model):
    _inherit = "bphs.followup.attempt"

    # When somebody was last seen working.
    _worker_made_index = models.Index("(worker_id, made_on) WHERE worker_id IS NOT NULL")
