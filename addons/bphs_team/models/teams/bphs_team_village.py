from odoo import fields, models


class BphsTeamVillage(models.Model):
    """Which village is a team's own, from when to when. Written by the steps of the team alone.

    The database holds it: on no day has a village two teams.
    """

    _name = "bphs.team.village"
    _description = "Village of a Team"
    _inherit = ["bphs.scope.mixin"]
    _order = "team_id, division_id, date_from, id"
    _rec_name = "division_id"

    team_id = fields.Many2one("bphs.team", required=True, readonly=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(related="team_id.institution_id", store=True, precompute=True)
    division_id = fields.Many2one(
        "bphs.division", string="Village", required=True, readonly=True, domain=[("level", "=", "village")],
        ondelete="restrict",
    )  # fmt: skip
    date_from = fields.Date(string="First Day", required=True, readonly=True)
    date_to = fields.Date(string="Last Day", readonly=True, help="Empty while it goes on.")

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "The last day comes before the first."
    )
    # Its index finds the team of a village on a day.
    _one_team_at_a_time = models.Constraint(
        "EXCLUDE USING gist (division_id WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "On one of these days another team is responsible for this village.",
    )
