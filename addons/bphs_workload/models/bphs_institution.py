from odoo import api, models


class BphsInstitution(models.Model):
    """Which institutions look abnormal: asked here by whoever draws samples, answered by whatever looks at the work."""

    _inherit = "bphs.institution"

    @api.model
    def _abnormal_counts(self, first, last):
        """How many doubts there are about the work of each institution in some days.

        Numbers of institutions alone: nobody who asks learns of a person. Reads past record rules, so callers check
        rights first.

        :return: dict of institution id -> (hard ones, soft ones); institutions without any are left out
        """
        return {}
