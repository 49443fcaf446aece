from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.terms import ENDING_SOON_DAYS


class BphsTeam(models.Model):
    """How many a team has signed, and how many of these contracts end soon: for whoever sees teams, and not people.

    Counted in one's own scope, without the files for named persons.
    """

    _inherit = "bphs.team"

    signed_count = fields.Integer(
        string="People Signed", compute="_compute_ending", aggregator="sum", groups="bphs_resident.group_reader"
    )
    ending_count = fields.Integer(
        string="Contracts Ending Soon", compute="_compute_ending", aggregator="sum",
        groups="bphs_resident.group_reader", help=f"Of those in force, within {ENDING_SOON_DAYS} days.",
    )  # fmt: skip
    has_ending = fields.Boolean(
        string="Has Contracts Ending Soon", compute="_compute_ending", search="_search_has_ending",
        groups="bphs_resident.group_reader",
    )  # fmt: skip

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_ending(self):
        counts = self._ending_counts()
        for team in self:
            team.signed_count, team.ending_count = counts.get(team._origin.id, (0, 0))
            team.has_ending = bool(team.ending_count)

    def _search_has_ending(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("id", "in", [team for team, (_signed, ending) in self._ending_counts().items() if ending])]

    def _ending_counts(self):
        """:return dict: team id -> (contracts in force, those of them that end soon and were not renewed)"""
        contracts, today = self.env["bphs.contract"], self._county_today()
        contracts._flush_rates()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.team_id, count(*), count(*) FILTER (WHERE c.state = 'running' AND c.until <= %(last)s)
                  FROM bphs_contract c JOIN %(files)s r ON r.id = c.resident_id
                 WHERE c.state NOT IN ('review', 'refused') AND c.date_from <= %(today)s AND c.until > %(today)s
                   AND r.status = 'active'
                 GROUP BY c.team_id
                """,
                files=contracts._counted_files(whole=False, everywhere=False),
                today=today,
                last=fields.Date.add(today, days=ENDING_SOON_DAYS),
            )
        )
        return {team: (signed, ending) for team, signed, ending in rows}
