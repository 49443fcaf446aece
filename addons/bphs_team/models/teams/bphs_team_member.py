from odoo import fields, models
from odoo.fields import Domain

from ...tools.roles import MEMBER_ROLES


class BphsTeamMember(models.Model):
    """Who serves in a team, in which role, from when to when."""

    _name = "bphs.team.member"
    _description = "Member of a Team"
    _inherit = ["bphs.team.row.mixin"]
    _order = "team_id, role, date_from, id"
    _rec_name = "worker_id"

    worker_id = fields.Many2one("bphs.worker", required=True, readonly=True, index=True, ondelete="restrict")
    role = fields.Selection(MEMBER_ROLES, required=True, readonly=True)
    share = fields.Integer(
        string="Share of Time (%)", required=True, default=100, readonly=True, aggregator=None,
        help="Of this person's working time; one person may serve several teams.",
    )  # fmt: skip

    _share_range = models.Constraint("CHECK(share BETWEEN 1 AND 100)", "A share of time is 1 to 100 per cent.")
    # The extension it needs comes with the foundation.
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (team_id WITH =, worker_id WITH =, role WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "On one of these days this person serves the team in this role already.",
    )

    def _held_too(self, worker):
        going_on = Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from)
        same = Domain("team_id", "=", self.team_id.id) & Domain("role", "=", self.role)
        return bool(self.search_count(same & going_on & Domain("worker_id", "=", worker.id), limit=1))
