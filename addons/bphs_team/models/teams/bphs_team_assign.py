from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools import spans
from ...tools.roles import ASSIGNERS

# What was so for longer than this is history: reports have told it.
DAYS_BACK = 31


class BphsTeam(models.Model):
    """The dated steps: a village or a person comes to a team from a day on."""

    _inherit = "bphs.team"

    # === VILLAGES === #

    def _take_village(self, village, day, seen):
        """Make this team responsible for a village from a day on; no team: nobody is.

        :param seen: the team that whoever decides believes to be responsible on that day, empty for none
        :raise AccessError: not an assigner's role, or one of the teams is out of scope
        :raise UserError: the village is not the township's, the day does not fit, or somebody else was quicker
        """
        (self | seen)._check_may_assign()
        # sudo: whoever gives a village first takes its row, which is nobody's to write; what may be given is checked
        village.sudo()._lock_rows(
            self.env._("Somebody is giving %(name)s to a team at this moment.", name=village.name)
        )
        if self:
            self._check_serves(village)
            self._check_open_on(day)
        rows = self.env["bphs.team.village"].sudo().search([("division_id", "=", village.id)])  # sudo: all its history
        present = [spans.Span(row.team_id.id, row.date_from, row.date_to or None, row.id) for row in rows]
        holder = self.browse(spans.holder_on(present, day))
        if holder != seen:
            # sudo: the name of a team of another township, to say who has the village
            name = holder.sudo().name or self.env._("no team")
            raise UserError(
                self.env._(
                    "%(name)s is with %(team)s on %(day)s, which was changed meanwhile. Look again before you decide.",
                    name=village.name,
                    team=name,
                    day=day,
                )
            )
        if holder:
            self._check_not_history(day)
        try:
            change = spans.given(present, self.id or None, day)
        except spans.SpanError as error:
            raise self._span_refusal(error, village.name) from error
        for key, last in change.ended:
            rows.browse(key).date_to = last
        rows.browse(change.dropped).unlink()
        rows.flush_recordset()  # before the next begins: no day has two
        if change.begun:
            rows.create({"team_id": self.id, "division_id": village.id, "date_from": day})
        rows.env.flush_all()

    def _check_serves(self, village):
        responsible = self.env["bphs.institution"].sudo()._responsible(village.ids)  # sudo: who serves it, whoever asks
        if village.level != "village" or self.institution_id.id not in responsible.get(village.id, ()):
            raise UserError(
                self.env._(
                    "%(institution)s does not serve %(village)s.",
                    institution=self.institution_id.name,
                    village=village.name,
                )
            )

    # === MEMBERS === #

    def _take_member(self, worker, role, share, day):
        """Let somebody serve in this team from a day on, in a role, for a share of their time."""
        self.ensure_one()
        self._check_may_assign()
        self._check_open_on(day)
        worker.check_access("read")
        worker.sudo()._lock_rows()  # sudo: held, not written
        if not worker.active:
            raise UserError(self.env._("%(name)s has left and joins no team.", name=worker.name))
        members = self.env["bphs.team.member"].sudo()  # sudo: rows are written by these steps alone
        there = members.search(
            [("team_id", "=", self.id), ("worker_id", "=", worker.id), ("role", "=", role)],
            order="date_from desc",
            limit=1,
        )
        if there and (not there.date_to or there.date_to >= day):
            raise UserError(
                self.env._(
                    "%(name)s serves %(team)s in this role from %(day)s already.",
                    name=worker.name,
                    team=self.name,
                    day=there.date_from,
                )
            )
        members.create(
            {"team_id": self.id, "worker_id": worker.id, "role": role, "share": share, "date_from": day}
        ).flush_recordset()

    def _let_go(self, member, day):
        """End somebody's service in this team: `day` is the first day without them.

        Who began that very day or later has not served: the row goes.
        """
        self._check_may_assign()
        member.sudo()._lock_rows()  # sudo: as above
        if member.date_to and member.date_to < day:
            raise UserError(
                self.env._(
                    "%(name)s left %(team)s on %(day)s already.",
                    name=member.worker_id.name,
                    team=self.name,
                    day=member.date_to,
                )
            )
        self._check_not_history(day)
        member = member.sudo()  # sudo: as above
        if member.date_from >= day:
            member.unlink()
        else:
            member.date_to = day - timedelta(days=1)
        member.env.flush_all()

    # === CLOSING === #

    def _close(self, day):
        """Close teams after their last day; they have neither villages nor members beyond it."""
        for team in self:
            team._check_may_assign()
            team.sudo()._lock_rows()  # sudo: as above
            after = [("team_id", "=", team.id), "|", ("date_to", "=", False), ("date_to", ">", day)]
            held = self.env["bphs.team.village"].search(after)
            if held:
                raise UserError(
                    self.env._(
                        "%(team)s is responsible for %(villages)s still: give these to other teams first.",
                        team=team.name,
                        villages="、".join(held.division_id.mapped("name")),
                    )
                )
            for member in self.env["bphs.team.member"].search(after):
                team._let_go(member, day + timedelta(days=1))
            # sudo: what steps set is nobody's to write
            team.sudo().write({"active": False, "date_to": day})

    # === CHECKS === #

    def _check_may_assign(self):
        """:raise AccessError: assigning is not this user's, or not for these teams"""
        if not (self.env.su or self.env.user._holds_role(ASSIGNERS)):
            raise AccessError(
                self.env._("Teams are set up by the primary-care section, township directors and team leaders.")
            )
        self.check_access("write")

    def _check_open_on(self, day):
        self.ensure_one()
        if day < self.date_from or not self.active:
            raise UserError(self.env._("%(team)s does not stand on %(day)s.", team=self.name, day=day))

    def _check_not_history(self, day):
        if not self.env.su and day < self._county_today() - timedelta(days=DAYS_BACK):
            raise UserError(
                self.env._("What was so %(days)s days ago and longer is history: give a later day.", days=DAYS_BACK)
            )

    def _span_refusal(self, error, name):
        # sudo: the name of a team of a township that may be out of scope, to say why it does not go
        team, span = self.browse(error.span.holder).sudo().name, error.span
        if error.reason == "same":
            text = self.env._("%(name)s is with %(team)s since %(day)s.", name=name, team=team, day=span.first)
        else:
            text = self.env._(
                "%(name)s goes to %(team)s on %(day)s: take that back first.", name=name, team=team, day=span.first
            )
        return UserError(text)

    # === WHO IS RESPONSIBLE === #

    @api.model
    def _villages_on(self, day):
        """The one definition of who is responsible: rows of `division_id` and `team_id`, a village once at most.

        :param day: a date, or SQL that gives one
        :return SQL: a select
        """
        return SQL(
            "SELECT division_id, team_id FROM bphs_team_village"
            " WHERE daterange(date_from, date_to, '[]') @> (%s)::date",
            day,
        )

    @api.model
    def _members_on(self, day):
        """:return SQL: a select of `id`, `team_id`, `worker_id`, `role`, `share` of who serves on a day"""
        return SQL(
            "SELECT id, team_id, worker_id, role, share FROM bphs_team_member"
            " WHERE daterange(date_from, date_to, '[]') @> (%s)::date",
            day,
        )

    @api.model
    def _flush_history(self):
        for name in ("bphs.team", "bphs.team.village", "bphs.team.member"):
            self.env[name].flush_model()
