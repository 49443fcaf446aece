from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS
from odoo.addons.bphs_base.models.setup.bphs_setup import Button, Check, Step

FINANCE = ("finance_officer",)


class BphsSetup(models.AbstractModel):
    """The steps of the money, up to the first prepayment."""

    _inherit = "bphs.setup"

    @api.model
    def _steps(self):
        year = str(self._county_today().year)
        return [
            *super()._steps(),
            self._step_budget(year),
            self._step_scheme(year),
            self._step_opening(year),
            self._step_payees(),
            self._step_prepayment(year),
        ]

    def _step_budget(self, year):
        _ = self.env._
        return Step(
            "budget",
            70,
            _("Budget and Arrivals"),
            _(
                "The year's standard, population and sources; then what has arrived, confirmed by a second finance"
                " officer."
            ),
            [
                Check(
                    _("Budget of %(year)s: {count}", year=year),
                    "bphs.fund.budget",
                    Domain("period_id.code", "=", year),
                    1,
                ),
                Check(
                    _("Arrivals confirmed: {count}"),
                    "bphs.fund.receipt",
                    Domain("source_id.budget_id.period_id.code", "=", year) & Domain("state", "=", "confirmed"),
                    1,
                    required=False,
                ),
            ],
            [
                Button(_("Budgets"), "bphs_fund.bphs_fund_budget_action", FINANCE),
                Button(_("Arrivals of Funds"), "bphs_fund.bphs_fund_receipt_action", FINANCE),
            ],
        )

    def _step_scheme(self, year):
        _ = self.env._
        return Step(
            "scheme",
            80,
            _("Settlement Scheme"),
            _("Prices and rules of the year, with the document they stand on; published."),
            [
                Check(
                    _("Published schemes of %(year)s: {count}", year=year),
                    "bphs.fund.scheme",
                    Domain("period_id.code", "=", year) & Domain("state", "=", "published"),
                    1,
                )
            ],
            [Button(_("Settlement Schemes"), "bphs_fund.bphs_fund_scheme_action", FINANCE)],
        )

    def _step_opening(self, year):
        _ = self.env._
        return Step(
            "opening",
            90,
            _("Annual Plans and Opening Balances"),
            _(
                "What each clinic is expected to do, and what last year left to be deducted: from a workbook, then"
                " confirmed."
            ),
            [
                Check(
                    _("Confirmed plans of %(year)s: {count}", year=year),
                    "bphs.fund.plan",
                    Domain("period_id.code", "=", year) & Domain("state", "=", "confirmed"),
                    1,
                ),
                Check(
                    _("Clinics without a confirmed plan: {count}"),
                    "bphs.institution",
                    lambda: self._clinics_without(
                        "bphs.fund.plan", [("period_id.code", "=", year), ("state", "=", "confirmed")]
                    ),
                    required=False,
                ),
            ],
            [
                Button(_("Import Annual Plans"), "bphs_fund.bphs_fund_plan_import_action", FINANCE),
                Button(_("Annual Plans"), "bphs_fund.bphs_fund_plan_action", FINANCE),
            ],
        )

    def _step_payees(self):
        _ = self.env._
        return Step(
            "payees",
            100,
            _("Payees and Accounts"),
            _("Whom each clinic's money is paid to; each account is checked by a second finance officer."),
            [
                Check(_("Payees: {count}"), "bphs.fund.payee", Domain.TRUE, 1),
                Check(
                    _("Clinics without a payee: {count}"),
                    "bphs.institution",
                    lambda: self._clinics_without("bphs.fund.payee", []),
                    required=False,
                ),
            ],
            [
                Button(_("Import Payees"), "bphs_fund.bphs_fund_payee_import_action", FINANCE),
                Button(_("Payees"), "bphs_fund.bphs_fund_payee_action", FINANCE),
            ],
        )

    def _clinics_without(self, model, domain):
        # sudo: which clinics have one, for the administrator too, who sees no money
        found = self.env[model].sudo().search(domain)
        return Domain("kind", "in", CLINIC_KINDS) & Domain("id", "not in", found.institution_id.ids)

    def _step_prepayment(self, year):
        _ = self.env._
        return Step(
            "prepayment",
            110,
            _("First Prepayment"),
            _("Make the first quarter's prepayment, compute it and hand it in."),
            [
                Check(
                    _("Prepayments of %(year)s: {count}", year=year),
                    "bphs.fund.prepayment",
                    Domain("period_id.parent_id.code", "=", year) & Domain("line_ids", "!=", False),
                    1,
                )
            ],
            [Button(_("Prepayments"), "bphs_fund.bphs_fund_prepayment_action", FINANCE)],
        )
