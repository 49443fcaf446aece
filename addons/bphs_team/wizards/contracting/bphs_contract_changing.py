from odoo import api, fields, models

from ...models.contracting.bphs_contract_signing import Signing


class BphsContractChanging(models.TransientModel):
    """Asks to which team a person changes, and from when (改签)."""

    _name = "bphs.contract.changing"
    _description = "Change to Another Team"
    _inherit = ["bphs.readable.links.mixin"]

    contract_id = fields.Many2one("bphs.contract", required=True, readonly=True, ondelete="cascade")
    team_id = fields.Many2one("bphs.team", string="New Team", required=True, ondelete="cascade")
    package_id = fields.Many2one(
        "bphs.package", required=True, compute="_compute_package_id", store=True, precompute=True, readonly=False,
        ondelete="cascade",
    )  # fmt: skip
    day = fields.Date(string="From", required=True, default=lambda self: self._county_today())
    months = fields.Integer(
        string="Term (Months)",
        required=True,
        compute="_compute_package_id",
        store=True,
        precompute=True,
        readonly=False,
    )

    @api.depends("contract_id", "day")
    def _compute_package_id(self):
        for dialog in self:
            day = dialog.day or self._county_today()
            offered = self.env["bphs.package"]._signed_on(day)
            old = dialog.contract_id.package_id
            dialog.package_id = offered.filtered(lambda package, old=old: package.code == old.code)[:1] or offered[:1]
            dialog.months = dialog.package_id.months or self.env["bphs.contract.term"]._on(day).usual

    def action_change(self):
        """End the one, sign the other.

        :return: the action that shows the new contract
        """
        self.ensure_one()
        made = self.contract_id._change(
            Signing(
                package=self.package_id,
                extras=self.package_id.browse(),
                signed_on=min(self.day, self._county_today()),
                date_from=self.day,
                months=self.months,
                source="desk",
                team=self.team_id,
                worker=self.env["bphs.worker"],
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": made._name,
            "res_id": made.id,
            "views": [(False, "form")],
        }
