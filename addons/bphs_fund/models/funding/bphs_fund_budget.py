from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.money import largest_remainder, percent_text, to_decimal

# What the four levels usually bear; the county's own document may say otherwise.
USUAL_SHARES = {"central": 0.60, "province": 0.20, "city": 0.04, "county": 0.16}


class BphsFundBudget(models.Model):
    """The basic public health money of one budget year: standard × population, borne by four
    levels.

    Standard in yuan per person and year; the population names its basis, because one county lives
    with several.
    """

    _name = "bphs.fund.budget"
    _description = "Fund Budget"
    _inherit = ["bphs.print.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _order = "period_id, institution_id"

    name = fields.Char(compute="_compute_name", store=True, precompute=True, readonly=False, required=True)
    institution_id = fields.Many2one(
        string="Bureau",
        domain=[("kind", "=", "health_bureau")],
        default=lambda self: self._default_institution_id(),
    )
    period_id = fields.Many2one(
        "bphs.period",
        string="Budget Year",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "year")],
    )
    standard = fields.Monetary(string="Standard per Person", required=True, help="Yuan per person and year.")
    population = fields.Integer(required=True, aggregator=None)
    population_basis = fields.Char(
        required=True,
        help="Which population this is: source and date, e.g. resident population at the end of 2024.",
    )
    has_pool = fields.Boolean(string="Limited Pool")
    # Not `pool`: that is the registry of every Odoo model.
    pool_amount = fields.Monetary(
        string="Pool",
        help="What the clinics may share in the year. Used only where the pool is limited.",
    )
    source_ids = fields.One2many("bphs.fund.source", "budget_id", string="Sources", copy=True)
    due = fields.Monetary(compute="_compute_due", store=True)
    arrived = fields.Monetary(compute="_compute_balances")
    paid = fields.Monetary(string="Approved for Payment", compute="_compute_balances")
    returned = fields.Monetary(compute="_compute_balances")
    available = fields.Monetary(compute="_compute_balances")
    outstanding = fields.Monetary(compute="_compute_balances")

    _institution_period_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id)", "This bureau has a budget for this year already."
    )
    _amounts_sign = models.Constraint(
        "CHECK(standard > 0 AND population > 0 AND (pool_amount IS NULL OR pool_amount >= 0))",
        "Standard and population must be above zero, the pool not below.",
    )

    @api.model
    def _default_institution_id(self):
        return self.env["bphs.institution"].search([("kind", "=", "health_bureau")], limit=1)

    @api.model
    def default_get(self, fields_list):
        """Propose the four levels with their usual shares."""
        values = super().default_get(fields_list)
        if "source_ids" in fields_list and not values.get("source_ids"):
            values["source_ids"] = [
                fields.Command.create({"level": level, "share": share}) for level, share in USUAL_SHARES.items()
            ]
        return values

    @api.depends("institution_id", "period_id")
    def _compute_name(self):
        for budget in self:
            if budget.period_id and budget.institution_id:
                budget.name = f"{budget.period_id.code} {budget.institution_id.name}"
            else:
                budget.name = budget.name or False

    @api.depends("standard", "population")
    def _compute_due(self):
        for budget in self:
            budget.due = budget._due()

    @api.depends("source_ids.arrived", "source_ids.paid", "source_ids.returned", "source_ids.due")
    def _compute_balances(self):
        for budget in self:
            for name in ("arrived", "paid", "returned", "available", "outstanding"):
                budget[name] = sum((to_decimal(source[name]) for source in budget.source_ids), Decimal())

    @api.constrains("period_id")
    def _check_period_id(self):
        for budget in self:
            if budget.period_id.kind != "year":
                raise ValidationError(self.env._("%(period)s is not a budget year.", period=budget.period_id.code))

    @api.constrains("source_ids")
    def _check_shares(self):
        for budget in self:
            total = sum((to_decimal(source.share) for source in budget.source_ids), Decimal())
            if total != 1:
                raise ValidationError(
                    self.env._(
                        "The shares of the sources of %(budget)s must sum to 100%%; they sum to %(total)s.",
                        budget=budget.display_name,
                        total=percent_text(total),
                    )
                )

    def write(self, vals):
        if {"institution_id", "period_id"} & set(vals):
            self.source_ids._check_not_posted()
        if any(name in vals and budget[name] != vals[name] for budget in self for name in ("has_pool", "pool_amount")):
            self._check_year_open()
        return super().write(vals)

    def _check_year_open(self):
        """:raise UserError: the year was settled by the pool as it is, or that is under approval"""
        # sudo: the question is whether there is such a settlement, whoever may see it
        settlements = self.env["bphs.fund.settlement"].sudo()
        settlement = settlements.search(
            [
                ("run_id.budget_id", "in", self.ids),
                ("run_id.kind", "=", "annual"),
                ("approval_state", "!=", "draft"),
            ],
            limit=1,
        )
        if settlement:
            raise UserError(
                self.env._(
                    "%(settlement)s was settled by this pool, or is under approval: the pool stays.",
                    settlement=settlement.display_name,
                )
            )

    def _due(self):
        """Standard × population, Decimal yuan."""
        self.ensure_one()
        return to_decimal(self.standard) * self.population

    def _due_by_source(self):
        """Share the due out over the sources, to the fen: {source: Decimal}.

        Keys are sorted by level, as every split over sources is.
        """
        self.ensure_one()
        weights = {source.level: to_decimal(source.share) for source in self.source_ids if source.level}
        if not any(weights.values()) or self.standard <= 0 or self.population <= 0:
            return dict.fromkeys(self.source_ids, Decimal())
        parts = largest_remainder(self._due(), weights)
        return {source: parts.get(source.level, Decimal()) for source in self.source_ids}

    def _pool(self):
        """The clinics' pool as Decimal, or None where it is not limited."""
        self.ensure_one()
        return to_decimal(self.pool_amount) if self.has_pool else None

    def action_open_standing(self):
        """Open the chart of this budget's sources."""
        return self._action_open("bphs_fund.bphs_fund_standing_action")

    def action_open_entries(self):
        """Open the ledger of this budget."""
        return self._action_open("bphs_fund.bphs_fund_entry_action")

    def _action_open(self, xml_id):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return {**action, "domain": [("budget_id", "=", self.id)], "context": {}}

    @api.model
    def _for_year(self, institution, period):
        """Return the budget of the bureau that leads `institution`, for the year of `period`;
        empty if there is none."""
        year = period if period.kind == "year" else period.parent_id
        return self.search([("institution_id", "parent_of", institution.id), ("period_id", "=", year.id)], limit=1)
