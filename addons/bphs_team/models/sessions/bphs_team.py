from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain


class BphsTeam(models.Model):
    """Which teams a specialist has come to this quarter."""

    _inherit = "bphs.team"

    session_ids = fields.One2many("bphs.team.session", "team_id", string="Specialists' Sessions", readonly=True)
    had_session = fields.Boolean(
        string="Session This Quarter", compute="_compute_had_session", search="_search_had_session"
    )

    def _compute_had_session(self):
        held = self.session_ids.filtered_domain(self._held_this_quarter()).team_id
        for team in self:
            team.had_session = team in held

    def _search_had_session(self, operator, value):
        if operator != "in":
            return NotImplemented
        held = Domain("session_ids", "any", self._held_this_quarter())
        return (held if True in value else Domain.FALSE) | (~held if False in value else Domain.FALSE)

    def _held_this_quarter(self):
        today = self._county_today()
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        last = first + relativedelta(months=3, days=-1)
        return Domain("state", "=", "done") & Domain("date", ">=", first) & Domain("date", "<=", last)
