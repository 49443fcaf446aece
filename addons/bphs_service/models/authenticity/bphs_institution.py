from odoo import api, models
from odoo.tools import SQL

# What was explained is no doubt any more; what was verified as true neither.
ABNORMAL = """
    SELECT f.institution_id, count(*) FILTER (WHERE f.hard), count(*) FILTER (WHERE NOT f.hard)
      FROM bphs_authenticity_finding f
     WHERE f.date_from <= %(last)s AND f.date_to >= %(first)s
       AND (f.state IN ('found', 'sampled')
            OR EXISTS (SELECT FROM bphs_authenticity_evidence e
                        WHERE e.finding_id = f.id AND e.verdict IN ('false', 'partly')))
     GROUP BY f.institution_id
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
