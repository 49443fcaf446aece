from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.reminder_ladder import audience

from ...tools.overdue import PLACES, SECTION, TEAM_LEADER

STAFF = {
    PLACES[TEAM_LEADER]: ("own", ("team_leader",)),
    PLACES[SECTION]: ("bureau", ("primary_care_officer",)),
}


class BphsTeam(models.Model):
    """Overdue visits of colours are told to the team's leader, then to the section (逾期逐级提醒).

    Told is how many they are: whom they are of, a list shows to whoever may open the files.
    """

    _name = "bphs.team"
    _inherit = ["bphs.team", "bphs.reminded.mixin"]
    _reminder_type = "bphs_elderly.mail_activity_type_overdue"

    elders_overdue = fields.Integer(string="Overdue Visits", compute="_compute_elders_overdue", aggregator=None)
    elders_overdue_long = fields.Integer(
        string="Overdue for Long", compute="_compute_elders_overdue", aggregator=None,
        help="For so long that the section hears of it.",
    )  # fmt: skip
    has_elders_overdue_long = fields.Boolean(
        string="Visits of Colours Overdue for Long", compute="_compute_elders_overdue",
        search="_search_has_elders_overdue_long",
    )  # fmt: skip

    # === COMPUTE METHODS === #

    @api.depends("village_ids")
    @api.depends_context("uid")
    def _compute_elders_overdue(self):
        told, long_ = (self._elders_overdue_counts(level) for level in (TEAM_LEADER, SECTION))
        for team in self:
            team.elders_overdue = told.get(team._origin.id, 0)
            team.elders_overdue_long = long_.get(team._origin.id, 0)
            team.has_elders_overdue_long = bool(team.elders_overdue_long)

    def _search_has_elders_overdue_long(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("id", "in", list(self._elders_overdue_counts(SECTION)))]

    # === ACTIONS === #

    def action_elders_overdue(self):
        """:return dict: the list of the team's overdue visits

        :raise UserError: the user opens files one by one
        """
        self.ensure_one()
        self.check_access("read")
        if self.env["bphs.resident"]._must_search():
            raise UserError(
                self.env._("Whoever works for several townships sees the figures of teams here, and not the people.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_followup_action")
        domain = [("elder_told_to", "in", [TEAM_LEADER]), ("resident_id.team_id", "in", self.ids)]
        return {**action, "name": self.env._("Overdue Visits of Colours"), "context": {}, "domain": domain}

    # === REMINDING === #

    @api.model
    def _cron_remind_elders(self):
        """Whoever is to hear of overdue visits has an activity of the team as long as there are any."""
        counts = {level: self._elders_overdue_counts(level, whole=False) for level in PLACES}
        late = self.browse(counts[TEAM_LEADER] | counts[SECTION])
        quiet = self.search([("activity_ids", "!=", False), ("id", "not in", late.ids)])
        quiet._reminder_activities().unlink()
        staff = late.institution_id._staff_by_level(STAFF)
        for team in late:
            level = next(level for level in (SECTION, TEAM_LEADER) if team.id in counts[level])
            people = dict(staff[team.institution_id.id])
            if leader := team.sudo().leader_id.user_id.filtered("active"):  # sudo: whom to tell
                people[PLACES[TEAM_LEADER]] = leader.ids
            team._remind_of_elders(audience(PLACES[level], people), counts[TEAM_LEADER].get(team.id, 0),
                                   counts[SECTION].get(team.id, 0))  # fmt: skip

    def _remind_of_elders(self, user_ids, count, long_):
        """Keep the reminders that stand, with today's figures; begin and end what changed."""
        standing = self._reminder_activities()
        standing.filtered(lambda reminder: reminder.user_id.id not in user_ids).unlink()
        for user in self.env["res.users"].browse(user_ids):
            summary = self.with_context(lang=user.lang).env._(
                "%(team)s: %(count)s visits of colours overdue, %(long)s of them for long",
                team=self.name,
                count=max(count, long_),
                long=long_,
            )
            if own := standing.filtered(lambda reminder, user=user: reminder.user_id == user):
                own.summary = summary
            else:
                values = {"res_id": self.id, "user_id": user.id, "date_deadline": self._county_today()}
                standing.create({**self._reminder_activity_values(), **values, "summary": summary})

    # === HELPERS === #

    @api.model
    def _elders_overdue_counts(self, level, whole=True):
        """:param bool whole: with the files for named persons, where the user is one
        :return dict: team id -> how many visits are overdue past the days of a level, of those that have any
        """
        rows = self.env["bphs.followup"]
        people = Domain("restricted", "=", False)
        if whole:
            people = self.env["bphs.resident"]._figures().domain
        # sudo: counted is the user's scope, a number tells of nobody; of the county where it is reminded
        query = rows.sudo()._search(rows._elder_overdue(level) & Domain("resident_id", "any", people))
        self._flush_history()
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT v.team_id, count(*) FROM (%(rows)s) f JOIN bphs_resident r ON r.id = f.resident_id
                         JOIN (%(villages)s) v ON v.division_id = r.division_id GROUP BY 1""",
                    rows=query.subselect(SQL("%s.resident_id", SQL.identifier(query.table))),
                    villages=self._villages_on(self._county_today()),
                )
            )
        )
