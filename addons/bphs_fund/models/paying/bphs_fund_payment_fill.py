from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import groupby

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.money import largest_remainder, to_decimal

# Settled money waits for the public notice; prepayments and releases were decided without one.
NOTICED_KINDS = ("pay", "annual")


class BphsFundPayment(models.Model):
    """Which open amounts go into a batch, to whom, and which stay behind and why."""

    _inherit = "bphs.fund.payment"

    def _open_payables(self):
        """What is open and fits the batch."""
        return self.env["bphs.fund.payable"].search(self._open_domain())

    def _open_domain(self):
        self.ensure_one()
        domain = [
            ("budget_id", "=", self.budget_id.id),
            ("institution_id", "child_of", (self.township_id or self.institution_id).id),
            ("open_amount", ">", 0),
        ]
        if self.period_id:
            domain.append(("period_id", "=", self.period_id.id))
        if self.kind:
            domain.append(("kind", "=", self.kind))
        return domain

    def _fill(self):
        payables = self._open_payables()
        waiting = self._waiting_for_notice(payables)
        recipients = self._recipients(payables.institution_id)
        lines, left = [], []
        for payable in payables:
            reason = waiting.get(payable)
            found = recipients[payable.institution_id]
            if not reason and isinstance(found, str):
                reason = found
            if reason:
                left.append({"payment_id": self.id, "payable_id": payable.id, "reason": reason})
            else:
                lines += self._line_values(payable, found)
        # sudo: nobody has the right to create lines; whoever fills was checked
        self.env["bphs.fund.payment.line"].sudo().create(lines)
        self.env["bphs.fund.payment.left"].sudo().create(left)  # sudo: as above

    def _line_values(self, payable, recipients):
        """Split what is open of one amount over its recipients, by largest remainder."""
        # A share whose bank transfer failed is paid again to the same payee alone, so shares already under way count.
        live = defaultdict(lambda: 0)
        for line in payable.line_ids.filtered(lambda line: line.state != "failed"):
            live[line.payee_id] += to_decimal(line.amount)
        # Less what is held back or deducted: when it comes free, each payee gets the rest of the share.
        due = to_decimal(payable.amount) - to_decimal(payable.held_amount) - to_decimal(payable.deducted_amount)
        open_parts = {payee: part - live[payee] for payee, part in self._by_share(due, recipients).items()}
        if sum(open_parts.values()) != to_decimal(payable.open_amount) or min(open_parts.values()) < 0:
            # Payees changed since the first part was paid: what is open is split over today's payees.
            open_parts = self._by_share(to_decimal(payable.open_amount), recipients)
        return [
            {
                "payment_id": self.id,
                "payable_id": payable.id,
                "payee_id": payee.id,
                "payee_name": name,
                "account_id": account.id,
                "amount": open_parts[payee],
            }
            for payee, account, __, name in recipients
            if open_parts[payee]
        ]

    def _by_share(self, amount, recipients):
        """{payee: Decimal yuan}: `amount` by the recipients' shares; equal ones in the order they were entered."""
        # Keys are compared as text, so that ids need the same length.
        key_of = {payee: f"{payee.id or 0:012}" for payee, __, __, __ in recipients}
        parts = largest_remainder(amount, {key_of[payee]: share for payee, __, share, __ in recipients})
        return {payee: parts[key] for payee, key in key_of.items()}

    def _check_recipients_current(self):
        """What was filled in goes to those, and to the accounts, that are to be paid on the payment date.

        :raise UserError: payees or accounts changed since: names the first transfer; or the scheme pays another way now
        """
        self.ensure_one()
        if self.path != self._path_of_scheme():
            raise UserError(
                self.env._(
                    "%(name)s: the settlement scheme pays another way since the batch was filled. Return the batch and"
                    " fill it again.",
                    name=self.display_name,
                )
            )
        recipients = self._recipients(self.line_ids.institution_id)
        for line in self.line_ids:
            # sudo: the account is compared, whoever approves; the message names nothing of it
            filled = (line.payee_id, line.sudo().account_id, line.payee_name)
            found = recipients[line.institution_id]
            if isinstance(found, str) or filled not in [(payee, account, name) for payee, account, __, name in found]:
                raise UserError(
                    self.env._(
                        "%(line)s: the payee or the account has changed since the batch was filled. Return the batch"
                        " and fill it again.",
                        line=line.display_name,
                    )
                )

    # === NOTICE === #

    def _waiting_for_notice(self, payables):
        """{payable: reason} for those whose settlement must be shown to the public first, and was not."""
        noticed = payables.filtered(
            lambda payable: payable.kind in NOTICED_KINDS and payable.origin_model == "bphs.fund.settlement.line"
        )
        if not noticed:
            return {}
        settlement_lines = self.env["bphs.fund.settlement.line"].browse(noticed.mapped("origin_id"))
        run_of = {line.id: line.settlement_id.run_id for line in settlement_lines}
        runs = settlement_lines.settlement_id.run_id.filtered("scheme_id.notice_required")
        unfinished = runs - self.env["bphs.fund.notice"]._finished_runs(runs)
        return {
            payable: self.env._(
                "The public notice of %(run)s is not finished.", run=run_of[payable.origin_id].display_name
            )
            for payable in noticed
            if run_of[payable.origin_id] in unfinished
        }

    # === RECIPIENTS === #

    def _recipients(self, clinics):
        """{clinic: [(payee, account, share, name)] or the reason why it cannot be paid now}.

        A township institution's own money goes to its own account, whatever path the clinics' takes.
        """
        townships = clinics.filtered(lambda unit: unit.kind in TOWNSHIP_KINDS)
        clinics -= townships
        by_path = {
            "doctor": self._doctor_recipients,
            "clinic": lambda clinics: self._unit_recipients({clinic: clinic for clinic in clinics}),
            "township": lambda clinics: self._unit_recipients({clinic: clinic.township_id for clinic in clinics}),
        }
        return by_path[self.path](clinics) | self._unit_recipients({unit: unit for unit in townships})

    def _doctor_recipients(self, clinics):
        payees = self.env["bphs.fund.payee"]._for_date(clinics, self.date)
        return {clinic: self._clinic_payees(payees.get(clinic)) for clinic in clinics}

    def _clinic_payees(self, payees):
        if not payees:
            return self.env._("No payee on the payment date.")
        total = sum(to_decimal(payee.share) for payee in payees)
        if total != 1:
            return self.env._("The shares of the payees sum to %(total)s, not to 1.", total=total)
        found = []
        for payee in payees:
            # sudo: the account is read to check it; the reasons below name nothing of it
            account = payee.sudo().account_id
            if not account:
                return self.env._("%(payee)s has no bank account.", payee=payee.name)
            if not account.active:
                return self.env._("The account of %(payee)s is archived.", payee=payee.name)
            if account.state != "verified":
                return self.env._("The account of %(payee)s is not verified by a second person.", payee=payee.name)
            if account.holder != payee.name:
                return self.env._("The account belongs to someone other than %(payee)s.", payee=payee.name)
            found.append((payee, account, to_decimal(payee.share), payee.name))
        return found

    def _unit_recipients(self, unit_of):
        """Recipients where a unit's own account is paid: the clinic's, or the township institution's."""
        units = self.env["bphs.institution"].union(*unit_of.values())
        # sudo: as for payees
        known = self.env["bphs.bank.account"].sudo()
        accounts = known.search(
            # Said outright: a client's context may ask for archived ones too.
            [("institution_id", "in", units.ids), ("state", "=", "verified"), ("active", "=", True)]
        )
        own = {
            unit: found[0]
            for unit, found in groupby(
                accounts.filtered(lambda account: account.holder == account.institution_id.name),
                lambda account: account.institution_id,
            )
        }
        nobody = self.env["bphs.fund.payee"]
        result = {}
        for clinic, unit in unit_of.items():
            if unit in own:
                result[clinic] = [(nobody, own[unit], to_decimal(1), unit.name)]
            elif unit:
                result[clinic] = self.env._("%(unit)s has no verified account in its own name.", unit=unit.name)
            else:
                result[clinic] = self.env._("The clinic has no township institution.")
        return result
