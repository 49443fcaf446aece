from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.steps import Step


class BphsFundPlan(models.Model):
    """What a clinic is expected to earn in a year (年度任务测算): the basis of its prepayments
    and its cap.

    Basis `plan`: expected quantities × the prices of the scheme. Basis `last_year`: what the same
    quarters of
    last year were settled at. The opening carry is what last year left to be deducted (待扣回),
    never above zero.
    """

    _name = "bphs.fund.plan"
    _description = "Annual Plan of a Clinic"
    _inherit = ["bphs.township.mixin", "bphs.fund.frozen.mixin", "bphs.money.mixin"]
    _order = "period_id, institution_id"

    # Reopening takes back who confirmed it.
    _frozen_except = ("state", "confirmed_by_id", "confirmed_at")
    _frozen_reopens = True
    # No money has been granted on what is reopened.
    _steps = {"confirm": Step(("draft",), "confirmed"), "reopen": Step(("confirmed",), "draft")}
    _server_fields = {"state": "draft", "confirmed_by_id": False, "confirmed_at": False}

    institution_id = fields.Many2one(string="Clinic", domain=[("kind", "in", ("village_clinic", "community_station"))])
    period_id = fields.Many2one(
        "bphs.period",
        string="Budget Year",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "year")],
    )
    scheme_id = fields.Many2one(
        "bphs.fund.scheme",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('period_id', '=', period_id), ('state', '!=', 'draft')]",
    )
    basis = fields.Selection(
        [("plan", "Annual plan"), ("last_year", "Same quarter of last year")],
        compute="_compute_basis",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    line_ids = fields.One2many("bphs.fund.plan.line", "plan_id", string="Expected Work")
    quarter_ids = fields.One2many("bphs.fund.plan.quarter", "plan_id", string="Last Year's Quarters")
    annual_amount = fields.Monetary(compute="_compute_annual_amount", store=True)
    opening_carry = fields.Monetary(
        default=0.0,
        help="What last year left to be deducted: zero or below. Taken off the first quarter.",
    )
    has_cap = fields.Boolean(compute="_compute_has_cap", store=True, readonly=False, precompute=True)
    cap = fields.Monetary(
        compute="_compute_cap",
        store=True,
        readonly=False,
        help="The most the clinic gets for the year.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_at = fields.Datetime(readonly=True, copy=False)

    _institution_period_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id)", "This clinic has a plan for this year already."
    )
    _opening_carry_sign = models.Constraint(
        "CHECK(opening_carry IS NULL OR opening_carry <= 0)",
        "The opening carry cannot be above zero.",
    )
    _cap_sign = models.Constraint("CHECK(cap IS NULL OR cap >= 0)", "The cap cannot be below zero.")

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = f"{plan.period_id.display_name or ''} {plan.institution_id.name or ''}".strip()

    @api.depends("scheme_id")
    def _compute_basis(self):
        for plan in self:
            plan.basis = plan.scheme_id.prepay_basis or "plan"

    @api.depends("scheme_id")
    def _compute_has_cap(self):
        for plan in self:
            plan.has_cap = plan.scheme_id.cap_mode == "plan"

    @api.depends("basis", "line_ids.amount", "quarter_ids.amount")
    def _compute_annual_amount(self):
        for plan in self:
            lines = plan.line_ids if plan.basis == "plan" else plan.quarter_ids
            plan.annual_amount = sum((to_decimal(line.amount) for line in lines), Decimal())

    @api.depends("annual_amount", "has_cap")
    def _compute_cap(self):
        for plan in self:
            plan.cap = plan.annual_amount if plan.has_cap else 0

    @api.constrains("period_id", "scheme_id", "institution_id")
    def _check_scheme(self):
        for plan in self:
            if plan.scheme_id.period_id != plan.period_id:
                raise ValidationError(
                    self.env._(
                        "%(plan)s: the scheme %(scheme)s is for another year.",
                        plan=plan.display_name,
                        scheme=plan.scheme_id.sudo().display_name,  # sudo: only its name
                    )
                )

    def action_confirm(self):
        """Confirm draft plans, all or none: from then on they are fixed.

        :raise UserError: a plan is confirmed already or has nothing to pay from, names it
        """
        self._check_step("confirm")
        for plan in self:
            if plan.scheme_id.state == "draft":
                raise UserError(
                    self.env._(
                        "The plan %(plan)s rests on a scheme that is not published.",
                        plan=plan.display_name,
                    )
                )
            missing = plan._missing_quarters()
            if plan.basis == "last_year" and missing:
                raise UserError(
                    self.env._(
                        "The plan %(plan)s lacks last year's amount of %(quarters)s.",
                        plan=plan.display_name,
                        quarters=", ".join(missing.sorted("code").mapped("code")),
                    )
                )
            if plan.basis == "plan" and not plan.line_ids:
                raise UserError(self.env._("The plan %(plan)s has no expected work.", plan=plan.display_name))
        self._take_step("confirm", {"confirmed_by_id": self.env.uid, "confirmed_at": fields.Datetime.now()})

    def action_reopen(self):
        """Make confirmed plans drafts again, while no money has been granted on them.

        :raise UserError: money was granted on a plan, names it
        """
        self._check_step("reopen")
        # sudo: the question is whether any entry exists, whoever may see it
        entries = self.env["bphs.fund.entry"].sudo()
        used = entries.search(
            [
                ("institution_id", "in", self.institution_id.ids),
                ("kind", "in", ("prepayment", "settlement")),
                "|",
                ("period_id", "in", self.period_id.ids),
                ("period_id.parent_id", "in", self.period_id.ids),
            ],
            limit=1,
        )
        if used:
            raise UserError(
                self.env._(
                    "Money has been granted on the plan of %(clinic)s: it can no longer be changed.",
                    clinic=used.institution_id.name,
                )
            )
        self._take_step("reopen", {"confirmed_by_id": False, "confirmed_at": False})

    def _step_words(self):
        return super()._step_words() | {
            "state:confirm": self.env._("The plan %(name)s is confirmed already."),
            "state:reopen": self.env._("The plan %(name)s is a draft already."),
        }

    def _missing_quarters(self):
        self.ensure_one()
        quarters = self.period_id.child_ids.filtered(lambda period: period.kind == "quarter")
        return quarters - self.quarter_ids.period_id
