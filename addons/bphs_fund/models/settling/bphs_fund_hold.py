from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_approval.models.bphs_approval_mixin import PASS, PASS_KEY
from odoo.addons.bphs_base.tools.money import ZERO, to_decimal
from odoo.addons.bphs_base.tools.steps import Step

STATES = [
    ("held", "Held Back"),
    ("released", "Released"),
    ("capped", "Cut Off by Cap or Pool"),
    ("reversed", "Taken Back"),
]
STEPS = {
    # The release was finally approved.
    "release": Step(("held",), "released", by_system=True),
    # The year left nothing of it.
    "cap": Step(("held",), "capped", by_system=True),
    # The year that cut it is taken back.
    "reopen": Step(("held", "capped"), "held", by_system=True),
    # The settlement that made it is taken back.
    "take_back": Step(("held", "released", "capped"), "reversed", by_system=True),
}


class BphsFundHold(models.Model):
    """Money withheld until something is put right (暂缓拨付); its release is what is approved.

    A hold is never lost: it is held, released, cut off by the year's cap or pool (shown, never paid), or taken
    back with the settlement that made it.

    Held by score, it keeps back what a settlement froze: released before the year is settled it is paid in full;
    afterwards it pays what the year left of it (settlement rules, section 1). Held by hand, it keeps back what was
    granted already: the open part of an amount to pay, which its release opens again. The year's rules do not touch
    it, because they look at what was granted and not at what was paid.
    """

    _name = "bphs.fund.hold"
    _description = "Hold on Payment"
    _inherit = ["bphs.steps.mixin", "bphs.approval.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "period_id, institution_id"
    _steps = STEPS
    _step_sets = ("released_on", "capped_amount", "annual_line_id")

    institution_id = fields.Many2one(readonly=True)
    township_id = fields.Many2one(related="institution_id.township_id", string="Township Institution")
    period_id = fields.Many2one("bphs.period", required=True, index=True, readonly=True, ondelete="restrict")
    settlement_line_id = fields.Many2one("bphs.fund.settlement.line", readonly=True, ondelete="restrict")
    payable_id = fields.Many2one(
        "bphs.fund.payable", string="Amount Held Back", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    held_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    annual_line_id = fields.Many2one(
        "bphs.fund.settlement.line",
        string="Settled in the Year By",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    amount = fields.Monetary(string="Held", required=True, readonly=True)
    capped_amount = fields.Monetary(string="Cut Off", required=True, readonly=True, default=0.0)
    releasable = fields.Monetary(compute="_compute_releasable")
    reason = fields.Char(required=True, readonly=True)
    origin = fields.Selection([("score", "Score"), ("manual", "By Hand")], required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="held", index=True)
    released_on = fields.Date(readonly=True)
    release_reason = fields.Text(help="What was put right: the approvers read it.")
    release_document_id = fields.Many2one("bphs.document", index="btree_not_null", ondelete="restrict")

    _line_uniq = models.UniqueIndex("(settlement_line_id)", "This amount is held already.")
    _origin_known = models.Constraint(
        "CHECK((origin = 'score') = (settlement_line_id IS NOT NULL)"
        " AND (origin = 'manual') = (payable_id IS NOT NULL))",
        "A hold is of a settlement, or by hand of an amount to pay.",
    )
    _amounts_range = models.Constraint(
        "CHECK(amount > 0 AND capped_amount >= 0 AND capped_amount <= amount)",
        "What is cut off cannot exceed what is held.",
    )

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for hold in self:
            hold.display_name = f"{hold.institution_id.name or ''} {hold.period_id.display_name or ''}".strip()

    @api.depends("amount", "capped_amount", "state")
    def _compute_releasable(self):
        for hold in self:
            hold.releasable = hold._releasable()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_server()
        return super().create(vals_list)

    def write(self, vals):
        if set(vals) - {"release_reason", "release_document_id"}:
            self._check_server()
        return super().write(vals)

    def unlink(self):
        self._check_server()
        return super().unlink()

    def _write_state(self, vals):
        # What a settlement or the final approval does to a hold is done to one that is under approval, too.
        return super(BphsFundHold, self.with_context(**{PASS_KEY: PASS}))._write_state(vals)

    def _check_server(self):
        """Refuse whoever is not our own code. Only server code runs with `su`; no client can ask for it."""
        if not self.env.su:
            raise AccessError(
                self.env._("A hold comes from a settlement or an amount to pay; only its release can be asked for.")
            )

    # === BUSINESS METHODS === #

    def _releasable(self):
        """What a release pays, Decimal yuan."""
        self.ensure_one()
        if self.state != "held":
            return ZERO
        return to_decimal(self.amount) - to_decimal(self.capped_amount)

    def _check_not_blocked(self):
        """:raise UserError: naming what stands against the release"""
        # sudo: what blocks a release blocks it for everyone, whoever may see the task behind it
        blockers = self.sudo()._release_blockers()
        if blockers:
            raise UserError(
                self.env._(
                    "%(hold)s cannot be released yet:\n%(blockers)s",
                    hold=self.display_name,
                    blockers="\n".join(blockers),
                )
            )

    def _release_blockers(self):
        """What still stands against the release, as texts. Other modules add theirs: open rectification tasks do.

        :rtype: list[str]
        """
        self.ensure_one()
        return []

    @api.model
    def _hold(self, lines):
        """Hold the frozen amounts of approved quarter lines."""
        self.create(
            [
                {
                    "institution_id": line.institution_id.id,
                    "period_id": line.period_id.id,
                    "settlement_line_id": line.id,
                    "amount": to_decimal(line.frozen),
                    "origin": "score",
                    "reason": self.env._(
                        "Score %(score)s is below %(limit)s.",
                        score=f"{to_decimal(line.score):.2f}",
                        limit=f"{to_decimal(line.scheme_id.hold_score):.2f}",
                    ),
                }
                for line in lines
            ]
        )

    @api.model
    def _settle_year(self, lines):
        """Cut the year's holds down to what cap and pool left; earlier quarters keep theirs first."""
        line_of = {line.institution_id: line for line in lines}
        holds = self.search(
            [
                ("institution_id", "in", lines.institution_id.ids),
                ("period_id", "in", lines.period_id.child_ids.ids),
                ("origin", "=", "score"),
                ("state", "=", "held"),
            ],
        )
        # A release decided at the same instant writes the same row: one of the two waits and is checked again.
        holds._lock_rows()
        for clinic, line in line_of.items():
            left = to_decimal(line.frozen)
            mine = holds.filtered(lambda hold, clinic=clinic: hold.institution_id == clinic)
            for hold in mine.sorted(lambda hold: hold.period_id.date_start):
                kept = min(left, to_decimal(hold.amount))
                left -= kept
                capped = to_decimal(hold.amount) - kept
                values = {"annual_line_id": line.id, "capped_amount": capped}
                if kept:
                    hold._write_state(values)
                else:
                    hold._take_step("cap", values)

    def _take_back(self):
        """The settlement that made these holds is taken back."""
        for hold in self:
            if hold.approval_state == "submitted":
                raise UserError(
                    self.env._("The release of %(hold)s is under approval: decide it first.", hold=hold.display_name)
                )
        self._take_step("take_back")

    def _reopen_after_year(self):
        """The year that cut these holds is taken back."""
        for hold in self:
            if hold.state == "released":
                raise UserError(
                    self.env._(
                        "%(hold)s was released by the annual settlement: it cannot be taken back.",
                        hold=hold.display_name,
                    )
                )
        self._take_step("reopen", {"annual_line_id": False, "capped_amount": 0.0})

    # === APPROVAL === #

    def _approval_flow_code(self):
        return "hold_release"

    @api.model
    def _approval_submit_label(self):
        return self.env._("Ask for Release")

    @api.model
    def _approval_submit_depends(self):
        return ("state",)

    def _approval_is_complete(self):
        return self.state == "held"

    def _approval_title(self):
        return self.env._("Release of %(hold)s", hold=self.display_name)

    def _approval_institution(self):
        return self.institution_id

    def _approval_amount(self):
        return self._releasable()

    def _approval_content(self):
        return {
            "clinic": self.institution_id.code,
            "period": self.period_id.code,
            "payable": self.payable_id.id,
            "amount": to_decimal(self.amount),
            "capped": to_decimal(self.capped_amount),
            "reason": self.release_reason or "",
            "document": self.release_document_id.number or "",
        }

    def _approval_check_submit(self):
        super()._approval_check_submit()
        for hold in self:
            hold._check_releasable()
            if not (hold.release_reason or "").strip():
                raise UserError(self.env._("Say what was put right before asking for the release."))

    def _check_releasable(self):
        if self.state != "held" or self._releasable() <= 0:
            raise UserError(self.env._("%(hold)s holds nothing that could be released.", hold=self.display_name))
        self._check_not_blocked()
        if self.origin == "manual":
            return
        # sudo: a year in review concerns the hold, whoever may see it
        lines = self.env["bphs.fund.settlement.line"].sudo()
        pending = lines.search_count(
            [
                ("institution_id", "=", self.institution_id.id),
                ("period_id", "=", self.period_id.parent_id.id),
                ("kind", "=", "annual"),
                ("posted", "=", False),
                ("settlement_id.approval_state", "!=", "draft"),
            ]
        )
        if pending:
            raise UserError(
                self.env._(
                    "The year of %(clinic)s is in review: release after its approval.", clinic=self.institution_id.name
                )
            )

    def _on_approval_approved(self):
        super()._on_approval_approved()
        # sudo: the last approver holds no right on ledger and payables; the approval is what allows it
        for hold in self.sudo():
            hold._check_releasable()
            amount = hold._releasable()
            budget = hold.payable_id.budget_id or hold.env["bphs.fund.budget"]._for_year(
                hold.institution_id, hold.period_id
            )
            common = {
                "budget_id": budget.id,
                "institution_id": hold.institution_id.id,
                "period_id": hold.period_id.id,
                "amount": amount,
                "origin_model": hold._name,
                "origin_id": hold.id,
            }
            hold._take_step("release", {"released_on": hold._county_today()})
            hold.env["bphs.fund.entry"]._post([{**common, "kind": "release"}])
            if hold.origin == "score":
                hold.env["bphs.fund.payable"]._open([{**common, "kind": "release"}])
            hold.env["bphs.fund.overpaid"]._settle(budget, hold.institution_id)
