from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ..scheme.bphs_fund_scheme import PAYMENT_PATHS
from ..settling.bphs_fund_payable import KINDS


class BphsFundPayment(models.Model):
    """A payment batch (拨付批次): open amounts, paid to accounts in one go.

    The maker fills it from what is open; a second finance officer and the leader in charge approve it. At the last
    approval every amount is split over the sources by what each still holds at that moment (settlement rules,
    section 3), the split is stored and entered in the ledger, and never computed again. What cannot be paid now
    (no payee, no verified account, public notice not over) is listed with its reason and stays open.
    """

    _name = "bphs.fund.payment"
    _description = "Payment Batch"
    _inherit = ["bphs.print.mixin", "bphs.approval.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "id desc"

    number = fields.Char(readonly=True, copy=False, help="Drawn at the final approval.")
    institution_id = fields.Many2one(
        string="Bureau",
        domain=[("kind", "=", "health_bureau")],
        default=lambda self: self.env["bphs.fund.budget"]._default_institution_id(),
    )
    budget_id = fields.Many2one(
        "bphs.fund.budget",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["bphs.fund.budget"].search([], limit=1),
    )
    period_id = fields.Many2one(
        "bphs.period", index="btree_not_null", ondelete="restrict", help="Only amounts of this period; empty: of all."
    )
    kind = fields.Selection(KINDS, help="Only amounts of this kind; empty: all.")
    township_id = fields.Many2one(
        "bphs.institution",
        string="Only of Township",
        domain=[("kind", "in", TOWNSHIP_KINDS)],
        index="btree_not_null",
        ondelete="restrict",
        help="Only what this township institution and its clinics are owed; empty: all townships.",
    )
    path = fields.Selection(
        PAYMENT_PATHS,
        string="Payment Path",
        compute="_compute_path",
        store=True,
        precompute=True,
        required=True,
        help="That of the settlement scheme, as it was when the batch was filled.",
    )
    date = fields.Date(
        string="Payment Date",
        required=True,
        default=lambda self: self._county_today(),
        help="Payees and shares are those of this day.",
    )
    line_ids = fields.One2many("bphs.fund.payment.line", "payment_id", string="Payments", readonly=True)
    left_ids = fields.One2many("bphs.fund.payment.left", "payment_id", string="Left for Later", readonly=True)
    split_ids = fields.One2many("bphs.fund.payment.split", "payment_id", string="Sources", readonly=True)
    total_amount = fields.Monetary(string="Total", compute="_compute_totals")
    paid_amount = fields.Monetary(string="Paid Out", compute="_compute_totals")
    failed_amount = fields.Monetary(string="Failed", compute="_compute_totals")
    line_count = fields.Integer(string="Number of Payments", compute="_compute_totals")
    left_count = fields.Integer(string="Number Left", compute="_compute_left_count")
    open_line_count = fields.Integer(string="Waiting for the Bank", compute="_compute_totals")
    open_line_amount = fields.Monetary(string="Amount Waiting for the Bank", compute="_compute_totals")
    refused_amount = fields.Monetary(string="Refused, to Be Confirmed", compute="_compute_totals")
    offer = fields.Text(string="Open Now", compute="_compute_offer")

    _number_uniq = models.Constraint("UNIQUE(number)", "A batch of this number exists already.")

    # === COMPUTE METHODS === #

    @api.depends("number", "date", "period_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for payment in self:
            name = payment.number or self.env._("Payment batch of %(date)s", date=payment.date or "")
            payment.display_name = " ".join(
                filter(None, (name, payment.period_id.display_name, kinds.get(payment.kind)))
            )

    @api.depends("budget_id", "institution_id")
    def _compute_path(self):
        for payment in self:
            payment.path = payment._path_of_scheme()

    @api.depends("line_ids.amount", "line_ids.state")
    def _compute_totals(self):
        sums = {}
        for payment, state, amount, count in self.env["bphs.fund.payment.line"]._read_group(
            [("payment_id", "in", self.ids)], ["payment_id", "state"], ["amount:sum", "__count"]
        ):
            sums.setdefault(payment.id, {})[state] = (to_decimal(amount), count)
        for payment in self:
            by_state = sums.get(payment.id, {})
            payment.total_amount = sum((amount for amount, __ in by_state.values()), ZERO)
            payment.line_count = sum(count for __, count in by_state.values())
            payment.paid_amount = by_state.get("paid", (ZERO, 0))[0]
            payment.failed_amount = by_state.get("failed", (ZERO, 0))[0]
            payment.open_line_amount, payment.open_line_count = by_state.get("to_pay", (ZERO, 0))
            payment.refused_amount = by_state.get("refused", (ZERO, 0))[0]

    @api.depends("budget_id", "institution_id", "period_id", "kind", "township_id")
    def _compute_offer(self):
        """What a draft would take in, kind by kind: said before it is filled."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for payment in self:
            if payment.approval_state != "draft" or not payment.budget_id:
                payment.offer = False
                continue
            groups = self.env["bphs.fund.payable"]._read_group(
                payment._open_domain(), ["kind"], ["__count", "open_amount:sum"]
            )
            payment.offer = "\n".join(
                self.env._(
                    "%(kind)s: %(count)s amounts, %(amount)s yuan",
                    kind=kinds[kind],
                    count=count,
                    amount=f"{to_decimal(amount):,.2f}",
                )
                for kind, count, amount in groups
            ) or self.env._("Nothing is open.")

    @api.depends("left_ids")
    def _compute_left_count(self):
        counts = dict(
            self.env["bphs.fund.payment.left"]._read_group(
                [("payment_id", "in", self.ids)], ["payment_id"], ["__count"]
            )
        )
        for payment in self:
            payment.left_count = counts.get(payment, 0)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # The path is among them, so that whoever names one is told that it follows from the scheme.
        known = ("institution_id", "budget_id", "period_id", "kind", "township_id", "path", "date")
        return super().create([{name: vals[name] for name in known if name in vals} for vals in vals_list])

    def write(self, vals):
        if "number" in vals and not self.env.su:
            raise UserError(self.env._("The number is drawn at the final approval."))
        # A batch filled by other terms must be filled again: never pay on terms nobody looked at.
        if {"institution_id", "budget_id", "period_id", "kind", "township_id", "path", "date"} & set(vals):
            self._approval_check_unlocked()
            self.check_access("write")
            self._clear()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_approved(self):
        self._approval_check_unlocked()
        self._clear()

    # === ACTIONS === #

    def action_fill(self):
        """Take in all open amounts that fit the batch; pressing twice changes nothing.

        :return dict: says how much was taken in, and how much was left
        :raise UserError: under approval, or being filled by someone else at this moment
        """
        for payment in self:
            payment.check_access("write")
            payment._approval_check_unlocked()
            payment._lock_rows(self.env._("%(name)s is being filled by someone else.", name=payment.display_name))
            payment._clear()
            # sudo: the path is nobody's to write; a scheme published since the batch was made may have changed it
            payment.sudo().path = payment._path_of_scheme()
            payment._fill()
            payment._approval_record_contributors()
        return self._notification(
            self.env._(
                "Taken in: %(count)s transfers, %(amount)s yuan. Left for later: %(left)s amounts.",
                count=sum(self.mapped("line_count")),
                amount=f"{sum(map(to_decimal, self.mapped('total_amount')), ZERO):,.2f}",
                left=sum(self.mapped("left_count")),
            ),
            next={"type": "ir.actions.client", "tag": "soft_reload"},
        )

    def action_open_result(self):
        """Open the dialog that records what the bank did."""
        self.ensure_one()
        self.check_access("write")
        if not self._approval_is_approved():
            raise UserError(self.env._("%(name)s is not approved yet.", name=self.display_name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bank Result"),
            "res_model": "bphs.fund.payment.result",
            "view_mode": "form",
            "target": "new",
            "context": {"default_payment_id": self.id},
        }

    def action_mark_paid(self, voucher, date):
        """Record that the bank has paid all lines that still wait.

        :param str voucher: number of the accounting voucher
        :param date: day of payment
        :raise UserError: not approved, nothing waits, no voucher, or no day up to today
        """
        self.ensure_one()
        self.check_access("write")
        if not self._approval_is_approved():
            raise UserError(self.env._("%(name)s is not approved yet.", name=self.display_name))
        if not (voucher or "").strip():
            raise UserError(self.env._("The number of the voucher is needed."))
        try:
            day = fields.Date.to_date(date)
        except (TypeError, ValueError):
            day = None
        if not day or day > self._county_today():
            raise UserError(self.env._("Enter the day the bank paid; it cannot lie in the future."))
        self.line_ids._mark_paid(voucher.strip(), day)

    # === BUSINESS METHODS === #

    def _scheme(self):
        """The scheme whose payment path binds this batch: the last one that rules the budget's year."""
        scheme = self.env["bphs.fund.scheme"]
        year = self.budget_id.period_id
        return scheme._for_period(self.institution_id, year) if self.institution_id and year else scheme

    def _path_of_scheme(self):
        return self._scheme().payment_path or "doctor"

    def _clear(self):
        # sudo: lines have no right of their own; who may write the draft batch was checked before
        self.sudo().line_ids.unlink()
        self.sudo().left_ids.unlink()  # sudo: as above

    # === APPROVAL === #

    def _approval_flow_code(self):
        return "payment"

    def _approval_amount(self):
        return to_decimal(self.total_amount)

    def _approval_content(self):
        return {
            "budget": self.budget_id.display_name,
            "date": self.date,
            "path": self.path,
            "lines": [
                {
                    "clinic": line.institution_id.code,
                    "period": line.period_id.code,
                    "kind": line.kind,
                    "payee": line.payee_name,
                    "account": line.account_id.account_number,
                    "amount": to_decimal(line.amount),
                }
                for line in self.line_ids.sorted("id")
            ],
        }

    @api.model
    def _approval_submit_depends(self):
        return ("line_count",)

    def _approval_is_complete(self):
        return bool(self.line_count)

    def _approval_check_submit(self):
        super()._approval_check_submit()
        for payment in self:
            if not payment.line_ids:
                raise UserError(self.env._("%(name)s holds no payment. Fill it first.", name=payment.display_name))
            payment._check_recipients_current()

    def _on_approval_approved(self):
        super()._on_approval_approved()
        for payment in self:
            # sudo: the last approver holds no right on ledger and lines; the approval is what allows it
            payment = payment.sudo()
            payment._check_recipients_current()
            payment._post()
