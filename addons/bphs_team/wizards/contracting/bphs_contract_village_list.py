from odoo import api, fields, models
from odoo.fields import Domain

from ...reports import village_list
from ...tools.terms import ENDING_SOON_DAYS


class BphsContractVillageList(models.TransientModel):
    """Takes out whose services are overdue and whose contracts end soon in a village, as a picture or a workbook."""

    _name = "bphs.contract.village.list"
    _description = "To Do in a Village"
    _inherit = ["bphs.print.choice.mixin", "bphs.readable.links.mixin"]

    division_id = fields.Many2one(
        "bphs.division", string="Village", required=True, domain=[("level", "=", "village")], ondelete="cascade",
        default=lambda self: self._own_village(),
    )  # fmt: skip
    within_days = fields.Integer(string="Ending Within Days", required=True, default=ENDING_SOON_DAYS)

    @api.model
    def _own_village(self):
        """A doctor of one village has no other to ask for."""
        villages = self.env.user.sudo().bphs_institution_ids.village_ids  # sudo: one's own scope
        return villages.id if len(villages) == 1 else False

    @api.depends("division_id")
    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = f"{dialog.division_id.name or ''} {self._county_today()}".strip()

    def _nothing_to_print(self):
        if self.env["bphs.resident"]._must_search():
            return self.env._("Whoever works for several townships sees the figures of teams here, and not the people.")
        return not village_list.rows(self) and self.env._("Nothing is overdue there, and no contract ends soon.")

    def _contracts(self):
        """:return Domain: contracts in force in the village today"""
        contracts = self.env["bphs.contract"]
        return contracts._in_force_on(self._county_today()) & Domain(
            "resident_id.division_id", "=", self.division_id.id
        )
