from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.load import HEAVY_PERCENT, Counts, whole_load
from ...tools.roles import ASSIGNERS, BOARD_READERS


class BphsTeam(models.Model):
    """The board (团队分工): teams as columns, their members and villages as cards, load and gaps above."""

    _inherit = "bphs.team"

    @api.model
    @api.readonly
    def board(self, institution_id=False, day=False):
        """What the board shows of one township, or of all within the user's scope, on a day.

        :param int institution_id: a township institution; empty: all
        :param str day: empty: today
        :return: dict of ``day``, ``today``, ``may_assign``, ``institution_id``, ``townships`` (id and name), ``teams``,
            ``free`` (villages without a team), ``expected`` (whether load is of services), ``weights`` and ``posts``
            (the settings the figures follow)
        :raise AccessError: not a role that has the board
        """
        if not self.env.user._holds_role(BOARD_READERS):
            raise AccessError(self.env._("The board of teams is for those who set teams up or watch over them."))
        self.browse().check_access("read")
        day = self._asked_date(day) or self._county_today()
        townships = self.env["bphs.institution"].search([("township_id", "!=", False)]).township_id
        townships = townships._filtered_access("read").sorted("code")
        chosen = (
            townships.filtered(lambda one: one.id == self._asked_id(institution_id)) if institution_id else townships
        )
        return {
            "day": day.isoformat(),
            "today": self._county_today().isoformat(),
            "may_assign": self.env.user._holds_role(ASSIGNERS),
            "institution_id": chosen.id if len(chosen) == 1 else False,
            "townships": [{"id": one.id, "name": one.name} for one in townships],
            **self._board_of(chosen, day),
            **self._board_settings(),
        }

    def _board_of(self, townships, day):
        teams = self.with_context(active_test=False).search(
            Domain("institution_id", "in", townships.ids)
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )
        served = self._township_villages(townships)
        held = {village for own in teams._villages_by_team(day).values() for village in own}
        counts = self._village_counts(sorted(held | set(served)), day)
        standing = teams._standing(day, counts=counts)
        weights = self.env["bphs.team.weight"]._told()
        villages = self._village_cards(teams, served, counts, weights, day)
        leaders = teams._leaders_on(day)
        members = teams._member_cards(day, leaders)
        percent = self.env["bphs.contract"]._setting("heavy_percent", HEAVY_PERCENT)
        heavy = {one for own in teams.grouped("institution_id").values() for one in own._heavy_of(standing, percent)}
        return {
            "teams": [
                {
                    **team._team_head(standing[team.id], leaders[team.id]),
                    "heavy": team.id in heavy,
                    "members": members.get(team.id, []),
                    "villages": villages.get(team.id, []),
                }
                for team in teams
            ],
            "free": villages.get(False, []),
            # What the figures of load follow: services that are planned, or weights.
            "expected": any(own.expected is not None for own in counts.values()),
        }

    def _team_head(self, told, leader):
        roles = dict(self.env["bphs.team.post"]._fields["role"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.name,
            "institution": self.institution_id.name,
            "leader": leader.sudo().name or "",  # sudo: a name that hangs on the wall
            "people": told.counts.people,
            "load": told.load,
            "capacity": told.capacity,
            "over": told.counts.people > told.capacity,
            "lacks": self._lacks_text(told.lacks, roles),
        }

    def _village_cards(self, teams, served, counts, weights, day):
        """:return dict: team id, or False where there is none -> cards, in the order of the villages' codes"""
        rows = self.env["bphs.team.village"]
        # sudo: that a village has a team is told also where that team is another township's
        held = {row.division_id.id: row for row in rows.sudo().search(rows._of_day(day))}
        found = {}
        for division in self.env["bphs.division"].browse(served).sorted("code"):
            row = held.get(division.id)
            if row and row.team_id not in teams:
                continue
            own = counts.get(division.id, Counts())
            found.setdefault(row.team_id.id if row else False, []).append(
                {
                    "id": division.id,
                    "name": division.name,
                    "township": division.parent_id.name,
                    "people": own.people,
                    "load": whole_load(own, weights),
                    "since": row.date_from.isoformat() if row else "",
                }
            )
        return found

    def _member_cards(self, day, leaders):
        members, absences = self.env["bphs.team.member"], self.env["bphs.team.absence"]
        rows = members.search(members._of_day(day) & Domain("team_id", "in", self.ids))
        # sudo: that somebody is away is part of who serves on the day; the reason is not told
        away = {row.worker_id: row for row in absences.sudo().search(absences._of_day(day))}
        roles = dict(members._fields["role"]._description_selection(self.env))
        order = list(roles)
        found = {}
        for row in rows.sudo().sorted(lambda row: (order.index(row.role), row.id)):  # sudo: names on the wall
            absence = away.get(row.worker_id)
            found.setdefault(row.team_id.id, []).append(
                {
                    "id": row.id,
                    "name": row.worker_id.name,
                    "role": roles[row.role],
                    "share": row.share,
                    "leads": row.worker_id == leaders[row.team_id.id],
                    "until": row.date_to.isoformat() if row.date_to else "",
                    "away": absence.date_to.isoformat() if absence else "",
                    "substitute": (absence and absence.substitute_id.name) or "",
                }
            )
        return found

    @api.model
    def _board_settings(self):
        weights, posts = self.env["bphs.team.weight"], self.env["bphs.team.post"]
        kinds = dict(weights._fields["kind"]._description_selection(self.env))
        roles = dict(posts._fields["role"]._description_selection(self.env))
        required, people_of = posts._told()
        return {
            "weights": [{"label": kinds[kind], "weight": f"{weight:f}"} for kind, weight in weights._told().items()],
            "posts": [
                {"label": roles[role], "least": least, "people": people_of[role]}
                for role, least in required.items()
                if least or people_of[role]
            ],
        }
