from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.falls import FALL_PERCENT, is_fall


class BphsTeam(models.Model):
    """What a team's signed people were given last month beside the month before: a steep fall is asked about.

    Counted without the files for named persons, whoever looks.
    """

    _inherit = "bphs.team"

    services_last = fields.Integer(string="Services Last Month", compute="_compute_services", aggregator=None)
    services_before = fields.Integer(string="The Month Before", compute="_compute_services", aggregator=None)
    has_fallen = fields.Boolean(
        string="Services Fell Steeply", compute="_compute_services", search="_search_has_fallen"
    )

    # === COMPUTE METHODS === #

    @api.depends("name")
    def _compute_services(self):
        given, percent = self._services_given(), self._fall_percent()
        for team in self:
            team.services_before, team.services_last = given.get(team._origin.id, (0, 0))
            team.has_fallen = is_fall(team.services_before, team.services_last, percent)

    def _search_has_fallen(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        percent = self._fall_percent()
        return [("id", "in", [team for team, (before, last) in self._services_given().items()
                              if is_fall(before, last, percent)])]  # fmt: skip

    # === HELPERS === #

    def _fall_percent(self):
        return self.env["bphs.contract"]._setting("fall_percent", FALL_PERCENT)

    def _services_given(self):
        """:return dict: team id -> (services the month before, services last month) to people signed with it"""
        end = self._county_today().replace(day=1)
        last, before = end - relativedelta(months=1), end - relativedelta(months=2)
        self.env["bphs.contract"]._flush_rates()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.team_id, count(*) FILTER (WHERE s.date < %(last)s), count(*) FILTER (WHERE s.date >= %(last)s)
                  FROM (%(told)s) s
                  JOIN bphs_resident r ON r.id = s.resident_id AND NOT r.restricted
                  JOIN bphs_contract c ON c.resident_id = s.resident_id AND c.state NOT IN ('review', 'refused')
                   AND s.date >= c.date_from AND s.date < c.until
                 WHERE s.date >= %(before)s AND s.date < %(end)s
                 GROUP BY c.team_id
                """,
                told=SQL(" UNION ALL ").join(self.env["bphs.contract"]._services_told()),
                before=before,
                last=last,
                end=end,
            )
        )
        return {team: (before, last) for team, before, last in rows}
