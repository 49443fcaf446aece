from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

SHEETS = "bphs.fund.settlement.line"
OWN = "bphs_fund.bphs_fund_settlement_line_action_own"


class BphsHome(models.AbstractModel):
    """A doctor's three cards, beside what is to be filled in: what is to be confirmed, and what was paid."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(("village_doctor",)):
            cards += [self._card_to_confirm(), self._card_paid()]
        return cards

    def _card_to_confirm(self):
        _ = self.env._
        return Card(
            "to_confirm",
            _("To Confirm"),
            (
                Line(_("Sheets to confirm"), SHEETS, [("can_confirm", "=", True)], OWN, if_any="warning"),
                Line(_("My settlements"), SHEETS, [("posted", "=", True)], OWN),
                Line(
                    _("Objections under review"),
                    model="bphs.fund.objection",
                    domain=[("state", "=", "open")],
                    action="bphs_fund.bphs_fund_objection_action",
                ),
            ),
            sequence=12,
        )

    def _card_paid(self):
        _ = self.env._
        transfer = {"model": "bphs.fund.payment.line", "action": "bphs_fund.bphs_fund_payment_line_action"}
        return Card(
            "paid",
            _("Paid"),
            (
                Line(
                    _("Paid this year"),
                    domain=[("state", "=", "paid"), ("paid_on", ">=", self._county_today().replace(month=1, day=1))],
                    measure="amount",
                    yuan=True,
                    tone="success",
                    **transfer,
                ),
                Line(_("Paid in all"), domain=[("state", "=", "paid")], measure="amount", yuan=True, **transfer),
                Line(_("At the bank"), domain=[("state", "=", "to_pay")], measure="amount", yuan=True, **transfer),
                Line(
                    _("Approved, waiting to be paid"),
                    model="bphs.fund.payable",
                    domain=[("state", "=", "to_pay")],
                    action="bphs_fund.bphs_fund_payable_action",
                    measure="open_amount",
                    yuan=True,
                ),
                Line(
                    _("Held back"),
                    model="bphs.fund.hold",
                    domain=[("state", "=", "held")],
                    action="bphs_fund.bphs_fund_hold_action",
                    measure="amount",
                    yuan=True,
                    if_any="danger",
                ),
            ),
            sequence=14,
        )
