from odoo import models


class BphsVisit(models.Model):
    """A visit closes what was due, and opens what its result asks for: at once."""

    _inherit = "bphs.visit"

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        self.resident_id._recompute_plans()
