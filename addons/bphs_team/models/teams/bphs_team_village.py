from odoo import fields, models


class BphsTeamVillage(models.Model):
    """Which village is a team's own, from when to when. The database holds it: on no day has a village two teams."""

    _name = "bphs.team.village"
    _description = "Village of a Team"
    _inherit = ["bphs.team.row.mixin"]
    _order = "team_id, division_id, date_from, id"
    _rec_name = "division_id"

    division_id = fields.Many2one(
        "bphs.division", string="Village", required=True, readonly=True, domain=[("level", "=", "village")],
        ondelete="restrict",
    )  # fmt: skip

    # The extension it needs comes with the foundation. Its index finds the team of a village on a day.
    _one_team_at_a_time = models.Constraint(
        "EXCLUDE USING gist (division_id WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "On one of these days another team is responsible for this village.",
    )
