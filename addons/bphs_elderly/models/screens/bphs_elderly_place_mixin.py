from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

LEVELS = [("township", "Township"), ("team", "Team"), ("village", "Village")]
MODELS = {"township": "bphs.institution", "team": "bphs.team", "village": "bphs.division"}
# Whoever has a place of their own, or the county's, to look at.
READERS = (
    *("village_doctor", "team_leader", "township_public_health", "township_director"),
    *("primary_care_officer", "county_specialist", "administrator", "auditor"),
)
PLACES = {
    "township": """
        SELECT h.*, i.township_id AS place FROM (%(rows)s) h JOIN bphs_institution i ON i.id = h.institution_id
    """,
    "village": "SELECT h.*, h.division_id AS place FROM (%(rows)s) h",
    "team": """
        SELECT h.*, v.team_id AS place FROM (%(rows)s) h
          LEFT JOIN bphs_team_village v ON v.division_id = h.division_id
           AND v.date_from <= %(day)s AND (v.date_to IS NULL OR v.date_to >= %(day)s)
    """,
}


class BphsElderlyPlaceMixin(models.AbstractModel):
    """Figures of elders by township, team or village, of the user's scope."""

    _name = "bphs.elderly.place.mixin"
    _description = "Figures of Elders by Place"

    level = fields.Selection(LEVELS, required=True, default=lambda self: self._default_level())
    whole = fields.Boolean(
        string="With All Facts",
        groups="bphs_resident.group_sensitive",
        help="Also by what only named persons are told of. Not for passing on.",
    )
    mark = fields.Char(compute="_compute_mark")

    @api.model
    def _default_level(self):
        return "village" if self.env.user._holds_role(("village_doctor", "team_leader")) else "township"

    @api.depends("whole")
    @api.depends_context("uid")
    def _compute_mark(self):
        for page in self:
            # sudo: of those who may not have it, it is never set
            page.mark = self.env["bphs.resident"]._figures(whole=page.sudo().whole).mark

    # === HELPERS === #

    def _check_reader(self):
        """:raise AccessError: not a role that looks after elders or watches over it"""
        if not self.env.user._holds_role(READERS):
            raise AccessError(self.env._("Colours by place are for those who look after elders or watch over it."))

    def _counts_whole(self):
        """:return bool: whether what is for named persons is counted along"""
        named = self.env.user.has_group("bphs_resident.group_sensitive")
        return named and self.sudo().whole  # sudo: asked just before

    @api.model
    def _institutions(self):
        """:return: bphs.institution of the user's scope"""
        own = self.env.user.sudo().bphs_institution_ids.ids  # sudo: one's own scope
        return self.env["bphs.institution"].sudo().search([("id", "child_of", own)])  # sudo: as above

    @api.model
    def _unnamed_sql(self, resident, whole):
        """:return SQL: that a file is none for named persons: those are counted in neither figure of others"""
        if whole:
            return SQL("")
        return SQL(
            "AND NOT EXISTS (SELECT FROM bphs_resident named WHERE named.id = %s AND named.restricted)", resident
        )

    @api.model
    def _placed(self, level, rows, day):
        """:param SQL rows: a select with institution_id and division_id
        :return SQL: the same with the place of this level
        """
        return SQL(PLACES[level], rows=rows, day=SQL("%s::date", day))  # pylint: disable=sql-injection

    @api.model
    def _place_names(self, level, places):
        """:param places: ids of places, None for those without
        :return: list of (id, name), in the order of the names
        """
        # sudo: names of places are no secret
        records = self.env[MODELS[level]].sudo().browse([place for place in places if place])
        names = {record.id: record.display_name for record in records}
        return sorted(
            ((place, names.get(place, self.env._("Without"))) for place in places),
            key=lambda named: (named[0] is None, named[1]),
        )
