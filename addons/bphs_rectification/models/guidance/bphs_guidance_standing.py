from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, KINDS, TOWNSHIP_KINDS

# Whose duty the guidance of all units is.
GUIDING_KINDS = ("cdc", "mch_centre", "tcm_hospital")
GUIDED_KINDS = (*TOWNSHIP_KINDS, *CLINIC_KINDS)


class BphsGuidanceStanding(models.Model):
    """When each unit was last visited by each guiding institution, and how many days ago: a reading of the visits.

    A unit that was never visited stands here too; that is what one looks for.
    """

    _name = "bphs.guidance.standing"
    _description = "Last Guidance of a Unit"
    _inherit = ["bphs.scope.mixin"]
    _auto = False
    _order = "last_date asc, institution_id, guide_id"
    _rec_name = "institution_id"
    _depends = {
        "bphs.guidance.visit": ["institution_id", "guide_id", "date"],
        "bphs.institution": ["kind", "active", "township_id"],
    }

    institution_id = fields.Many2one(string="Unit", readonly=True)
    guide_id = fields.Many2one("bphs.institution", string="Guiding Institution", readonly=True)
    township_id = fields.Many2one("bphs.institution", string="Township Institution", readonly=True)
    kind = fields.Selection(KINDS, string="Kind of Unit", readonly=True)
    last_date = fields.Date(string="Last Visit", readonly=True)
    days_since = fields.Integer(readonly=True, aggregator="max")
    year_count = fields.Integer(string="Visits This Year", readonly=True)
    visited = fields.Boolean(string="Ever Visited", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT unit.id * 1000000::bigint + guide.id AS id,
                   unit.id AS institution_id, guide.id AS guide_id, unit.township_id, unit.kind,
                   visits.last_date, %(today)s - visits.last_date AS days_since,
                   visits.last_date IS NOT NULL AS visited, visits.year_count
              FROM bphs_institution unit
             CROSS JOIN bphs_institution guide
              LEFT JOIN LATERAL (
                SELECT max(visit.date) AS last_date,
                       count(*) FILTER (WHERE visit.date >= date_trunc('year', %(today)s)) AS year_count
                  FROM bphs_guidance_visit visit
                 WHERE visit.institution_id = unit.id AND visit.guide_id = guide.id
              ) visits ON TRUE
             WHERE unit.active AND unit.kind IN %(guided)s AND guide.active AND guide.kind IN %(guiding)s
            """,
            today=SQL("%s::date", self._county_today()),
            guided=GUIDED_KINDS,
            guiding=GUIDING_KINDS,
        )
