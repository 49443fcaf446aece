from odoo import models


class BphsReferral(models.Model):
    """What came of a referral stands with the finding that led to it: answered or closed, its elder is graded again."""

    _inherit = "bphs.referral"

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        if name in ("answer", "come_back"):
            self.sudo().resident_id._regrade()  # sudo: gradings follow from what came of it, whoever has the file
