from odoo import api, fields, models
from odoo.fields import Domain


class BphsTeamRow(models.AbstractModel):
    """What a team has from a day to a day. Written by the steps of the team alone."""

    _name = "bphs.team.row.mixin"
    _description = "Of a Team, from When to When"
    _inherit = ["bphs.scope.mixin"]

    team_id = fields.Many2one("bphs.team", required=True, readonly=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(related="team_id.institution_id", store=True, precompute=True)
    date_from = fields.Date(string="First Day", required=True, readonly=True)
    date_to = fields.Date(string="Last Day", readonly=True, help="Empty while it goes on.")

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "The last day comes before the first."
    )

    @api.model
    def _of_day(self, day):
        """:return Domain: the rows that hold on a day"""
        return Domain("date_from", "<=", day) & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
