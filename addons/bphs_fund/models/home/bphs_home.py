from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.home import Card, Line

BUREAU = ("finance_officer", "deputy_leader", "leader", "finance_bureau", "primary_care_officer", "auditor")
BUREAU_WORK = ("finance_officer", "deputy_leader", "primary_care_officer")
TOWNSHIP = ("township_accountant", "township_director", "township_public_health")
PAYABLE = "bphs.fund.payable"


class BphsHome(models.AbstractModel):
    """The way of the money: what is not paid yet and why, what is held, who cannot be paid, what was taken back."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards, user = super()._cards(), self.env.user
        if user._holds_role((*BUREAU_WORK, *TOWNSHIP)):
            cards.append(self._card_settling())
        if user._holds_role((*BUREAU_WORK, "township_accountant", "township_director")):
            cards.append(self._card_unpaid())
        if user._holds_role(("finance_officer", "primary_care_officer")):
            cards.append(self._card_held())
        if user._holds_role(("finance_officer", "township_accountant")):
            cards.append(self._card_accounts())
        if user._holds_role(("auditor",)):
            cards.append(self._card_exceptions())
        return cards

    def _card_unpaid(self):
        _ = self.env._
        payable = {"model": PAYABLE, "action": "bphs_fund.bphs_fund_payable_action", "money": True}
        return Card(
            "unpaid",
            _("Not Paid Yet"),
            (
                Line(
                    _("Waiting to be paid"),
                    domain=[("state", "=", "to_pay")],
                    measure="open_amount",
                    if_any="warning",
                    **payable,
                ),
                Line(_("In a batch, not paid yet"), domain=[("state", "=", "in_batch")], measure="amount", **payable),
                Line(_("Held back by hand"), domain=[("held_amount", ">", 0)], measure="held_amount", **payable),
                Line(
                    _("Refused by the bank, to be confirmed"),
                    model="bphs.fund.payment.line",
                    domain=[("state", "=", "refused")],
                    action="bphs_fund.bphs_fund_payment_line_action",
                    measure="amount",
                    money=True,
                    if_any="danger",
                ),
            ),
            sequence=26,
        )

    def _card_settling(self):
        """How the settlements of the latest settled quarter stand, by document."""
        _ = self.env._
        settlement = {"model": "bphs.fund.settlement", "action": "bphs_fund.bphs_fund_settlement_action"}
        latest = self.env["bphs.fund.settlement"].search([], limit=1).period_id
        if not latest:
            return Card("settling", "", ())
        period = Domain("period_id", "=", latest.id)
        draft = period & Domain("approval_state", "=", "draft")
        open_lines = Domain("line_ids", "any", [("confirm_state", "in", ("waiting", "objected"))])
        sent = Domain("sent_on", "!=", False)
        return Card(
            "settling",
            _("Settlement of %(period)s", period=latest.display_name),
            (
                Line(_("Computed, not sent"), domain=draft & ~sent, tone="muted", **settlement),
                Line(_("With the clinics"), domain=draft & sent & open_lines, tone="warning", **settlement),
                Line(_("Ready to submit"), domain=draft & sent & ~open_lines, tone="info", **settlement),
                Line(
                    _("Under approval"),
                    domain=period & Domain("approval_state", "=", "submitted"),
                    tone="warning",
                    **settlement,
                ),
                Line(
                    _("Approved"),
                    domain=period & Domain("approval_state", "=", "approved"),
                    tone="success",
                    **settlement,
                ),
            ),
            sequence=32,
        )

    def _card_held(self):
        _ = self.env._
        hold = {"model": "bphs.fund.hold", "action": "bphs_fund.bphs_fund_hold_action"}
        held = Domain("state", "=", "held")
        return Card(
            "held",
            _("Held Back"),
            (
                Line(
                    _("For the score"),
                    domain=held & Domain("origin", "=", "score"),
                    measure="amount",
                    money=True,
                    **hold,
                ),
                Line(_("By hand"), domain=held & Domain("origin", "=", "manual"), measure="amount", money=True, **hold),
                Line(
                    _("Release under approval"),
                    domain=held & Domain("approval_state", "=", "submitted"),
                    if_any="warning",
                    **hold,
                ),
            ),
            sequence=44,
        )

    def _card_accounts(self):
        _ = self.env._
        return Card(
            "accounts",
            _("Payees and Accounts"),
            (
                Line(
                    _("Clinics that cannot be paid"),
                    model="bphs.institution",
                    domain=[("lacks_account", "=", True)],
                    action="bphs_base.bphs_institution_action",
                    if_any="danger",
                ),
            ),
            note=_("No payee today, or an account that is not verified."),
            sequence=46,
        )

    def _card_exceptions(self):
        _ = self.env._
        sheet = {"model": "bphs.fund.settlement.line", "action": "bphs_fund.bphs_fund_settlement_line_action"}
        transfer = {"model": "bphs.fund.payment.line", "action": "bphs_fund.bphs_fund_payment_line_action"}
        return Card(
            "exceptions",
            _("Exceptions"),
            (
                Line(_("Settlements taken back"), domain=[("reversal_of_id", "!=", False)], if_any="warning", **sheet),
                Line(_("Settlements corrected"), domain=[("correction_of_id", "!=", False)], if_any="warning", **sheet),
                Line(
                    _("Transfers the bank refused"),
                    domain=[("state", "in", ("refused", "failed"))],
                    if_any="warning",
                    **transfer,
                ),
            ),
            sequence=10,
        )
