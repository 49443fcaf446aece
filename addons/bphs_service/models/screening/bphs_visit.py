from odoo import models


class BphsVisit(models.Model):
    """A blood pressure that counts, or counts no more: how far the screening of its person is follows at once."""

    _inherit = "bphs.visit"

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        if people := self.filtered("systolic").resident_id:
            people._follow_screening()
