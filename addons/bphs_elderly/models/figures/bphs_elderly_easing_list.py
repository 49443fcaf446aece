from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..screens.bphs_elderly_place_mixin import PLACES

EASED, RED, ALL = "eased", "red", "all"
TOGETHER = -1  # in place of a place
# A disease, a stage of one, and age do not go away; whatever else a reason rests on may. A reason that rests on both
# may go with the part that does.
LASTING = """(red.facts -> because.id ->> 0 = 'r' AND red.facts -> because.id ->> 1 = 'condition'
              OR red.facts -> because.id ->> 1 = 'gold_stage')"""
# Of those who live here and were red for a day or more of a time, for reasons that can all resolve: who stands in a
# better colour after its last day.
UNITS = """
    SELECT s.id, s.resident_id, r.institution_id, r.division_id,
           coalesce(after.colour IN ('yellow', 'green'), FALSE) AS eased
      FROM (SELECT DISTINCT ON (g.resident_id, g.whole) g.resident_id, g.whole, g.hits, g.facts
              FROM bphs_elderly_grading g
             WHERE g.colour = 'red' AND g.date_from <= %(last)s AND (g.date_to IS NULL OR g.date_to > %(first)s)
               AND g.date_to IS DISTINCT FROM g.date_from
             ORDER BY g.resident_id, g.whole, g.date_from DESC, g.sequence DESC) red
      JOIN bphs_elderly_standing s ON s.resident_id = red.resident_id AND s.whole = red.whole AND s.id IN %(told)s
      JOIN bphs_resident r ON r.id = s.resident_id AND r.status = 'active' %(unnamed)s
      LEFT JOIN LATERAL (SELECT g.colour FROM bphs_elderly_grading g
                          WHERE g.resident_id = s.resident_id AND g.whole = s.whole AND g.date_from <= %(last)s
                            AND (g.date_to IS NULL OR g.date_to > %(last)s)
                            AND g.date_to IS DISTINCT FROM g.date_from) after ON TRUE
     WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(red.hits) hit
                        WHERE hit ->> 1 = 'red'
                          AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(hit -> 2) because (id)
                                           WHERE NOT %(lasting)s))
"""


class BphsElderlyStanding(models.Model):
    """The list behind a figure of those who got out of red, found by the statement that counted them."""

    _inherit = "bphs.elderly.standing"

    easing_list = fields.Char(compute="_compute_easing_list", search="_search_easing_list")

    def _compute_easing_list(self):
        self.easing_list = False

    def _search_easing_list(self, operator, value):
        """``part|level|place|first|last|whole``: those of one part of a figure.

        What of them a user sees, the rules say.
        """
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._eased(one) for one in value)

    def _eased(self, value):
        try:
            part, level, place, first, last, whole = str(value).split("|")
            first, last, place = fields.Date.to_date(first), fields.Date.to_date(last), int(place or 0)
        except ValueError:
            return Domain.FALSE
        if not first or not last or part not in (EASED, RED, ALL) or level not in PLACES:
            return Domain.FALSE
        here = SQL("TRUE") if place == TOGETHER else SQL("coalesce(u.place, 0) = %s", place)
        wanted = {EASED: SQL("eased"), RED: SQL("NOT eased"), ALL: SQL("TRUE")}[part]
        units = self._easing_units(first, last, whole == "1")
        placed = self.env["bphs.elderly.place.mixin"]._placed(level, units, last)
        return Domain("id", "in", SQL("(SELECT u.id FROM (%s) u WHERE %s AND %s)", placed, here, wanted))

    def _easing_units(self, first, last, whole):
        """:param bool whole: with all facts, for named persons: of two rows of one person the one they are told
        :return SQL: id, resident_id, institution_id, division_id, eased
        """
        self.flush_model()
        self.env["bphs.elderly.grading"].flush_model()
        self.env["bphs.resident"].flush_model(["institution_id", "division_id", "status", "restricted"])
        told, unnamed = self._told_ids(), SQL("")
        if not whole:
            told = SQL("(SELECT id FROM bphs_elderly_standing WHERE NOT whole)")
            unnamed = SQL("AND NOT r.restricted")
        return SQL(UNITS, first=first, last=last, told=told, unnamed=unnamed, lasting=SQL(LASTING))
