from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .bphs_authenticity_finding import FOR_ALL

# Records found not true only after the statement they stand in was verified, and that it holds fewer false ones than
# were found: it was not corrected since. Few records are ever found not true, and an index leads to them.
LATE = """
    WITH untrue AS (
        SELECT e.finding_id, e.visit_id, w.id AS workload_id, p.id AS period_id
          FROM bphs_authenticity_evidence e
          JOIN bphs_authenticity_finding f ON f.id = e.finding_id AND f.state IN ('verified', 'closed')
          JOIN bphs_visit v ON v.id = e.visit_id
          JOIN bphs_resident r ON r.id = v.resident_id
          JOIN bphs_workload w ON w.institution_id = v.institution_id AND w.state IN ('verified', 'locked')
           AND w.verified_on <= f.verified_on
          JOIN bphs_period p ON p.id = w.period_id AND v.done_on BETWEEN p.date_start AND p.date_end
         WHERE e.verdict = 'false' AND (%(whole)s OR v.sensitive IS NOT TRUE AND r.restricted IS NOT TRUE)
    )
    SELECT finding_id, array_agg(DISTINCT period_id)
      FROM untrue
     WHERE workload_id IN (
               SELECT workload_id FROM untrue u GROUP BY workload_id
               HAVING count(DISTINCT visit_id)
                      > (SELECT coalesce(sum(l.false_qty), 0) FROM bphs_workload_line l
                          WHERE l.workload_id = u.workload_id))
     GROUP BY finding_id
"""


class BphsAuthenticityFinding(models.Model):
    """Doubts of which something was found not true too late for the statement: told, for the money follows from it.

    The settled quarter is corrected as all are: an exception of the period, the statement returned and verified again,
    the settlement taken back and settled anew.
    """

    _inherit = "bphs.authenticity.finding"

    is_late = fields.Boolean(string="Found After Verification", compute="_compute_late", search="_search_is_late")
    late_periods = fields.Char(string="Statements to Be Corrected", compute="_compute_late")

    @api.depends("state", "evidence_ids.verdict")
    @api.depends_context("uid", "lang", FOR_ALL)
    def _compute_late(self):
        found = self._late()
        for finding in self:
            periods = self.env["bphs.period"].browse(found.get(finding._origin.id, ()))
            finding.is_late = bool(periods)
            finding.late_periods = "、".join(periods.sorted("date_start").mapped("display_name"))

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("id", "in", list(self._late()))
        return late if True in value else ~late

    @api.model
    def _late(self):
        """:return dict: finding id -> ids of the periods whose statements hold too much"""
        whole = self.env.su or self.env.user.has_group("bphs_resident.group_sensitive")
        whole = whole and not self.env.context.get(FOR_ALL)
        self.env.flush_all()
        return dict(self.env.execute_query(SQL(LATE, whole=whole)))
