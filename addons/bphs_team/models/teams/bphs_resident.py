from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class BphsResident(models.Model):
    """Which family-doctor team answers for a resident: that of the village they lived in on the day."""

    _inherit = "bphs.resident"

    @property
    def _names_found_by(self):
        return super()._names_found_by | {"team_id"}

    team_id = fields.Many2one(
        "bphs.team", string="Family-Doctor Team", compute="_compute_team_id", search="_search_team_id"
    )

    # All that rates ask of a file, a tenth as wide as the file: each rate joins every contract of a county to it.
    _counted_index = models.Index(
        "(id) INCLUDE (institution_id, township_id, division_id, status, status_date, restricted)"
    )

    @api.depends("division_id")
    def _compute_team_id(self):
        teams = self._team_on(self._county_today())
        for resident in self:
            resident.team_id = teams.get(resident._origin.id)

    def _search_team_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        teams = self.env["bphs.team"].browse(one for one in value if one)
        rows = self.env["bphs.team.village"]
        today = rows._of_day(self._county_today())
        mine = Domain("division_id", "in", rows.search(today & Domain("team_id", "in", teams.ids)).division_id.ids)
        if False not in value:
            return mine
        # sudo: whether there is a team at all, whoever may see it
        return mine | Domain("division_id", "not in", rows.sudo().search(today).division_id.ids)

    def _team_on(self, day):
        """Who answered for these residents on a day.

        :return dict: resident id -> team id, without those whom no team answered for
        """
        if not self.ids:
            return {}
        self.env["bphs.team"]._flush_history()
        self.flush_model(["division_id"])
        self.env["bphs.resident.move"].flush_model()
        return dict(self.env.execute_query(self._team_on_sql(day, SQL("id = ANY(%s)", list(self._origin.ids)))))

    @api.model
    def _team_on_sql(self, day, which):
        """:param SQL which: condition on `bphs_resident` :return SQL: a select of `resident_id`, `team_id`"""
        # Where a later move led away from a village, that is where they lived.
        return SQL(
            """
            SELECT person.id AS resident_id, held.team_id
              FROM (SELECT id, division_id FROM bphs_resident WHERE %(which)s) person
              LEFT JOIN LATERAL (
                       SELECT from_division_id FROM bphs_resident_move move
                        WHERE move.resident_id = person.id AND move.date > %(day)s
                          AND move.from_division_id IS NOT NULL
                        ORDER BY move.date, move.id LIMIT 1) later ON TRUE
              JOIN (%(villages)s) held ON held.division_id = coalesce(later.from_division_id, person.division_id)
            """,
            which=which,
            day=day,
            villages=self.env["bphs.team"]._villages_on(day),
        )
