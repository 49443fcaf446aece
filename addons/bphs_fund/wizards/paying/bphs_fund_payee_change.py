from datetime import timedelta
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import percent_text, to_decimal


class BphsFundPayeeChange(models.TransientModel):
    """Changes who is paid for a clinic from a day on: the payees before end, the new ones begin,
    together.

    Shares sum to one on every day, so they cannot be changed one by one.
    """

    _name = "bphs.fund.payee.change"
    _description = "Change Payees"

    institution_id = fields.Many2one(
        "bphs.institution",
        string="Clinic",
        required=True,
        ondelete="cascade",
        domain=[("kind", "in", ("village_clinic", "community_station"))],
    )
    date_from = fields.Date(string="From", required=True)
    line_ids = fields.One2many(
        "bphs.fund.payee.change.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("institution_id", "date_from")
    def _compute_line_ids(self):
        """Propose the payees of that day, for their shares to be changed."""
        for wizard in self:
            current = wizard._current()
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "kind": payee.kind,
                            "name": payee.name,
                            "payee_institution_id": payee.payee_institution_id.id,
                            "account_id": payee.account_id.id,
                            "share": payee.share,
                        }
                    )
                    for payee in current
                ),
            ]

    def action_apply(self):
        """End the payees of that day and begin the new ones.

        :raise UserError: the shares do not sum to one, or payees of a later day are there already
        """
        self.ensure_one()
        Payee = self.env["bphs.fund.payee"]
        Payee.check_access("write")
        total = sum((to_decimal(line.share) for line in self.line_ids), Decimal())
        if total != 1:
            raise UserError(
                self.env._("The shares must sum to 100%%; they sum to %(total)s.", total=percent_text(total))
            )
        later = Payee.search(
            [("institution_id", "=", self.institution_id.id), ("date_from", ">=", self.date_from)],
            limit=1,
        )
        if later:
            raise UserError(
                self.env._(
                    "%(clinic)s has payees from %(date)s already: choose a later day, or edit those.",
                    clinic=self.institution_id.name,
                    date=later.date_from,
                )
            )
        self._current().date_to = self.date_from - timedelta(days=1)
        payees = Payee.create(
            [
                {
                    "institution_id": self.institution_id.id,
                    "date_from": self.date_from,
                    "kind": line.kind,
                    "payee_institution_id": line.payee_institution_id.id,
                    **({"name": line.name} if line.kind == "person" else {}),
                    "account_id": line.account_id.id,
                    "share": line.share,
                }
                for line in self.line_ids
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_payee_action")
        return {
            **action,
            "domain": [("institution_id", "=", payees.institution_id.id)],
            "context": {},
            "target": "main",
        }

    def _current(self):
        self.ensure_one()
        if not self.institution_id or not self.date_from:
            return self.env["bphs.fund.payee"]
        payees = self.env["bphs.fund.payee"]._for_date(self.institution_id, self.date_from)
        return payees.get(self.institution_id, self.env["bphs.fund.payee"])


class BphsFundPayeeChangeLine(models.TransientModel):
    """One payee from the day of the change."""

    _name = "bphs.fund.payee.change.line"
    _description = "New Payee"

    wizard_id = fields.Many2one("bphs.fund.payee.change", required=True, index=True, ondelete="cascade")
    kind = fields.Selection([("person", "Doctor"), ("institution", "Institution")], default="person", required=True)
    name = fields.Char()
    payee_institution_id = fields.Many2one("bphs.institution", string="Paid Institution", ondelete="cascade")
    account_id = fields.Many2one("bphs.bank.account", ondelete="cascade")
    share = fields.Float(digits=(5, 4), default=1.0, required=True)
