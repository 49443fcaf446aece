from datetime import timedelta
from decimal import Decimal

from odoo import api, models

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS
from odoo.addons.bphs_base.tools.money import to_decimal


class BphsFundPlan(models.Model):
    """Where the expected work of a clinic can be taken from: plans, verified work, the ledger.
    All in sets."""

    _inherit = "bphs.fund.plan"

    @api.model
    def _clinics(self, bureau):
        """The clinics that settle under `bureau`, those the user may see."""
        return self.env["bphs.institution"].search([("kind", "in", CLINIC_KINDS), ("id", "child_of", bureau.ids)])

    @api.model
    def _previous_year(self, year):
        return self.env["bphs.period"].search(
            [("kind", "=", "year"), ("date_end", "=", year.date_start - timedelta(days=1))], limit=1
        )

    @api.model
    def _quarters(self, year):
        return year.child_ids.filtered(lambda period: period.kind == "quarter").sorted("date_start")

    @api.model
    def _planned_quantities(self, clinics, year):
        """{clinic id: {item id: quantity}} of the plans of `year`."""
        quantities = {}
        for plan, item, quantity in self.env["bphs.fund.plan.line"]._read_group(
            [("plan_id.period_id", "=", year.id), ("plan_id.institution_id", "in", clinics.ids)],
            ["plan_id", "item_id"],
            ["quantity:sum"],
        ):
            quantities.setdefault(plan.institution_id.id, {})[item.id] = quantity
        return quantities

    @api.model
    def _worked_quantities(self, clinics, year):
        """{clinic id: {item id: quantity}} verified in the quarters of `year`."""
        # The counts come past record rules, so ask for no clinic the user may not see.
        counts = self.env["bphs.workload"]._verified_counts(self._quarters(year), clinics._filtered_access("read"))
        quantities = {}
        for (clinic, __), lines in counts.items():
            of_clinic = quantities.setdefault(clinic, {})
            for item, reported, invalid, false_qty in lines:
                of_clinic[item] = of_clinic.get(item, 0) + reported - invalid - false_qty
        return quantities

    @api.model
    def _settled_last_year(self, clinics, year):
        """{clinic id: {quarter of `year`: Decimal settled in the same quarter of the year
        before}}, by the ledger."""
        last_year = self._previous_year(year)
        same = dict(zip(self._quarters(last_year), self._quarters(year), strict=False)) if last_year else {}
        settled = {}
        for clinic, quarter, amount in self.env["bphs.fund.entry"]._read_group(
            [
                ("kind", "in", ("prepayment", "settlement")),
                ("institution_id", "in", clinics.ids),
                ("period_id", "in", [quarter.id for quarter in same]),
            ],
            ["institution_id", "period_id"],
            ["amount:sum"],
        ):
            settled.setdefault(clinic.id, {})[same[quarter]] = to_decimal(amount)
        return settled

    @api.model
    def _left_to_deduct(self, clinics, year):
        """{clinic id: Decimal <= 0} what the periods of `year` carried on and none of them took up or had returned.

        Money paid beyond a corrected settlement is no carry: it is deducted or returned within its own budget.
        """
        return {
            clinic.id: -max(to_decimal(amount), Decimal())
            for clinic, amount in self.env["bphs.fund.entry"]._read_group(
                [
                    ("kind", "=", "carry"),
                    ("institution_id", "in", clinics.ids),
                    ("period_id", "in", (year | self._quarters(year)).ids),
                ],
                ["institution_id"],
                ["amount:sum"],
            )
        }
