from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.models.registers.bphs_institution import KINDS

from .bphs_guidance_standing import GUIDED_KINDS, GUIDING_KINDS


class BphsGuidanceCoverage(models.Model):
    """Which units a guiding institution visited in which quarter (指导覆盖面): units visited over all units.

    A row is a unit, so that whoever may see some units only counts those alone.
    """

    _name = "bphs.guidance.coverage"
    _description = "Coverage of Guidance"
    _inherit = ["bphs.scope.mixin"]
    _auto = False
    _order = "date_start desc, guide_id, institution_id"
    _rec_name = "institution_id"
    _depends = {
        "bphs.guidance.visit": ["institution_id", "guide_id", "date"],
        "bphs.institution": ["kind", "active", "township_id"],
        "bphs.period": ["kind", "date_start", "date_end"],
    }

    institution_id = fields.Many2one(string="Unit", readonly=True)
    guide_id = fields.Many2one("bphs.institution", string="Guiding Institution", readonly=True)
    township_id = fields.Many2one("bphs.institution", string="Township Institution", readonly=True)
    kind = fields.Selection(KINDS, string="Kind of Unit", readonly=True)
    period_id = fields.Many2one("bphs.period", string="Quarter", readonly=True)
    date_start = fields.Date(string="First Day", readonly=True)
    visit_count = fields.Integer(string="Visits", readonly=True)
    visited = fields.Integer(string="Units Visited", readonly=True)
    unit_count = fields.Integer(string="Units", readonly=True)
    share = fields.Float(string="Coverage", readonly=True, aggregator="avg", help="Units visited over all units.")

    @property
    def _table_query(self):
        # A unit closed since then stands in the quarters in which it was visited.
        return SQL(
            """
            SELECT (quarter.id * 1000000::bigint + unit.id) * 1000000 + guide.id AS id,
                   unit.id AS institution_id, guide.id AS guide_id, unit.township_id, unit.kind,
                   quarter.id AS period_id, quarter.date_start,
                   visits.count AS visit_count, least(visits.count, 1) AS visited, 1 AS unit_count,
                   least(visits.count, 1)::float AS share
              FROM bphs_period quarter
             CROSS JOIN bphs_institution unit
             CROSS JOIN bphs_institution guide
              LEFT JOIN LATERAL (
                SELECT count(*) AS count
                  FROM bphs_guidance_visit visit
                 WHERE visit.institution_id = unit.id AND visit.guide_id = guide.id
                   AND visit.date BETWEEN quarter.date_start AND quarter.date_end
              ) visits ON TRUE
             WHERE quarter.kind = 'quarter' AND quarter.date_start <= %(today)s
               AND unit.kind IN %(guided)s AND guide.kind IN %(guiding)s
               AND (visits.count > 0 OR unit.active AND guide.active)
            """,
            today=self._county_today(),
            guided=GUIDED_KINDS,
            guiding=GUIDING_KINDS,
        )
