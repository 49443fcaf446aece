from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.home import Wait

DRAFT = ("approval_state", "=", "draft")


class BphsWaiting(models.AbstractModel):
    """What waits on the way of the money, beside the approvals."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits, user = super()._waits(), self.env.user
        if user._holds_role(("village_doctor",)):
            waits.append(self._wait_sheets())
        if user._holds_role(("township_public_health", "primary_care_officer")):
            waits.append(self._wait_objections())
        if user._holds_role(("township_accountant", "finance_officer")):
            waits.append(self._wait_settlements())
        if user._holds_role(("township_accountant",)):
            waits += self._waits_money_through()
        if user._holds_role(("finance_officer", "primary_care_officer")):
            waits.append(self._wait_notices())
        if user._holds_role(("finance_officer",)):
            waits += [*self._waits_countersign(), *self._waits_submit()]
        return waits

    def _wait_sheets(self):
        return Wait(
            "sheet",
            self.env._("Settlement Sheets to Confirm"),
            model="bphs.fund.settlement.line",
            domain=[("can_confirm", "=", True)],
            action="bphs_fund.bphs_fund_settlement_line_action_own",
            date="confirm_deadline",
            tone="warning",
            sequence=11,
        )

    def _wait_objections(self):
        return Wait(
            "objection",
            self.env._("Objections to Answer"),
            model="bphs.fund.objection",
            domain=[("state", "=", "open")],
            action="bphs_fund.bphs_fund_objection_action",
            tone="warning",
            sequence=13,
        )

    def _wait_settlements(self):
        """A township's settlement every clinic of which has given its word, or kept silent until the day."""
        ready = Domain([DRAFT, ("sent_on", "!=", False), ("line_ids", "!=", False)])
        ready &= Domain("line_ids", "not any", [("confirm_state", "in", ("waiting", "objected"))])
        return Wait(
            "settlement_submit",
            self.env._("Settlements Ready to Submit"),
            model="bphs.fund.settlement",
            domain=ready,
            action="bphs_fund.bphs_fund_settlement_action",
            tone="warning",
            sequence=15,
        )

    def _waits_money_through(self):
        through = Domain([("path", "=", "township"), ("state", "=", "paid")])
        line = ("bphs.fund.payment.line",)
        action = "bphs_fund.bphs_fund_payment_line_action"
        return [
            Wait(
                "money_received",
                self.env._("Money Paid: Confirm That It Came In"),
                *line,
                through & Domain("received_on", "=", False),
                action,
                since="paid_on",
                amount="amount",
                sequence=17,
            ),
            Wait(
                "money_passed",
                self.env._("Money to Pass On to the Clinics"),
                *line,
                through & Domain("received_on", "!=", False) & Domain("passed_on", "=", False),
                action,
                since="received_on",
                amount="amount",
                sequence=18,
            ),
        ]

    def _wait_notices(self):
        over = [("state", "=", "published"), ("date_end", "<", self._county_today())]
        return Wait(
            "notice",
            self.env._("Public Notices to Close"),
            model="bphs.fund.notice",
            domain=over,
            action="bphs_fund.bphs_fund_notice_action",
            tone="warning",
            sequence=20,
        )

    def _waits_countersign(self):
        """What another entered and this person may confirm."""
        user, _ = self.env.user, self.env._
        others = Domain("proposed_by_id", "!=", user.id) & Domain("create_uid", "!=", user.id)
        draft = Domain("state", "=", "draft") & others
        come = draft & Domain("date", "<=", self._county_today())
        refused = Domain("state", "=", "refused") & Domain("refused_by_id", "!=", user.id)
        found = [
            ("receipt", _("Arrivals to Confirm"), "bphs.fund.receipt", come, "amount"),
            ("return", _("Returned Money to Confirm"), "bphs.fund.return", come, "amount"),
            ("budget_change", _("Changes of Budgets to Confirm"), "bphs.fund.budget.change", draft, ""),
            ("account", _("Bank Accounts to Verify"), "bphs.bank.account", draft, ""),
            ("refusal", _("Bank Refusals to Confirm"), "bphs.fund.payment.line", refused, "amount"),
        ]
        return [
            Wait(key, name, model, domain, self._list_of(model), amount=amount, tone="warning", sequence=22)
            for key, name, model, domain, amount in found
        ]

    def _waits_submit(self):
        """Drafts of finance that are filled and wait to be handed in."""
        _ = self.env._
        filled = Domain("line_ids", "!=", False)
        townships_through = Domain("settlement_ids", "any", [("approval_state", "=", "approved")])
        found = {
            "prepayment_submit": (_("Prepayments to Submit"), "bphs.fund.prepayment", filled),
            "run_submit": (_("Settlement Runs to Submit"), "bphs.fund.run", townships_through),
            "payment_submit": (_("Payment Batches to Submit"), "bphs.fund.payment", filled),
        }
        waits = [
            Wait(key, name, model, Domain([DRAFT]) & domain, self._list_of(model), sequence=26)
            for key, (name, model, domain) in found.items()
        ]
        at_bank = [("state", "=", "to_pay")]
        waits.append(
            Wait(
                "bank",
                _("Transfers Waiting for the Bank's Result"),
                model="bphs.fund.payment.line",
                domain=at_bank,
                action="bphs_fund.bphs_fund_payment_line_action",
                amount="amount",
                sequence=27,
            )
        )
        return waits

    @api.model
    def _list_of(self, model):
        return f"bphs_fund.{model.replace('.', '_')}_action"
