from odoo import fields, models


class BphsTeamClose(models.TransientModel):
    """The last day of a team."""

    _name = "bphs.team.close"
    _description = "Closing of a Team"

    team_id = fields.Many2one("bphs.team", required=True, readonly=True)
    date = fields.Date(string="Last Day", required=True, default=lambda self: self._county_today())

    def action_close(self):
        self.ensure_one()
        self.team_id._close(self.date)
        return {"type": "ir.actions.act_window_close"}
