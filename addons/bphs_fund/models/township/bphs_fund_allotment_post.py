from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.money import to_decimal

# The figures a taking back negates: those of the document, and those of its lines.
POOL_FIGURES = ("pool_added", "carried_in", "carried")
LINE_FIGURES = ("points", "corrected", "raw", "earned", "bonus", "amount")


class BphsFundAllotment(models.Model):
    """What the approval of township institutions' settlement does, and how an approved one is taken back."""

    _inherit = "bphs.fund.allotment"

    # === APPROVAL === #

    def _approval_flow_code(self):
        return "allotment"

    def _approval_amount(self):
        # A taking back passes the stages its amount passed before.
        return abs(to_decimal(self.total_amount))

    def _approval_content(self):
        return {
            "bureau": self.institution_id.code,
            "period": self.period_id.code,
            "kind": self.kind,
            "method": self.method,
            "scheme": self.scheme_id.id,
            "takes_back": self.reversal_of_id.id,
            **{name: to_decimal(self[name]) for name in POOL_FIGURES},
            "lines": [
                {
                    "institution": line.institution_id.code,
                    "points": to_decimal(line.points),
                    "persons": line.persons,
                    "score": to_decimal(line.score),
                    **{name: to_decimal(line[name]) for name in ("earned", "bonus", "amount")},
                }
                for line in self.line_ids.sorted("id")
            ],
        }

    @api.model
    def _approval_submit_label(self):
        return self.env._("Hand In")

    @api.model
    def _approval_submit_depends(self):
        return ("computed_on",)

    def _approval_is_complete(self):
        return bool(self.computed_on)

    def _approval_check_submit(self):
        super()._approval_check_submit()
        for allotment in self:
            allotment._check_current()

    def _on_approval_approved(self):
        super()._on_approval_approved()
        for allotment in self:
            # sudo: the last approver holds no right on ledger and payables; the approval is what allows it
            allotment.sudo()._post()

    def _check_current(self):
        """:raise UserError: what it was computed from changed since, or the period is settled another way"""
        self.ensure_one()
        # sudo: compares what was computed with what stands now, for approvers who may see less
        allotment = self.sudo()
        if allotment.reversal_of_id:
            allotment._check_reversible(allotment.reversal_of_id)
            return
        if not allotment.computed_on:
            raise UserError(self.env._("%(name)s is not computed: compute first.", name=self.display_name))
        allotment._check_settled_once()
        values, carried = allotment._settled()
        same = carried == to_decimal(allotment.carried) and all(
            to_decimal(line[name]) == to_decimal(values[line.id][name])
            for line in allotment.line_ids
            for name in ("score", "coefficient", "earned", "bonus", "amount")
        )
        if not same:
            raise UserError(self.env._("Scores, points or the pool changed since this was computed. Compute again."))

    def _check_settled_once(self):
        """A year is settled by quarters or as a whole, never both."""
        year = self.period_id
        other = year.child_ids if year.kind == "year" else year.parent_id
        lines = self.env["bphs.fund.allotment.line"].search(
            [
                ("institution_id", "in", self.line_ids.institution_id.ids),
                ("period_id", "in", other.ids),
                ("posted", "=", True),
                ("reversed", "=", False),
                ("reversal_of_id", "=", False),
            ]
        )
        if lines:
            raise UserError(
                self.env._(
                    "%(settled)s is settled already: a year is settled by quarters or as a whole, not both.",
                    settled=lines[0].display_name,
                )
            )

    # === POSTING === #

    def _post(self):
        """Enter it in the ledger and open what is to be paid."""
        self.ensure_one()
        # Held as for paying: who settles the same year another way at this instant starts again and finds this one.
        self.budget_id.source_ids._lock_available()
        self._check_current()
        self.env["bphs.fund.entry"]._post(self._entries())
        if self.reversal_of_id:
            self._take_back(self.reversal_of_id)
        else:
            self.env["bphs.fund.payable"]._open(self._payables())
        self._approval_write({"posted": True})
        self.line_ids._approval_write({"posted": True})
        self.env["bphs.fund.overpaid"]._settle(self.budget_id, self.line_ids.institution_id)

    def _entries(self):
        common = {"budget_id": self.budget_id.id, "period_id": self.period_id.id}
        entries = [
            {
                **common,
                "kind": "settlement",
                "institution_id": line.institution_id.id,
                "amount": to_decimal(line.amount),
                "origin_model": line._name,
                "origin_id": line.id,
            }
            for line in self.line_ids
        ]
        # What stays in the pool is the bureau's until a later settlement takes it up: granted + carried = pool.
        entries.append(
            {
                **common,
                "kind": "carry",
                "institution_id": self.institution_id.id,
                "amount": to_decimal(self.carried) - to_decimal(self.carried_in),
                "origin_model": self._name,
                "origin_id": self.id,
                "note": self.env._("Remainder of the township institutions' pool"),
            }
        )
        return entries

    def _payables(self):
        return [
            {
                "institution_id": line.institution_id.id,
                "budget_id": self.budget_id.id,
                "period_id": self.period_id.id,
                "kind": "township",
                "amount": to_decimal(line.amount),
                "origin_model": line._name,
                "origin_id": line.id,
            }
            for line in self.line_ids
        ]

    # === TAKING BACK === #

    def action_reverse(self, reason):
        """Prepare the taking back of an approved settlement; it passes the same approval.

        Once approved, the opposite of all it entered is entered; what was not paid yet is no longer owed, what was
        paid is deducted from the next settlement or returned.

        :param str reason: demanded
        :return dict: the window of the taking back
        :raise UserError: not approved, taken back already, or its remainder is taken up by a later settlement
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("bphs_base.group_finance_officer"):
            raise AccessError(self.env._("Only a finance officer takes a settlement back."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the settlement is taken back."))
        # sudo: its figures are computed, not edited; role and scope were checked above
        original = self.sudo()
        original._lock_rows()
        original._check_reversible(original)
        if original.search_count([("reversal_of_id", "=", self.id)], limit=1):
            raise UserError(self.env._("%(name)s is being taken back already.", name=self.display_name))
        reversal = original.create(
            {
                "institution_id": self.institution_id.id,
                "period_id": self.period_id.id,
                "kind": self.kind,
                "reversal_of_id": self.id,
                "reason": reason.strip(),
                "computed_on": fields.Datetime.now(),
                **{name: -self[name] for name in POOL_FIGURES},
            }
        )
        reversal.line_ids.create(
            [
                {
                    "allotment_id": reversal.id,
                    "institution_id": line.institution_id.id,
                    "persons": 0,
                    "score": line.score,
                    "coefficient": line.coefficient,
                    "reversal_of_id": line.id,
                    **{name: -line[name] for name in LINE_FIGURES},
                }
                for line in self.line_ids
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": reversal.id,
            "views": [(False, "form")],
        }

    def _asked_steps(self):
        return {
            "reverse": (
                self.env._("Take Back"),
                self.env._(
                    "An approved settlement is never edited. Its opposite is entered after the same approval; then the"
                    " institutions are settled anew."
                ),
                True,
            )
        }

    def _check_reversible(self, original):
        if not original.posted or original.reversed or original.reversal_of_id:
            raise UserError(
                self.env._("%(name)s is not an approved settlement that stands.", name=original.display_name)
            )
        if original.carry_to_id:
            raise UserError(
                self.env._(
                    "%(later)s takes up what %(name)s left in the pool: take that back or delete it first.",
                    later=original.carry_to_id.display_name,
                    name=original.display_name,
                )
            )

    def _take_back(self, original):
        original._approval_write({"reversed": True})
        original.line_ids._approval_write({"reversed": True})
        # What it had taken up from earlier settlements is free again.
        original.carry_from_ids._approval_write({"carry_to_id": False})
