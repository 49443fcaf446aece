from odoo import api, fields, models
from odoo.tools import SQL


class BphsTeam(models.Model):
    """How many people signed with a team say they did not sign: for whoever sees teams, and not people.

    Counted in one's own scope, without the files for named persons.
    """

    _inherit = "bphs.team"

    unaware_count = fields.Integer(
        string="Say They Did Not Sign",
        compute="_compute_unaware",
        aggregator="sum",
        groups="bphs_resident.group_reader",
    )
    has_unaware = fields.Boolean(
        string="Has People Signed Without Knowing", compute="_compute_unaware", search="_search_has_unaware",
        groups="bphs_resident.group_reader",
    )  # fmt: skip

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_unaware(self):
        counts = self._unaware_counts()
        for team in self:
            team.unaware_count = counts.get(team._origin.id, 0)
            team.has_unaware = bool(team.unaware_count)

    def _search_has_unaware(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("id", "in", list(self._unaware_counts()))]

    def _unaware_counts(self):
        """:return dict: team id -> people signed with it who say they did not sign; teams that have any"""
        contracts, today = self.env["bphs.contract"], self._county_today()
        contracts._flush_rates()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.team_id, count(*)
                  FROM bphs_contract c JOIN %(files)s r ON r.id = c.resident_id
                 WHERE c.confirmed = 'no' AND c.state IN ('running', 'renewed')
                   AND c.date_from <= %(today)s AND c.until > %(today)s AND r.status = 'active'
                 GROUP BY c.team_id
                """,
                files=contracts._counted_files(whole=False, everywhere=False),
                today=today,
            )
        )
        return dict(rows)
