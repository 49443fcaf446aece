from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.contracting.bphs_contract_signing import Signing
from ...tools.terms import ENDING_SOON_DAYS

SHOWN = 50


class BphsContractBulk(models.TransientModel):
    """Signs or renews a village, or whoever a list was searched for, in one action; exceptions are told first."""

    _name = "bphs.contract.bulk"
    _description = "Sign or Renew Many"
    _inherit = ["bphs.readable.links.mixin"]

    deed = fields.Selection(
        [("sign", "Sign Who Has No Contract"), ("renew", "Renew What Expires")], required=True, default="renew"
    )
    division_id = fields.Many2one(
        "bphs.division", string="Village", domain=[("level", "=", "village")], ondelete="cascade"
    )
    resident_ids = fields.Many2many("bphs.resident", string="Chosen Persons", readonly=True)
    contract_ids = fields.Many2many("bphs.contract", string="Chosen Contracts", readonly=True)
    package_id = fields.Many2one("bphs.package", ondelete="cascade")
    signed_on = fields.Date(required=True, default=lambda self: self._county_today())
    date_from = fields.Date(
        string="In Force From", required=True, compute="_compute_date_from", store=True, precompute=True, readonly=False
    )
    within_days = fields.Integer(string="Ending Within Days", default=ENDING_SOON_DAYS)
    months = fields.Integer(string="Term (Months)", help="Empty: the usual one of the package.")
    count = fields.Integer(string="Will Be Done", compute="_compute_foretold")
    exceptions = fields.Text(compute="_compute_foretold")

    @api.depends("signed_on")
    def _compute_date_from(self):
        for dialog in self:
            dialog.date_from = dialog.signed_on

    @api.depends(
        "deed", "division_id", "resident_ids", "contract_ids", "package_id", "date_from", "within_days", "months"
    )
    def _compute_foretold(self):
        for dialog in self:
            dialog.count, dialog.exceptions = 0, False
            if dialog._is_complete():
                dialog.count, dialog.exceptions = dialog._foretell()

    def _is_complete(self):
        if self.deed == "renew":
            return bool(self.division_id or self.contract_ids)
        return bool((self.division_id or self.resident_ids) and self.package_id and self.date_from)

    def _foretell(self):
        contracts = self.env["bphs.contract"]
        chosen = self._chosen()
        if self.deed == "renew":
            every, words = contracts.search_count(chosen), contracts._renewal_words()
            exceptions = contracts._not_renewed(chosen, self.months or None)
        else:
            every, words = self.env["bphs.resident"].search_count(chosen), contracts._signing_words()
            exceptions = contracts._not_signed(chosen, self._signing())
        lines = [self._line(words[reason], records) for reason, records in exceptions]
        if self.deed == "renew":
            lines += [
                self._line(
                    self.env._("goes on with %(team)s, which answers for the village then", team=team.name), records
                )
                for team, records in contracts._renewed_elsewhere(chosen, self.months or None)
            ]
        left_out = sum(len(records) for __, records in exceptions)
        return every - left_out, "\n".join(lines) or False

    def _line(self, words, records):
        people = records.resident_id if "resident_id" in records._fields else records
        people._log_access("list")  # they are named without being read
        names = "、".join(records[:SHOWN].mapped("display_name"))
        more = "……" if len(records) > SHOWN else ""
        return f"{words}（{len(records)}）：{names}{more}"

    def _chosen(self):
        """:return Domain: of contracts to renew, or of residents to sign"""
        if self.deed == "renew":
            contracts = self.env["bphs.contract"]
            if self.contract_ids:
                return Domain("id", "in", self.contract_ids.ids)
            last = fields.Date.add(self._county_today(), days=max(self.within_days, 0) + 1)
            return (
                contracts._in_force_on(self._county_today())
                & Domain("state", "=", "running")
                & Domain("until", "<=", last)
                & Domain("resident_id.division_id", "=", self.division_id.id)
            )
        if self.resident_ids:
            return Domain("id", "in", self.resident_ids.ids)
        return Domain("division_id", "=", self.division_id.id) & Domain("status", "=", "active")

    def _signing(self):
        return Signing(
            package=self.package_id,
            extras=self.package_id.browse(),
            signed_on=self.signed_on,
            date_from=self.date_from,
            months=self.months or self.package_id.months,
            source="desk",
            worker=self.env["bphs.worker"],
        )

    def action_do(self):
        """Sign or renew everybody who can be.

        :return: what was done
        :raise UserError: nobody is named, or nobody can be
        """
        self.ensure_one()
        if not self._is_complete():
            raise UserError(self.env._("Name the village, or choose persons from a list, and the package."))
        contracts = self.env["bphs.contract"]
        if self.deed == "renew":
            made = contracts._renew(self._chosen(), months=self.months or None)
        else:
            made = contracts._sign(self._chosen(), self._signing())
        if not made:
            raise UserError(self.env._("There is nobody to sign."))
        return self._notification(
            self.env._("%(count)s contracts made.", count=len(made)), next={"type": "ir.actions.act_window_close"}
        )
