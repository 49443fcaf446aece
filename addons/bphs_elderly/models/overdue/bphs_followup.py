from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.overdue import last_due
from .bphs_elderly_rung import LEVELS


class BphsFollowup(models.Model):
    """Visits of colours that are overdue for so long that somebody above hears of it."""

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
        days = last_due(self.env["bphs.elderly.rung"]._of_level(level), self._county_today())
        late = Domain.OR(Domain("clock_id.code", "=", code) & Domain("due_on", "<=", day) for code, day in days.items())
        return Domain("state", "=", "overdue") & late
