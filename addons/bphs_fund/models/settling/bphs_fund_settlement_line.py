from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal
from odoo.addons.bphs_base.tools.steps import Step

CONFIRM_STATES = [
    ("waiting", "Waiting for the Clinic"),
    ("confirmed", "Confirmed"),
    ("objected", "Objected"),
    ("deemed", "Deemed Confirmed"),
]
STEPS = {
    "confirm": Step(("waiting",), "confirmed", ("village_doctor",), access="read"),
    "object": Step(("waiting",), "objected", ("village_doctor",), reason_required=True, access="read"),
    # Silence counts as consent.
    "deem": Step(("waiting",), "deemed", by_system=True),
    # Its objection was reviewed.
    "ask_again": Step(("objected",), "waiting", by_system=True),
}
AMOUNTS = (
    "base",
    "deduction",
    "settled",
    "prepaid",
    "carry_in",
    "due",
    "pay",
    "frozen",
    "carry",
    "claim",
    "limited",
    "final",
    "paid",
    "balance",
    "payable",
    "capped",
)


class BphsFundSettlementLine(models.Model):
    """What one clinic is settled in one quarter or year, with all it was computed from.

    Amounts are yuan, computed by `tools/settlement.py` alone and written in bulk by the run; nobody has the
    right to create, edit or delete a line. A settled quarter is corrected by a reversal line (every amount
    negated) and a correction line, never by an edit. Rules: 鲁卫基层字〔2023〕3号, settlement rules section 1.

    A quarter uses base ... carry; a year uses base, claim, limited, final, paid, balance, payable, frozen, capped,
    carry, and `carry_in` for the opening carry. `carry_in` and `carry` are never above zero (待扣回).
    """

    _name = "bphs.fund.settlement.line"
    _description = "Settlement Line"
    _inherit = [
        "bphs.steps.mixin",
        "bphs.print.mixin",
        "bphs.approval.line.mixin",
        "bphs.scope.mixin",
        "bphs.money.mixin",
        "bphs.waiting.mixin",
    ]
    _order = "settlement_id, institution_id, id"
    _approval_parent_field = "settlement_id"
    _steps = STEPS
    _state_field = "confirm_state"
    _step_sets = ("confirmed_by_id", "confirmed_on")
    _steps_follow = ("settlement_id.approval_state", "settlement_id.sent_on")
    _waiting_fields = ("confirm_state",)

    settlement_id = fields.Many2one(
        "bphs.fund.settlement", required=True, index=True, readonly=True, ondelete="cascade"
    )
    institution_id = fields.Many2one(string="Clinic", readonly=True)
    period_id = fields.Many2one("bphs.period", required=True, index=True, readonly=True, ondelete="restrict")
    kind = fields.Selection([("quarter", "Quarter"), ("annual", "Year")], required=True, readonly=True)
    township_id = fields.Many2one(related="settlement_id.institution_id", string="Township Institution")
    scheme_id = fields.Many2one(related="settlement_id.scheme_id")
    approval_state = fields.Selection(related="settlement_id.approval_state")

    score = fields.Float(digits=(5, 2), readonly=True, aggregator=None)
    coefficient = fields.Float(digits=(5, 4), readonly=True, aggregator=None)
    base = fields.Monetary(string="Verified Amount", required=True, readonly=True)
    deduction = fields.Monetary(required=True, readonly=True)
    settled = fields.Monetary(required=True, readonly=True)
    prepaid = fields.Monetary(required=True, readonly=True)
    carry_in = fields.Monetary(string="Carry from Before", required=True, readonly=True)
    due = fields.Monetary(string="Due to the Clinic", required=True, readonly=True)
    frozen = fields.Monetary(string="Held", required=True, readonly=True)
    pay = fields.Monetary(string="Net Payment", required=True, readonly=True)
    carry = fields.Monetary(string="Carry to Next", required=True, readonly=True)
    claim = fields.Monetary(string="Year's Claim", required=True, readonly=True)
    limited = fields.Monetary(string="After the Cap", required=True, readonly=True)
    final = fields.Monetary(string="Final for the Year", required=True, readonly=True)
    paid = fields.Monetary(string="Paid in the Year", required=True, readonly=True)
    balance = fields.Monetary(required=True, readonly=True)
    payable = fields.Monetary(string="Year's Payment", required=True, readonly=True)
    capped = fields.Monetary(string="Held Money Cut Off", required=True, readonly=True)

    item_ids = fields.One2many("bphs.fund.settlement.item", "line_id", string="Items", readonly=True)
    explanation = fields.Json(readonly=True)
    fingerprint = fields.Char(
        readonly=True, help="Of everything the line was computed from: equal inputs leave a line as it is."
    )
    workload_id = fields.Many2one("bphs.workload", string="Workload Statement", readonly=True, ondelete="restrict")
    score_id = fields.Many2one("bphs.fund.score", string="Score Record", readonly=True, ondelete="set null")
    prepayment_line_id = fields.Many2one("bphs.fund.prepayment.line", readonly=True, ondelete="restrict")
    false_work_id = fields.Many2one(
        "bphs.fund.false.work",
        string="Basis for False Work",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
        help="By which what was not done is deducted at so many times its price.",
    )
    previous_line_id = fields.Many2one(
        "bphs.fund.settlement.line",
        string="Carry Comes From",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )

    confirm_state = fields.Selection(CONFIRM_STATES, required=True, default="waiting", readonly=True)
    confirm_deadline = fields.Date(readonly=True, help="After this day silence counts as consent.")
    confirmed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    confirmed_on = fields.Datetime(readonly=True)
    can_confirm = fields.Boolean(compute="_compute_can_confirm")
    objection_ids = fields.One2many("bphs.fund.objection", "line_id", string="Objections", readonly=True)

    posted = fields.Boolean(readonly=True, help="Finally approved and entered in the ledger.")
    reversed = fields.Boolean(readonly=True, help="A later settlement took this line back.")
    reversal_of_id = fields.Many2one(
        "bphs.fund.settlement.line", string="Takes Back", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    correction_of_id = fields.Many2one(
        "bphs.fund.settlement.line", string="Corrects", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    reason = fields.Char(string="Reason of Reversal", readonly=True)

    _first_uniq = models.UniqueIndex(
        "(institution_id, period_id, kind) WHERE reversal_of_id IS NULL AND correction_of_id IS NULL",
        "This clinic has been settled for this period already.",
    )
    _reversal_uniq = models.UniqueIndex(
        "(reversal_of_id) WHERE reversal_of_id IS NOT NULL", "This line has been taken back already."
    )
    _correction_uniq = models.UniqueIndex(
        "(correction_of_id) WHERE correction_of_id IS NOT NULL", "This line has been corrected already."
    )
    _carry_not_positive = models.Constraint(
        "CHECK(reversal_of_id IS NOT NULL OR (carry_in <= 0 AND carry <= 0))", "A carry is never above zero."
    )

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.institution_id.name or ''} {line.period_id.display_name or ''}".strip()

    @api.depends("allowed_steps")
    @api.depends_context("uid")
    def _compute_can_confirm(self):
        for line in self:
            line.can_confirm = "confirm" in line.allowed_steps

    def _is_step_due(self, name):
        # sudo: the clinic's own sheet is visible to the doctor, the township's document around it is not
        return self.sudo()._is_open_to_clinic()

    # === ACTIONS === #

    def _action_open(self, model, record_id, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "res_id": record_id,
            "views": [(False, "form")],
        }

    def action_open_workload(self):
        self.ensure_one()
        return self._action_open("bphs.workload", self.workload_id.id, self.env._("Workload Statement"))

    def action_open_score(self):
        self.ensure_one()
        return self._action_open("bphs.fund.score", self.score_id.id, self.env._("Score"))

    def action_open_previous(self):
        self.ensure_one()
        return self._action_open(self._name, self.previous_line_id.id, self.env._("Carry Comes From"))

    def action_open_entries(self):
        """Open the ledger entries that this line caused."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.fund.entry",
            "view_mode": "list,form",
            "domain": [("origin_model", "=", self._name), ("origin_id", "=", self.id)],
            "name": self.env._("Ledger Entries"),
        }

    # === BUSINESS METHODS === #

    def _tell_waiting(self):
        # Computed lines are the run's own until they are sent: that a settlement is sent tells of all of them.
        sent = self.filtered(lambda line: line.sudo().settlement_id.sent_on)  # sudo: the doctor does not see it
        return super(BphsFundSettlementLine, sent)._tell_waiting()

    def _is_open_to_clinic(self):
        """Whether the clinic may confirm or object now."""
        settlement = self.settlement_id
        waits = self.confirm_state in STEPS["confirm"].sources
        return waits and bool(settlement.sent_on) and settlement.approval_state == "draft"

    def _amounts(self):
        """The line's amounts as Decimal, by field name."""
        self.ensure_one()
        return {name: to_decimal(self[name]) for name in AMOUNTS}

    @api.model
    def _current_domain(self):
        """Lines that count: finally approved, and neither taken back nor a taking back."""
        return [("posted", "=", True), ("reversed", "=", False), ("reversal_of_id", "=", False)]

    def _approval_line_content(self):
        """What an approver of the document around these lines approves."""
        return [
            {
                "clinic": line.institution_id.code,
                "fingerprint": line.fingerprint or "",
                "takes_back": line.reversal_of_id.id,
                "corrects": line.correction_of_id.id,
                **{name: f"{amount:.2f}" for name, amount in line._amounts().items()},
            }
            for line in self.sorted("id")
        ]

    def _granted(self):
        """What was granted for payment under these lines and their holds, Decimal yuan; zero for none."""
        holds = self.env["bphs.fund.hold"].search([("settlement_line_id", "in", self.ids)])
        payables = self.env["bphs.fund.payable"].search(
            [
                "|",
                "&",
                ("origin_model", "=", self._name),
                ("origin_id", "in", self.ids),
                "&",
                ("origin_model", "=", holds._name),
                ("origin_id", "in", holds.ids),
            ]
        )
        earlier = self.correction_of_id._granted() if self.correction_of_id else ZERO
        return sum((to_decimal(payable.amount) for payable in payables), earlier)
