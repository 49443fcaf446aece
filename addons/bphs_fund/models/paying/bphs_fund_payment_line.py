from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [
    ("draft", "Not Approved Yet"),
    ("to_pay", "Waiting for the Bank"),
    ("refused", "Refused, to Be Confirmed"),
    ("paid", "Paid"),
    ("failed", "Failed"),
]


class BphsFundPaymentLine(models.Model):
    """One transfer: a part of an amount owed, to one account. Made and moved by its batch, never by hand."""

    _name = "bphs.fund.payment.line"
    _description = "Payment"
    _inherit = ["bphs.approval.line.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "payment_id desc, institution_id, id"
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
    state = fields.Selection(STATES, required=True, default="draft", index=True)
    paid_on = fields.Date()
    voucher = fields.Char(string="Voucher Number")
    fail_reason = fields.Char()
    received_on = fields.Date(string="Received by the Township On")
    received_by_id = fields.Many2one("res.users", ondelete="restrict")
    passed_on = fields.Date(string="Passed On to the Clinic On")

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
        self._check_township_step()
        for line in self:
            if line.received_on:
                raise UserError(self.env._("%(line)s: received already.", line=line.display_name))
        self._approval_write({"received_on": self._county_today(), "received_by_id": self.env.uid})

    def action_confirm_passed_on(self):
        """The township accountant confirms that the money was passed on to these clinics."""
        self._check_township_step()
        for line in self:
            if not line.received_on or line.passed_on:
                raise UserError(
                    self.env._("%(line)s must be received, and not passed on before.", line=line.display_name)
                )
        self._approval_write({"passed_on": self._county_today()})

    # === BUSINESS METHODS === #

    def _check_township_step(self):
        if not self.env.user.has_group("bphs_base.group_township_accountant"):
            raise AccessError(self.env._("Only the township's accountant confirms this."))
        self.check_access("read")
        for line in self:
            if line.path != "township" or line.state != "paid":
                raise UserError(
                    self.env._(
                        "%(line)s: only money paid through the township institution is confirmed here.",
                        line=line.display_name,
                    )
                )

    def _check_in_state(self, state):
        """Hold these transfers, and refuse where one is not in this state: to_pay or refused."""
        self._lock_rows(self.env._("Someone else is recording these transfers at this moment."))
        for line in self:
            if line.state == state:
                continue
            if state == "refused":
                raise UserError(self.env._("%(line)s: no refusal waits to be confirmed.", line=line.display_name))
            raise UserError(self.env._("%(line)s is not waiting for the bank.", line=line.display_name))

    def _mark_paid(self, voucher, date):
        waiting = self.filtered(lambda line: line.state == "to_pay")
        if not waiting:
            raise UserError(self.env._("No transfer is waiting for the bank."))
        # sudo: finance has no right to write transfers; the batch's right was checked
        waiting.sudo()._check_in_state("to_pay")
        waiting._approval_write({"state": "paid", "voucher": voucher, "paid_on": date})
