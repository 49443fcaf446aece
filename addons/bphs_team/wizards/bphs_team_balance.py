from fractions import Fraction

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..tools import balance
from ..tools.load import Counts, whole_load


class BphsTeamBalance(models.TransientModel):
    """A proposal how a township's villages could be spread over its teams more evenly: a person changes and
    accepts it, nothing moves before."""

    _name = "bphs.team.balance"
    _description = "Balancing of a Township's Teams"
    _inherit = ["bphs.readable.links.mixin"]

    institution_id = fields.Many2one("bphs.institution", string="Township Institution", required=True, readonly=True)
    date = fields.Date(string="From", required=True, default=lambda self: self._county_today())
    line_ids = fields.One2many("bphs.team.balance.line", "balance_id", string="Moves Proposed")
    comparison = fields.Html(string="Before and After", compute="_compute_comparison", sanitize=False)

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        institution = self.env["bphs.institution"].browse(vals.get("institution_id")).exists()
        if institution and "line_ids" in fields_list:
            vals["line_ids"] = [Command.create(line) for line in self._proposed(institution, self._county_today())]
        return vals

    @api.depends("institution_id", "line_ids.chosen", "line_ids.team_id")
    def _compute_comparison(self):
        for dialog in self:
            teams, villages = self._given(dialog.institution_id, self._county_today())
            new = {line.division_id.id: line.team_id.id for line in dialog.line_ids if line.chosen}
            then = [balance.Village(one.key, one.load, new.get(one.key, one.team)) for one in villages]
            dialog.comparison = self._side_by_side(teams, balance.loads(teams, villages), balance.loads(teams, then))

    # === ACTION METHODS === #

    def action_accept(self):
        """Give the villages of the chosen lines to their teams, from the day on."""
        self.ensure_one()
        chosen = self.line_ids.filtered("chosen")
        if not chosen:
            raise UserError(self.env._("No move is chosen."))
        for line in chosen:
            line.team_id._take_village(line.division_id, self.date, seen=line.seen_team_id)
        return {"type": "ir.actions.act_window_close"}

    # === BUSINESS METHODS === #

    @api.model
    def _given(self, institution, day):
        """:return tuple: the teams with their hands and the villages with their loads, as the rules read them"""
        if not institution:
            return [], []
        Team = self.env["bphs.team"]
        teams = Team.search([("institution_id", "=", institution.id)])
        standing = teams._standing(day)
        # Where no team has a doctor, all are taken to be as strong.
        alike = not any(standing[team.id].capacity for team in teams)
        served = Team._township_villages(institution)
        weights, counts = self.env["bphs.team.weight"]._told(), Team._village_counts(list(served), day)
        rows = self.env["bphs.team.village"]
        # sudo: a village that another township's team answers for stays there
        held = {row.division_id.id: row.team_id.id for row in rows.sudo().search(rows._of_day(day))}
        villages = [
            balance.Village(division, whole_load(counts.get(division, Counts()), weights), held.get(division))
            for division in sorted(served)
            if held.get(division) in (None, *teams.ids)
        ]
        hands = {team.id: Fraction(1) if alike else Fraction(standing[team.id].capacity) for team in teams}
        return [balance.Team(team.id, hands[team.id]) for team in teams], villages

    @api.model
    def _proposed(self, institution, day):
        teams, villages = self._given(institution, day)
        Team = self.env["bphs.team"]
        return [
            {
                "division_id": move.village,
                "seen_team_id": move.giver or False,
                "team_id": move.taker,
                "load": move.load,
                "why": self._why(move, Team.browse(move.giver), Team.browse(move.taker)),
            }
            for move in balance.proposal(teams, villages)
        ]

    def _why(self, move, giver, taker):
        _ = self.env._
        told = _(
            "%(team)s: load %(before)s → %(after)s", team=taker.name, before=move.taker_before, after=move.taker_after
        )
        if not giver:
            return _("No team answers for it. %(told)s", told=told)
        gives = _(
            "%(team)s: load %(before)s → %(after)s", team=giver.name, before=move.giver_before, after=move.giver_after
        )
        return f"{gives}；{told}"

    def _side_by_side(self, teams, before, then):
        _ = self.env._
        names = {team.id: team.name for team in self.env["bphs.team"].browse([team.key for team in teams])}
        rows = Markup().join(
            Markup("<tr><td>%s</td><td class='text-end'>%s</td><td class='text-end%s'>%s</td></tr>")
            % (
                names[team.key],
                before[team.key],
                " fw-bold" if before[team.key] != then[team.key] else "",
                then[team.key],
            )
            for team in teams
        )
        head = Markup("<tr><th>%s</th><th class='text-end'>%s</th><th class='text-end'>%s</th></tr>") % (
            _("Team"),
            _("Load Now"),
            _("Load Then"),
        )
        return Markup("<table class='table table-sm mb-0'><thead>%s</thead><tbody>%s</tbody></table>") % (head, rows)


class BphsTeamBalanceLine(models.TransientModel):
    """One village that could change its team, and why."""

    _name = "bphs.team.balance.line"
    _description = "Village That Could Change Its Team"

    balance_id = fields.Many2one("bphs.team.balance", required=True, ondelete="cascade", index=True)
    chosen = fields.Boolean(string="Move", default=True)
    division_id = fields.Many2one("bphs.division", string="Village", required=True)
    seen_team_id = fields.Many2one("bphs.team", string="Up to Now")
    team_id = fields.Many2one("bphs.team", string="New Team", required=True)
    load = fields.Integer(aggregator=None)
    why = fields.Text(string="What It Changes")
