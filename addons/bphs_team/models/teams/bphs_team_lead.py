from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import spans


class BphsTeamLead(models.Model):
    """Who led a team from when to when; follows from whom the team names."""

    _name = "bphs.team.lead"
    _description = "Leader of a Team"
    _inherit = ["bphs.team.row.mixin"]
    _order = "team_id, date_from, id"
    _rec_name = "worker_id"

    worker_id = fields.Many2one("bphs.worker", required=True, readonly=True, index=True, ondelete="restrict")

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (team_id WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "On one of these days somebody else leads this team.",
    )


class BphsTeam(models.Model):
    """The leader with dates, so that a past day's board names who led the team then."""

    _inherit = "bphs.team"

    lead_ids = fields.One2many("bphs.team.lead", "team_id", string="Leaders", readonly=True, copy=False)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        for team in teams.filtered("leader_id"):
            team._led_from(team.date_from)
        return teams

    def write(self, vals):
        changed = self.filtered(lambda team: team.leader_id.id != vals["leader_id"]) if "leader_id" in vals else ()
        result = super().write(vals)
        for team in changed:
            team._led_from(self._county_today())
        return result

    # === BUSINESS METHODS === #

    def _led_from(self, day):
        """Let whom the team names lead it from a day on; a day before the last change counts as that of the change."""
        self.ensure_one()
        team = self.sudo()  # sudo: the rows follow from the leader, whose right was checked
        rows = team.env["bphs.team.lead"].search([("team_id", "=", team.id)], order="date_from")
        present = [spans.Span(row.worker_id.id, row.date_from, row.date_to or None, row.id) for row in rows]
        day = max([day, *(span.first for span in present)])
        holder = team.leader_id.id or None
        current = next((span for span in present if span.holds(day)), None)
        if (current.holder == holder and current.last is None) if current else holder is None:
            return
        change = spans.given(present, holder, day)
        for key, last in change.ended:
            rows.browse(key).date_to = last
        rows.browse(change.dropped).unlink()
        rows.flush_model()  # before the next begins: no day has two
        kept = rows.exists()[-1:]
        if change.begun and kept.worker_id.id == holder and kept.date_to == day - timedelta(days=1):
            kept.date_to = False  # put back what was changed that very day
        elif change.begun:
            rows.create({"team_id": team.id, "worker_id": holder, "date_from": day})
        rows.flush_model()

    def _led_until(self, workers, day):
        """Let the last row of one of these workers, who are named no more, end after a day: they left on it."""
        last = self.env["bphs.team.lead"].search([("team_id", "=", self.id)], order="date_from desc", limit=1)
        if last.worker_id in workers and last.date_from <= day:
            last.date_to = day

    def _leaders_on(self, day):
        """Who led these teams on a day; on one to come, who leads them now.

        :return dict: team id -> bphs.worker
        """
        if day >= self._county_today():
            return {team.id: team.leader_id for team in self}
        self.env["bphs.team.lead"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT team_id, worker_id FROM bphs_team_lead"
                " WHERE team_id = ANY(%s) AND daterange(date_from, date_to, '[]') @> %s::date",
                self.ids,
                day,
            )
        )
        workers = self.env["bphs.worker"]
        return {team.id: workers for team in self} | {team: workers.browse(worker) for team, worker in rows}
