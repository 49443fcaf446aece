"""Compute a quarter's prepayments for every clinic with a confirmed plan."""

from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ..tools.settlement import prepayments
from ..tools.terms import LastYearPrepay, PlanPrepay
from .scheme import quarters_of, scheme_terms


def compute_prepayments(prepayment):
    """Return rows of (institution id, basis, needed, ratio, amount, cumulative), in order of clinic code.

    Clinics that another prepayment of the quarter holds are left out: nobody is prepaid twice.

    :raise SettlementError: a plan on last year's amounts lacks a quarter
    """
    env = prepayment.env
    period, year = prepayment.period_id, prepayment.period_id.parent_id
    terms = scheme_terms(prepayment.scheme_id, year)
    plans = env["bphs.fund.plan"].search(
        [
            ("institution_id", "child_of", prepayment.institution_id.id),
            ("period_id", "=", year.id),
            ("state", "=", "confirmed"),
        ]
    )
    taken, before = _prepaid(prepayment, year)
    rows = []
    for plan in plans.sorted(lambda plan: plan.institution_id.code):
        clinic = plan.institution_id
        if clinic.id in taken or not clinic.active:
            continue
        if plan.basis == "plan":
            basis, needed = PlanPrepay(to_decimal(plan.annual_amount)), to_decimal(plan.annual_amount)
        else:
            amounts = {quarter.period_id.code: to_decimal(quarter.amount) for quarter in plan.quarter_ids}
            basis, needed = LastYearPrepay(amounts), amounts.get(period.code, ZERO)
        amount = prepayments(terms, basis)[period.code]
        rows.append((clinic.id, plan.basis, needed, terms.prepay_ratio, amount, before.get(clinic.id, ZERO) + amount))
    return rows


def _prepaid(prepayment, year):
    """Clinics another prepayment of this quarter holds, and what earlier quarters of the year prepaid."""
    env = prepayment.env
    env["bphs.fund.prepayment.line"].flush_model()
    earlier = quarters_of(year).filtered(lambda quarter: quarter.date_start < prepayment.period_id.date_start)
    rows = env.execute_query(
        SQL(
            """
            SELECT institution_id, bool_or(period_id = %(period)s),
                   sum(amount) FILTER (WHERE period_id = ANY(%(before)s))
              FROM bphs_fund_prepayment_line
             WHERE (period_id = %(period)s AND prepayment_id <> %(own)s) OR period_id = ANY(%(before)s)
             GROUP BY institution_id
            """,
            period=prepayment.period_id.id,
            before=earlier.ids,
            own=prepayment.id,
        )
    )
    taken = {clinic for clinic, now, _amount in rows if now}
    return taken, {clinic: to_decimal(amount or 0) for clinic, _now, amount in rows}
