import dataclasses

from odoo import Command, api, fields, models

from odoo.addons.bphs_base.tools.money import ZERO, round_half_up, to_decimal

from ...tools.settlement import prepayments
from ...tools.terms import LastYearPrepay, PlanPrepay, Scheme


class BphsFundSchemePublish(models.TransientModel):
    """Before a scheme is published: what it means for each clinic, beside the version before."""

    _name = "bphs.fund.scheme.publish"
    _description = "Publish Settlement Scheme"
    _inherit = ["bphs.money.mixin"]

    scheme_id = fields.Many2one("bphs.fund.scheme", required=True, readonly=True)
    compared_id = fields.Many2one("bphs.fund.scheme", string="Compared With", readonly=True)
    unpriced = fields.Char(string="Expected Work Without a Price", readonly=True)
    line_ids = fields.One2many("bphs.fund.scheme.publish.line", "wizard_id", readonly=True)
    clinic_count = fields.Integer(string="Number of Clinics", compute="_compute_totals")
    unknown_count = fields.Integer(string="Clinics Without Expected Work", compute="_compute_totals")
    annual_amount = fields.Monetary(string="Annual Plan", compute="_compute_totals")
    prepay_year = fields.Monetary(string="Prepayment of the Year", compute="_compute_totals")
    pool_amount = fields.Monetary(string="Pool", compute="_compute_totals")

    @api.depends("line_ids")
    def _compute_totals(self):
        for wizard in self:
            lines = wizard.line_ids
            budget = self.env["bphs.fund.budget"]._for_year(wizard.scheme_id.institution_id, wizard.scheme_id.period_id)
            wizard.clinic_count = len(lines)
            wizard.unknown_count = len(lines.filtered(lambda line: line.basis == "none"))
            wizard.annual_amount = sum((to_decimal(line.annual_amount) for line in lines), ZERO)
            wizard.prepay_year = sum((to_decimal(line.prepay_year) for line in lines), ZERO)
            wizard.pool_amount = budget._pool() if budget and budget.has_pool else 0

    def action_publish(self):
        """Publish the scheme that was shown. Rights and rules are checked again."""
        self.ensure_one()
        self.scheme_id._publish()
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.fund.scheme",
            "res_id": self.scheme_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _prepare_for(self, scheme):
        """Create the preview of `scheme`, one line a clinic, in sets."""
        clinics = self.env["bphs.fund.plan"]._clinics(scheme.institution_id)
        compared = scheme._compared_with()
        expected = self._expected(scheme, clinics)
        quarters = self._last_year_quarters(scheme, clinics)
        new, old = self._view_of(scheme, scheme), self._view_of(compared or scheme, scheme)
        lines, unpriced = [], set()
        for clinic in clinics:
            basis, quantities = expected.get(clinic.id, ("none", {}))
            amounts = quarters[clinic.id]
            if scheme.prepay_basis == "last_year":
                basis = "last_year" if any(amounts.values()) else "none"
            unpriced |= {item for item, quantity in quantities.items() if quantity and item not in new.prices}
            annual, by_quarter = new.amounts(quantities, amounts)
            old_annual, old_by_quarter = old.amounts(quantities, amounts)
            lines.append(
                Command.create(
                    {
                        "institution_id": clinic.id,
                        "basis": basis,
                        "annual_amount": annual,
                        "prepay_year": sum(by_quarter.values(), ZERO),
                        "prepay_quarter": by_quarter[scheme.period_from_id.code],
                        "old_annual_amount": old_annual,
                        "old_prepay_year": sum(old_by_quarter.values(), ZERO),
                        "difference": annual - old_annual,
                    }
                )
            )
        names = self.env["bphs.service.item"].browse(unpriced).sorted("code").mapped("name")
        return self.create(
            {
                "scheme_id": scheme.id,
                "compared_id": compared.id,
                "unpriced": "、".join(names),
                "line_ids": lines,
            }
        )

    @api.model
    def _expected(self, scheme, clinics):
        """What each clinic is expected to do: its plan of this year, else of last year, else last
        year's work.

        :return: {clinic id: (basis, {item id: quantity})}
        """
        Plan = self.env["bphs.fund.plan"]
        last_year = Plan._previous_year(scheme.period_id)
        sources = [("plan", Plan._planned_quantities(clinics, scheme.period_id))]
        if last_year:
            sources = [
                ("work", Plan._worked_quantities(clinics, last_year)),
                ("last_plan", Plan._planned_quantities(clinics, last_year)),
            ] + sources
        expected = {}
        for basis, found in sources:
            expected |= {clinic: (basis, quantities) for clinic, quantities in found.items()}
        return expected

    @api.model
    def _last_year_quarters(self, scheme, clinics):
        """What last year's quarters were settled at, by the plans of this year, else by the ledger.

        :return: {clinic id: {code of this year's quarter: Decimal}}, every clinic and quarter
        """
        Plan = self.env["bphs.fund.plan"]
        year = scheme.period_id
        codes = Plan._quarters(year).mapped("code")
        amounts = {clinic.id: dict.fromkeys(codes, ZERO) for clinic in clinics}
        for clinic, settled in Plan._settled_last_year(clinics, year).items():
            amounts[clinic] |= {quarter.code: amount for quarter, amount in settled.items()}
        for quarter in self.env["bphs.fund.plan.quarter"].search(
            [("plan_id.institution_id", "in", clinics.ids), ("plan_id.period_id", "=", year.id)]
        ):
            amounts[quarter.plan_id.institution_id.id][quarter.period_id.code] = to_decimal(quarter.amount)
        return amounts

    @api.model
    def _view_of(self, scheme, effective):
        """`scheme` as it would rule the year of `effective`."""
        terms = dataclasses.replace(scheme._terms(), year_periods=effective._terms().year_periods)
        return _SchemeView(terms, scheme.prepay_basis, scheme._prices())


@dataclasses.dataclass(frozen=True)
class _SchemeView:
    """What of a scheme the preview needs, read once for all clinics."""

    terms: Scheme
    prepay_basis: str
    prices: dict

    def amounts(self, quantities, quarters):
        """Return (annual plan, {period code: prepayment}) of one clinic, in Decimal yuan."""
        if self.prepay_basis == "last_year":
            return sum(quarters.values(), ZERO), prepayments(self.terms, LastYearPrepay(quarters))
        annual = sum(
            (round_half_up(self.prices.get(item, ZERO) * quantity) for item, quantity in quantities.items()),
            ZERO,
        )
        return annual, prepayments(self.terms, PlanPrepay(annual))


class BphsFundSchemePublishLine(models.TransientModel):
    """One clinic in the preview of a scheme."""

    _name = "bphs.fund.scheme.publish.line"
    _description = "Clinic Under the Scheme"
    _inherit = ["bphs.money.mixin"]
    _order = "township_id, institution_id"

    wizard_id = fields.Many2one("bphs.fund.scheme.publish", required=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one("bphs.institution", string="Clinic", required=True, ondelete="cascade")
    township_id = fields.Many2one(related="institution_id.township_id", store=True)
    basis = fields.Selection(
        [
            ("plan", "Plan of this year"),
            ("last_plan", "Plan of last year"),
            ("work", "Verified work of last year"),
            ("last_year", "Settled last year"),
            ("none", "Nothing known yet"),
        ],
        required=True,
    )
    annual_amount = fields.Monetary(string="Annual Plan")
    prepay_year = fields.Monetary(string="Prepayment of the Year")
    prepay_quarter = fields.Monetary(string="Prepayment per Quarter")
    old_annual_amount = fields.Monetary(string="Annual Plan Before")
    old_prepay_year = fields.Monetary(string="Prepayment Before")
    difference = fields.Monetary()
