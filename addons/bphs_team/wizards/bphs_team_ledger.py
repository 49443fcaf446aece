from odoo import api, fields, models
from odoo.fields import Domain


class BphsTeamLedger(models.TransientModel):
    """Takes out the teams of an institution and those below it, as they stood on a day."""

    _name = "bphs.team.ledger"
    _description = "Ledger of Teams"
    _inherit = ["bphs.print.institution.mixin"]

    date = fields.Date(string="On", required=True, default=lambda self: self._county_today())

    @api.depends("institution_id", "date")
    def _compute_display_name(self):
        for ledger in self:
            ledger.display_name = f"{ledger.institution_id.name or ''} {ledger.date or ''}".strip()

    def _nothing_to_print(self):
        return not self._teams() and self.env._("No team stands there on this day.")

    def _teams(self):
        """:return: the teams that stood on the day, those the user may see alone"""
        teams = self.env["bphs.team"].with_context(active_test=False)
        return teams.search(
            Domain("institution_id", "child_of", self.institution_id.id)
            & Domain("date_from", "<=", self.date)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", self.date))
        )
