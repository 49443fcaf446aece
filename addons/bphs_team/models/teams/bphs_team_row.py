from odoo import api, fields, models
from odoo.fields import Domain
from odoo.orm.models import MAGIC_COLUMNS


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

    @api.model
    def _of_team(self, team):
        """:return Domain: the rows of a team"""
        return Domain("team_id", "=", team.id)

    def _same_again(self):
        """:return dict: what a further row like this one is made of"""
        self.ensure_one()
        return {
            name: field.convert_to_write(self[name], self)
            for name, field in self._fields.items()
            if field.store and not field.compute and not field.related and name not in MAGIC_COLUMNS
        }

    def _held_too(self, worker):
        """Whether this worker has what the row gives already, so that it only ends with whom it names."""
        return False
