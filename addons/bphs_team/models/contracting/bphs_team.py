from odoo import models
from odoo.fields import Domain


class BphsTeam(models.Model):
    """What a team has signed."""

    _inherit = "bphs.team"

    def _contract_count(self):
        contracts = self.env["bphs.contract"]
        found = contracts.search(contracts._in_force_on(self._county_today()) & contracts._of_team(self))
        # sudo: which are for named persons is not everybody's to know; the print log tells the others' number
        return len(found.sudo().filtered(lambda one: not one.resident_id.restricted))

    def action_contracts(self):
        """:return: the list of the team's contracts"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contracts"),
            "res_model": "bphs.contract",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("team_id", "=", self.id)],
            "context": {"search_default_in_force": 1},
        }


class BphsContract(models.Model):
    _inherit = "bphs.contract"

    def _of_team(self, team):
        return Domain("team_id", "=", team.id)
