from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.roles import MEMBER_ROLES

KINDS = [
    ("village", "A Village Changes Its Team"),
    ("join", "Somebody Joins a Team"),
    ("move", "A Member Changes the Team"),
    ("leave", "A Member Leaves the Team"),
]
# Which role a profession most often has in a team.
USUAL_ROLE = {
    "gp": "gp",
    "specialist": "county_specialist",
    "tcm": "tcm",
    "public_health": "public_health",
    "village_doctor": "village_doctor",
    "nurse": "nurse",
}


class BphsTeamChange(models.TransientModel):
    """Asks from which day a village or a person is with another team: what a card dropped on the board opens, and the
    buttons that do the same."""

    _name = "bphs.team.change"
    _description = "Change of a Team"
    _inherit = ["bphs.readable.links.mixin"]

    kind = fields.Selection(KINDS, string="What Changes", required=True, readonly=True)
    institution_id = fields.Many2one("bphs.institution", string="Township Institution")
    division_id = fields.Many2one(
        "bphs.division", string="Village", domain=[("level", "=", "village"), ("in_scope", "=", True)]
    )
    member_id = fields.Many2one("bphs.team.member", readonly=True)
    worker_id = fields.Many2one("bphs.worker", string="Who")
    seen_team_id = fields.Many2one("bphs.team", string="Up to Now", readonly=True)
    team_id = fields.Many2one("bphs.team", string="New Team", help="Empty: no team is responsible from that day on.")
    role = fields.Selection(MEMBER_ROLES)
    share = fields.Integer(string="Share of Time (%)", default=100)
    date = fields.Date(string="From", required=True, default=lambda self: self._county_today())

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        member = self.env["bphs.team.member"].browse(vals.get("member_id")).exists()
        if member:
            vals |= {"worker_id": member.worker_id.id, "role": member.role, "share": member.share}
            vals["seen_team_id"] = member.team_id.id
        elif vals.get("division_id"):
            vals["seen_team_id"] = self._team_of(vals["division_id"], vals.get("date") or self._county_today()).id
        team = self.env["bphs.team"].browse(vals.get("team_id") or vals.get("seen_team_id")).exists()
        if team:
            vals["institution_id"] = team.institution_id.id
        return {name: value for name, value in vals.items() if name in fields_list}

    @api.model
    def _team_of(self, division_id, day):
        rows = self.env["bphs.team.village"]
        return rows.search(rows._of_day(day) & fields.Domain("division_id", "=", division_id)).team_id

    @api.onchange("division_id", "date")
    def _onchange_division_id(self):
        if self.kind == "village" and self.date:
            self.seen_team_id = self.division_id and self._team_of(self.division_id.id, self.date)

    @api.onchange("worker_id")
    def _onchange_worker_id(self):
        if self.kind == "join":
            self.role = USUAL_ROLE.get(self.worker_id.profession)

    def action_confirm(self):
        """Take the step; the page below shows what is so then."""
        self.ensure_one()
        self.check_access("write")
        getattr(self, f"_confirm_{self.kind}")()
        return {"type": "ir.actions.act_window_close", "infos": {"changed": True}}

    def _confirm_village(self):
        self._check_filled("division_id")
        if self.team_id == self.seen_team_id:
            raise UserError(self.env._("%(name)s: choose another team.", name=self.division_id.name))
        self.team_id._take_village(self.division_id, self.date, seen=self.seen_team_id)

    def _confirm_join(self):
        self._check_filled("team_id", "worker_id", "role")
        self.team_id._take_member(self.worker_id, self.role, self.share, self.date)

    def _confirm_move(self):
        self._check_filled("member_id", "team_id", "role")
        if self.team_id == self.member_id.team_id and self.role == self.member_id.role:
            raise UserError(self.env._("%(name)s: choose another team.", name=self.member_id.worker_id.name))
        worker = self.member_id.worker_id
        self.member_id.team_id._let_go(self.member_id, self.date)
        self.team_id._take_member(worker, self.role, self.share, self.date)

    def _confirm_leave(self):
        self._check_filled("member_id")
        self.member_id.team_id._let_go(self.member_id, self.date)

    def _check_filled(self, *names):
        for name in names:
            if not self[name]:
                label = self._fields[name]._description_string(self.env)
                raise UserError(self.env._("%(field)s is missing.", field=label))
