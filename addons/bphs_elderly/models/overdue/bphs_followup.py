from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.overdue import last_due, last_due_for
from ...tools.visits import ALL_CLOCKS
from .bphs_elderly_rung import LEVELS

# Visits for a disease that are the ones for the colour: late by the days of the colour.
SERVING = """
    (SELECT f.id FROM bphs_followup f JOIN bphs_clock c ON c.id = f.clock_id AND c.code <> ALL(%(own)s)
       JOIN bphs_elderly_standing s ON s.resident_id = f.resident_id AND NOT s.whole
       JOIN (VALUES %(days)s) AS late (colour, day) ON late.colour = s.colour
      WHERE f.closed_on IS NULL AND f.due_on <= late.day AND %(serves)s)
"""


class BphsFollowup(models.Model):
    """Visits of colours that are overdue for so long that somebody above hears of it.

    A visit for a disease that is the one for the colour is among them, by the days of the colour.
    """

    _inherit = "bphs.followup"

    elder_told_to = fields.Selection(
        LEVELS, string="Overdue for So Long That It Is Told To", compute="_compute_elder_told_to",
        search="_search_elder_told_to",
    )  # fmt: skip

    @api.depends("due_on", "state")
    def _compute_elder_told_to(self):
        self.elder_told_to = False
        for level, _name in LEVELS:
            self.filtered_domain(self._elder_overdue(level)).elder_told_to = level

    def _search_elder_told_to(self, operator, value):
        """Who hears of it at the lower level hears of it at the higher: the higher ones are among the lower."""
        known = dict(LEVELS)
        if operator != "in" or not set(value) <= set(known):
            return NotImplemented
        return Domain.OR(self._elder_overdue(level) for level in value)

    @api.model
    def _elder_overdue(self, level):
        """:return Domain: what is overdue past the days of a level; in peace for an agreed day it is not"""
        rungs, today = self.env["bphs.elderly.rung"]._of_level(level), self._county_today()
        days = last_due(rungs, today)
        late = Domain.OR(Domain("clock_id.code", "=", code) & Domain("due_on", "<=", day) for code, day in days.items())
        if of_colours := last_due_for(rungs, today):
            self.flush_model()
            serving = SQL(
                SERVING,
                own=list(ALL_CLOCKS),
                days=SQL(", ").join(SQL("(%s, %s::date)", *pair) for pair in of_colours.items()),
                serves=self._serves_colour(SQL("s.colour"), today),
            )
            late |= Domain("id", "in", serving)
        return Domain("state", "=", "overdue") & late
