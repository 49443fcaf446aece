from odoo import api, models
from odoo.tools import SQL

from .told_doubts import TOLD_DOUBTS

ABNORMAL = f"""
    SELECT d.institution_id, count(*) FILTER (WHERE d.hard), count(*) FILTER (WHERE NOT d.hard)
      FROM {TOLD_DOUBTS} d
     WHERE d.date_from <= %(last)s AND d.date_to >= %(first)s AND (d.open OR d.untrue)
     GROUP BY d.institution_id
"""


class BphsInstitution(models.Model):
    """Which units look abnormal: numbers of doubts, of institutions alone."""

    _inherit = "bphs.institution"

    @api.model
    def _abnormal_counts(self, first, last):
        found = super()._abnormal_counts(first, last)
        self.env.flush_all()
        for id_, hard, soft in self.env.execute_query(SQL(ABNORMAL, first=first, last=last)):
            before = found.get(id_, (0, 0))
            found[id_] = (before[0] + hard, before[1] + soft)
        return found
