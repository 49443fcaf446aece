from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.reports.printing import PrintedForm

from ...reports import agreement, ledger

FORMS = {
    "C1": PrintedForm(("bphs.contract",), agreement.form),
    "E17": PrintedForm(("bphs.team",), ledger.form, ledger.sheets, rows=lambda team: team._contract_count()),
}


class BphsPrintMixin(models.AbstractModel):
    _inherit = "bphs.print.mixin"

    @api.model
    def _printed_forms(self):
        return super()._printed_forms() | FORMS


class BphsTeam(models.Model):
    _name = "bphs.team"
    _inherit = ["bphs.team", "bphs.print.mixin"]

    def _contract_count(self):
        contracts = self.env["bphs.contract"]
        return contracts.search_count(contracts._in_force_on(self._county_today()) & contracts._of_team(self))

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
