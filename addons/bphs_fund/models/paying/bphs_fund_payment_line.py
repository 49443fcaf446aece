from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_approval.models.bphs_approval_mixin import PASS, PASS_KEY
from odoo.addons.bphs_base.tools.steps import Step

STATES = [
    ("draft", "Not Approved Yet"),
    ("to_pay", "Waiting for the Bank"),
    ("refused", "Refused, to Be Confirmed"),
    ("paid", "Paid"),
    ("failed", "Failed"),
]
FINANCE = ("finance_officer",)
ACCOUNTANT = ("township_accountant",)
STEPS = {
    # Its batch was finally approved; its batch was paid.
    "approve": Step(("draft",), "to_pay", by_system=True),
    "pay": Step(("to_pay",), "paid", by_system=True),
    "mark_failed": Step(("to_pay",), "refused", FINANCE, reason_required=True, access="read"),
    "confirm_failed": Step(("refused",), "failed", FINANCE, apart_from=("refused_by_id",), access="read"),
    "withdraw_failed": Step(("refused",), "to_pay", FINANCE, access="read"),
    # What is paid through a township: it has come in, and gone on.
    "confirm_received": Step(("paid",), None, ACCOUNTANT, access="read"),
    "confirm_passed_on": Step(("paid",), None, ACCOUNTANT, access="read"),
}


class BphsFundPaymentLine(models.Model):
    """One transfer: a part of an amount owed, to one account. Made and moved by its batch, never by hand."""

    _name = "bphs.fund.payment.line"
    _description = "Payment"
    _inherit = [
        "bphs.steps.mixin",
        "bphs.approval.line.mixin",
        "bphs.scope.mixin",
        "bphs.money.mixin",
        "bphs.waiting.mixin",
    ]
    _order = "payment_id desc, institution_id, id"
    _steps = STEPS
    _step_sets = (
        "paid_on",
        "voucher",
        "fail_reason",
        "refused_by_id",
        "failed_by_id",
        "received_on",
        "received_by_id",
        "passed_on",
    )
    _steps_follow = ("path", "received_on", "passed_on")
    _apart_refusal = UserError
    _system_stands_apart = False
    _approval_parent_field = "payment_id"

    payment_id = fields.Many2one("bphs.fund.payment", required=True, index=True, ondelete="cascade")
    payable_id = fields.Many2one("bphs.fund.payable", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(
        related="payable_id.institution_id", string="Institution", store=True, required=False
    )
    township_id = fields.Many2one(related="institution_id.township_id", string="Township Institution")
    period_id = fields.Many2one(related="payable_id.period_id", store=True, index=True)
    kind = fields.Selection(related="payable_id.kind")
    # Stored: a township searches by it, and does not see the county's batch it comes from.
    path = fields.Selection(related="payment_id.path", store=True, related_sudo=True)
    payee_id = fields.Many2one("bphs.fund.payee", index="btree_not_null", ondelete="restrict")
    payee_name = fields.Char(string="Paid To", required=True)
    account_id = fields.Many2one(
        "bphs.bank.account",
        required=True,
        index=True,
        ondelete="restrict",
        groups="bphs_base.group_finance_officer",
    )
    account_masked = fields.Char(string="Account Ending", compute="_compute_account_masked", compute_sudo=True)
    amount = fields.Monetary(required=True)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, index=True)
    paid_on = fields.Date(readonly=True)
    voucher = fields.Char(string="Voucher Number", readonly=True)
    fail_reason = fields.Char(readonly=True)
    received_on = fields.Date(string="Received by the Township On", readonly=True)
    received_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    passed_on = fields.Date(string="Passed On to the Clinic On", readonly=True)

    _amount_positive = models.Constraint("CHECK(amount > 0)", "Only amounts above zero can be paid.")
    # An amount may be paid in parts, where some of it was held back meanwhile; that all parts together are no more than
    # is owed, the amount itself is held to.
    _live_uniq = models.UniqueIndex(
        "(payment_id, payable_id, COALESCE(payee_id, 0)) WHERE state <> 'failed'",
        "This amount is in a payment batch already.",
    )

    @api.depends("account_id")
    def _compute_account_masked(self):
        for line in self:
            line.account_masked = line.account_id.account_masked

    @api.depends("payee_name", "institution_id", "period_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ".join(
                filter(None, (line.institution_id.name, line.period_id.display_name, line.payee_name))
            )

    # === ACTIONS === #

    def action_confirm_received(self):
        """The township accountant confirms that the money for these clinics has come in."""
        self._check_township_step("confirm_received")
        for line in self:
            if line.received_on:
                raise UserError(self.env._("%(line)s: received already.", line=line.display_name))
        # sudo: the step was checked; nobody has a right to write transfers
        self.sudo()._write_state({"received_on": self._county_today(), "received_by_id": self.env.uid})

    def action_confirm_passed_on(self):
        """The township accountant confirms that the money was passed on to these clinics."""
        self._check_township_step("confirm_passed_on")
        for line in self:
            if not line.received_on or line.passed_on:
                raise UserError(
                    self.env._("%(line)s must be received, and not passed on before.", line=line.display_name)
                )
        self.sudo()._write_state({"passed_on": self._county_today()})  # sudo: as above

    # === BUSINESS METHODS === #

    def _is_step_due(self, name):
        if name == "confirm_received":
            return self.path == "township" and not self.received_on
        if name == "confirm_passed_on":
            return self.path == "township" and bool(self.received_on) and not self.passed_on
        return True

    def _write_state(self, vals):
        # A transfer moves once its batch is approved, and so closed to everybody.
        return super(BphsFundPaymentLine, self.with_context(**{PASS_KEY: PASS}))._write_state(vals)

    def _check_township_step(self, name):
        self._check_step(name)
        other = self.filtered(lambda line: line.path != "township")
        if other:
            raise UserError(self._step_word("state", name, other[0]))

    def _step_words(self):
        finance = self.env._("Only finance records what the bank did.")
        accountant = self.env._("Only the township's accountant confirms this.")
        through = self.env._("%(name)s: only money paid through the township institution is confirmed here.")
        nothing = self.env._("%(name)s: no refusal waits to be confirmed.")
        return super()._step_words() | {
            "role": finance,
            "role:confirm_received": accountant,
            "role:confirm_passed_on": accountant,
            "reason": self.env._("The reason the bank gave is needed."),
            "busy": self.env._("Someone else is recording these transfers at this moment."),
            "state": self.env._("%(name)s is not waiting for the bank."),
            "state:confirm_failed": nothing,
            "state:withdraw_failed": nothing,
            "state:confirm_received": through,
            "state:confirm_passed_on": through,
            "apart": self.env._(
                "%(name)s: you entered that the bank refused it. A second person of finance confirms it by the"
                " bank's slip."
            ),
        }

    def _mark_paid(self, voucher, date):
        waiting = self.filtered(lambda line: line.state in STEPS["pay"].sources)
        if not waiting:
            raise UserError(self.env._("No transfer is waiting for the bank."))
        # sudo: finance has no right to write transfers; the batch's right was checked
        waiting = waiting.sudo()
        waiting._check_step("pay")
        waiting._take_step("pay", {"voucher": voucher, "paid_on": date})
