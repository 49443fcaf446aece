from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal


class BphsFundRun(models.Model):
    """What a run's approval does: hands on the townships that are not through, and at the end posts the rest."""

    _inherit = "bphs.fund.run"

    def action_approval_submit(self, comment=""):
        """Hand in the townships that are through; the others go on in the next run of the period."""
        later = []
        for run in self:
            run.check_access("write")
            if run.approval_state == "draft":
                later.append(run._hand_on_unfinished())
        result = super().action_approval_submit(comment)
        if not any(later):
            return result
        return self._notification(
            self.env._("In a further run of the period: %(townships)s.", townships=", ".join(filter(None, later))),
            next={"type": "ir.actions.client", "tag": "soft_reload"},
        )

    def _hand_on_unfinished(self):
        """:return str: which townships go on in a further run, empty where all are through"""
        ready = self.settlement_ids._approval_filter_approved()
        if not ready:
            raise UserError(self.env._("%(name)s: no township settlement is approved yet.", name=self.display_name))
        unfinished = self.settlement_ids - ready
        said = self._named(unfinished) if unfinished else ""
        if unfinished:
            # sudo: the townships' documents stay as they are; only the run that carries them changes
            unfinished.sudo()._approval_write({"run_id": self._next_run().id})
            self.invalidate_recordset()
        return said

    def _approval_check_submit(self):
        super()._approval_check_submit()
        for run in self:
            run._check_inputs_unchanged(run.settlement_ids)

    def _on_approval_approved(self):
        super()._on_approval_approved()
        for run in self:
            # sudo: the last approver holds no right on ledger, holds and payables; the approval is what allows it
            run.sudo()._post()

    # === POSTING === #

    def _post(self):
        """Enter the run in the ledger, open what is to be paid, create holds, lock the workload."""
        self.ensure_one()
        lines = self.settlement_ids.line_ids
        self._check_inputs_unchanged(self.settlement_ids)
        reversals = lines.filtered("reversal_of_id")
        normal = lines - reversals
        entries = self._reversal_entries(reversals)
        self._take_back(reversals)
        if self.kind == "annual":
            entries += self._annual_entries(normal)
            self._settle_holds(normal)
        else:
            entries += self._quarter_entries(normal)
            self._create_holds(normal)
        self.env["bphs.fund.entry"]._post(entries)
        self.env["bphs.fund.payable"]._open(self._payables(normal))
        lines._approval_write({"posted": True})
        self.env["bphs.fund.overpaid"]._settle(self.budget_id, lines.institution_id)
        normal.workload_id._lock_for_settlement(self.display_name)

    def _entry(self, line, kind, amount, period=None):
        return {
            "budget_id": self.budget_id.id,
            "kind": kind,
            "institution_id": line.institution_id.id,
            "period_id": (period or line.period_id).id,
            "amount": amount,
            "origin_model": line._name,
            "origin_id": line.id,
        }

    def _quarter_entries(self, lines):
        entries = []
        for line in lines:
            amount = line._amounts()
            entries += [
                self._entry(line, "settlement", amount["settled"] - amount["prepaid"]),
                self._entry(line, "carry", amount["carry_in"] - amount["carry"]),
                self._entry(line, "hold", -amount["frozen"]),
            ]
        return entries

    def _annual_entries(self, lines):
        settled = self._settled_by_quarters(lines.institution_id)
        entries = []
        for line in lines:
            amount = line._amounts()
            taken_up = to_decimal(line.previous_line_id.carry)
            entries += [
                self._entry(line, "settlement", amount["final"] - settled[line.institution_id.id]),
                self._entry(line, "carry", taken_up - amount["carry"]),
                self._entry(line, "cap", amount["capped"]),
            ]
        return entries

    def _settled_by_quarters(self, clinics):
        """{institution id: Decimal}: what the approved quarters of the year come to."""
        lines = self.env["bphs.fund.settlement.line"]
        sums = lines._read_group(
            [
                *lines._current_domain(),
                ("institution_id", "in", clinics.ids),
                ("period_id", "in", self.period_id.child_ids.ids),
                ("kind", "=", "quarter"),
            ],
            ["institution_id"],
            ["settled:sum"],
        )
        return defaultdict(Decimal, {clinic.id: to_decimal(amount) for clinic, amount in sums})

    def _reversal_entries(self, reversals):
        """Opposites of all that the lines taken back, and their holds, entered in the ledger; cash stays cash."""
        if not reversals:
            return []
        originals = reversals.reversal_of_id
        holds = self.env["bphs.fund.hold"].search([("settlement_line_id", "in", originals.ids)])
        line_of = {("bphs.fund.settlement.line", line.id): line for line in originals}
        line_of.update({("bphs.fund.hold", hold.id): hold.settlement_line_id for hold in holds})
        posted = self.env["bphs.fund.entry"].search(
            [
                ("kind", "in", ("settlement", "carry", "hold", "release", "cap")),
                "|",
                "&",
                ("origin_model", "=", "bphs.fund.settlement.line"),
                ("origin_id", "in", originals.ids),
                "&",
                ("origin_model", "=", "bphs.fund.hold"),
                ("origin_id", "in", holds.ids),
            ]
        )
        reversal_of = {reversal.reversal_of_id: reversal for reversal in reversals}
        sums = defaultdict(Decimal)
        for entry in posted:
            line = line_of[entry.origin_model, entry.origin_id]
            sums[reversal_of[line], entry.kind, entry.period_id] -= to_decimal(entry.amount)
        return [self._entry(reversal, kind, amount, period) for (reversal, kind, period), amount in sums.items()]

    def _take_back(self, reversals):
        originals = reversals.reversal_of_id
        originals._approval_write({"reversed": True})
        holds = self.env["bphs.fund.hold"]
        holds.search([("settlement_line_id", "in", originals.ids)])._take_back()
        holds.search([("annual_line_id", "in", originals.ids)])._reopen_after_year()

    def _payables(self, lines):
        kind, name = ("annual", "payable") if self.kind == "annual" else ("pay", "pay")
        return [
            {
                "institution_id": line.institution_id.id,
                "budget_id": self.budget_id.id,
                "period_id": line.period_id.id,
                "kind": kind,
                "amount": max(ZERO, to_decimal(line[name]) - line.correction_of_id._granted()),
                "origin_model": line._name,
                "origin_id": line.id,
            }
            for line in lines
        ]

    def _create_holds(self, lines):
        self.env["bphs.fund.hold"]._hold(lines.filtered(lambda line: to_decimal(line.frozen) > 0))

    def _settle_holds(self, lines):
        self.env["bphs.fund.hold"]._settle_year(lines)
