"""Turn scheme, plan and prepayment records into the terms of the money core."""

from odoo.addons.bphs_base.tools.money import to_decimal

from ..tools.terms import LastYearPrepay, PlanPrepay, Scheme


def quarters_of(year):
    """The quarters of a budget year, in order of date."""
    return year.child_ids.filtered(lambda period: period.kind == "quarter").sorted("date_start")


def scheme_terms(scheme, year):
    """The settings of a published scheme, for the quarters of ``year``."""
    return Scheme(
        prepay_ratio=to_decimal(scheme.prepay_ratio),
        full_score=to_decimal(scheme.full_score),
        hold_score=to_decimal(scheme.hold_score),
        annual_mode=scheme.annual_mode,
        year_periods=tuple(quarters_of(year).mapped("code")),
    )


def prepay_terms(basis, period_code, needed):
    """What a prepayment was computed from.

    :param str basis: ``plan`` or ``last_year``
    :param period_code: the quarter prepaid
    :param needed: yuan: the year's plan, or last year's settled amount of the same quarter
    """
    needed = to_decimal(needed)
    return PlanPrepay(needed) if basis == "plan" else LastYearPrepay({period_code: needed})
