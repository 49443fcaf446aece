from fractions import Fraction

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_resident.tools.file_state import AGE_GROUPS, birth_dates

from ...tools.load import HEAVY_PERCENT, Counts, Standing, capacity, is_heavy, wanting, whole_load


class BphsTeam(models.Model):
    """What each team has to do, what it can, and what it lacks.

    Counted are residents living in its villages, without the files for named persons, whoever looks: a figure that
    grew for some by one file would tell of that file.
    """

    _inherit = "bphs.team"

    people = fields.Integer(compute="_compute_standing", aggregator=None, help="Residents living in its villages now.")
    load = fields.Integer(
        compute="_compute_standing",
        aggregator=None,
        help="Services expected in the twelve months to come, in equivalents; where none are planned, the people, "
        "weighted by what key groups need.",
    )
    capacity = fields.Integer(
        string="Limit of People", compute="_compute_standing", aggregator=None, help="By its doctors and their shares."
    )
    lacks = fields.Char(string="Empty Posts", compute="_compute_standing")
    has_gap = fields.Boolean(string="Posts Empty", compute="_compute_standing", search="_search_has_gap")
    is_over = fields.Boolean(string="Over the Limit", compute="_compute_standing", search="_search_is_over")
    is_heavy = fields.Boolean(
        string="Much More to Do Than Others",
        compute="_compute_is_heavy",
        search="_search_is_heavy",
        help="The load a doctor is far over the average of the township's teams.",
    )

    # === COMPUTE METHODS === #

    @api.depends("member_ids", "village_ids")
    def _compute_standing(self):
        day = self._county_today()
        standing = self._standing(day)
        roles = dict(self.env["bphs.team.post"]._fields["role"]._description_selection(self.env))
        for team in self:
            told = standing.get(team._origin.id) or Standing(Counts(), 0, 0, {})
            team.people, team.load, team.capacity = told.counts.people, told.load, told.capacity
            team.lacks = self._lacks_text(told.lacks, roles)
            team.has_gap = team.active and bool(told.lacks)
            team.is_over = told.counts.people > told.capacity

    def _search_has_gap(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        required, __ = self.env["bphs.team.post"]._told()
        teams = self.search([("active", "=", True)])
        members = teams._members_by_team(self._county_today())
        return [
            (
                "id",
                "in",
                [team.id for team in teams if wanting([role for role, __ in members.get(team.id, [])], required)],
            )
        ]

    def _search_is_over(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        standing = self.search([("active", "=", True)])._standing(self._county_today(), weighted=False)
        return [("id", "in", [team for team, told in standing.items() if told.counts.people > told.capacity])]

    @api.depends("member_ids", "village_ids")
    def _compute_is_heavy(self):
        heavy = self._heavy(self._county_today())
        for team in self:
            team.is_heavy = team._origin.id in heavy

    def _search_is_heavy(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("id", "in", sorted(self.search([("active", "=", True)])._heavy(self._county_today())))]

    # === HOOK === #

    @api.model
    def _expected_load(self, division_ids, day):
        """What is to be done in villages in the twelve months from a day on, where a module plans services.

        :return SQL: a select of ``division_id`` and ``load``, in equivalents, without the files for named persons; None
            where nothing is planned: there people are weighted
        """
        return None

    # === BUSINESS METHODS === #

    def _heavy(self, day):
        """:return set: ids of these teams that have much more to do than the other teams of their township"""
        townships = self.search([("institution_id", "in", self.institution_id.ids), ("active", "=", True)])
        standing = (townships | self._origin)._standing(day)
        percent = self.env["bphs.contract"]._setting("heavy_percent", HEAVY_PERCENT)
        return {
            team for own in townships.grouped("institution_id").values() for team in own._heavy_of(standing, percent)
        }

    def _heavy_of(self, standing, percent):
        """:return list: ids of those of a township's teams that have much more to do than the others"""
        told = {team: (standing[team].load, Fraction(standing[team].capacity)) for team in self.ids}
        return [team for team, own in told.items() if is_heavy(own, told.values(), percent)]

    def _standing(self, day, weighted=True, counts=None):
        """:param dict counts: of these villages, where they were counted already
        :return dict: team id -> Standing, on a day"""
        self._flush_history()
        villages = self._villages_by_team(day)
        if counts is None:
            counts = self._village_counts([one for own in villages.values() for one in own], day, weighted)
        members = self._members_by_team(day)
        required, people_of = self.env["bphs.team.post"]._told()
        weights = self.env["bphs.team.weight"]._told() if weighted else {}
        standing = {}
        for team in self.ids:
            own = sum((counts.get(village, Counts()) for village in villages.get(team, [])), Counts())
            serving = members.get(team, [])
            standing[team] = Standing(
                own,
                whole_load(own, weights),
                int(capacity(serving, people_of)),
                wanting([role for role, __ in serving], required),
            )
        return standing

    def _villages_by_team(self, day):
        rows = self.env.execute_query(
            SQL("SELECT team_id, division_id FROM (%s) held WHERE team_id = ANY(%s)", self._villages_on(day), self.ids)
        )
        found = {}
        for team, division in rows:
            found.setdefault(team, []).append(division)
        return found

    def _members_by_team(self, day):
        """:return dict: team id -> list of (role, share) of its members on a day"""
        self._flush_history()
        rows = self.env.execute_query(
            SQL(
                "SELECT team_id, role, share FROM (%s) serving WHERE team_id = ANY(%s)", self._members_on(day), self.ids
            )
        )
        found = {}
        for team, role, share in rows:
            found.setdefault(team, []).append((role, share))
        return found

    @api.model
    def _village_counts(self, division_ids, day, weighted=True):
        """How many live in each of these villages, and what is to be done for them: what is expected where a module
        tells it, else how many of them stand in the key groups that weigh.

        :return dict: division id -> Counts; villages where nobody lives are left out
        """
        self.env["bphs.resident"].flush_model(["division_id", "status", "birth_date", "restricted"])
        self.env["bphs.resident.group"].flush_model()
        if not division_ids:
            return {}
        expected = self._expected_load(list(division_ids), day) if weighted else None
        kinds = sorted(self.env["bphs.team.weight"]._told()) if weighted and expected is None else []
        by_age = [kind for kind in kinds if kind in AGE_GROUPS]
        people = self.env.execute_query(
            SQL(
                "SELECT division_id, count(*) %s FROM bphs_resident"
                " WHERE status = 'active' AND NOT restricted AND division_id = ANY(%s) GROUP BY division_id",
                SQL().join(
                    SQL(", count(*) FILTER (WHERE birth_date > %s AND birth_date <= %s)", *birth_dates(kind, day))
                    for kind in by_age
                ),
                list(division_ids),
            )
        )
        if expected is not None:
            loads = dict(self.env.execute_query(expected))
            return {
                division: Counts(number, expected=to_decimal(loads.get(division) or 0)) for division, number in people
            }
        groups = {division: dict(zip(by_age, told, strict=True)) for division, __, *told in people}
        stated = [kind for kind in kinds if kind not in AGE_GROUPS]
        for division, kind, number in self._stated_groups(division_ids, stated, day):
            groups[division][kind] = number
        return {division: Counts(number, tuple(sorted(groups[division].items()))) for division, number, *__ in people}

    def _stated_groups(self, division_ids, kinds, day):
        if not kinds:
            return []
        return self.env.execute_query(
            SQL(
                """
                SELECT person.division_id, member.kind, count(*)
                  FROM bphs_resident_group member
                  JOIN bphs_resident person ON person.id = member.resident_id
                 WHERE member.kind = ANY(%s) AND member.date_from <= %s
                   AND (member.date_to IS NULL OR member.date_to >= %s)
                   AND person.status = 'active' AND NOT person.restricted AND person.division_id = ANY(%s)
                 GROUP BY 1, 2
                """,
                kinds,
                day,
                day,
                list(division_ids),
            )
        )

    def _lacks_text(self, lacks, roles):
        return "、".join(roles[role] + (f" ×{number}" if number > 1 else "") for role, number in lacks.items())

    @api.model
    def _villages_without_team(self, day):
        """:return: villages of townships within the user's scope that no team answers for on a day"""
        served = self._township_villages()
        held = {division for (division,) in self.env.execute_query(
            SQL("SELECT division_id FROM (%s) held", self._villages_on(day))
        )}  # fmt: skip
        return self.env["bphs.division"].browse(sorted(set(served) - held))

    @api.model
    def _township_villages(self, institution=None):
        """:return dict: village id -> id of the township institution, within the user's scope or of one of these"""
        self._flush_history()
        mine = institution or self.env["bphs.institution"].search([("township_id", "!=", False)])
        # sudo: who serves which village is asked of all; only those within scope are given out
        responsible = self.env["bphs.institution"].sudo()._responsible()
        scope = set(mine.ids)
        return {
            division: township
            for division, (direct, township) in responsible.items()
            if direct in scope or township in scope
        }
