"""Build the replay document of a run from its stored lines, and the result it must come to.

Settlement rules, section 5. What is exported are facts (terms, workload, scores, releases, the ledger's money);
what is compared are the stored amounts: nothing is computed here.
"""

from dataclasses import dataclass, field

from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal

from ..tools.replay import result_document
from ..tools.replay_input import ReplayDocument
from ..tools.settlement import AnnualResult, ClinicResult
from ..tools.terms import Clinic, LastYearPrepay, Line, PlanPrepay, Quarter
from .events import ledger_events
from .scheme import quarters_of, scheme_terms
from .year import quarter_result

ANNUAL = ("base", "claim", "limited", "final", "paid", "balance", "payable", "frozen", "capped", "carry")


@dataclass
class Replay:
    """A run's year so far: the document to replay and the stored result document."""

    document: ReplayDocument
    stored: dict
    has_annual: bool
    notes: list = field(default_factory=list)


def build_replay(run):
    """Export the budget year of ``run`` up to its period, for every clinic settled in all of it.

    :raise UserError: scheme versions of the year differ in terms the format has one place for
    """
    env = run.env
    year = run.budget_id.period_id
    last = run.period_id.date_end
    quarters = quarters_of(year).filtered(lambda quarter: quarter.date_end <= last)
    rows = _line_rows(run, quarters | year)
    items = _item_rows(env, [row["id"] for by_period in rows.values() for row in by_period.values()])
    plans = _plans(env, rows, year)
    terms = _terms(env, rows, run, year)
    codes = quarters.mapped("code")
    has_annual = run.kind == "annual"
    needed = {*codes, *([year.code] if has_annual else [])}
    complete = {
        clinic: by_period for clinic, by_period in rows.items() if clinic in plans and needed <= by_period.keys()
    }
    ordered = sorted(complete, key=lambda clinic: plans[clinic].institution_id.code)
    scores = _annual_scores(env, ordered, year)
    clinics, results = [], []
    for clinic in ordered:
        mine = [complete[clinic][code] for code in codes]
        annual = complete[clinic][year.code] if has_annual else None
        clinics.append(_clinic(plans[clinic], mine, items, scores.get(clinic)))
        results.append(_clinic_result(plans[clinic], mine, annual))
    stored = result_document(results)
    events, splits, available, notes = ledger_events(run, {clinic.code for clinic in clinics})
    if events is not None:
        stored["events"] = splits
        stored["available"] = available
    pool = run.budget_id._pool()
    return Replay(ReplayDocument(terms, pool, tuple(clinics), events), stored, has_annual, notes)


def _clinic_result(plan, quarters, annual):
    return ClinicResult(
        plan.institution_id.code,
        tuple(quarter_result(row) for row in quarters),
        annual and AnnualResult(**{name: to_decimal(annual[name]) for name in ANNUAL}),
    )


def _line_rows(run, periods):
    """{institution id: {period code: row}}: lines that stand, and for a run under way its own."""
    env = run.env
    for model in ("settlement.line", "settlement.item", "settlement", "hold", "false.work"):
        env[f"bphs.fund.{model}"].flush_model()
    env.cr.execute(
        SQL(
            """
            SELECT line.*, period.code, settlement.scheme_id, rule.times AS false_times,
                   COALESCE((SELECT sum(item.false_amount) FROM bphs_fund_settlement_item item
                              WHERE item.line_id = line.id), 0) AS false_amount,
                   COALESCE((SELECT sum(hold.amount) FROM bphs_fund_hold hold
                              WHERE hold.settlement_line_id = line.id AND hold.state = 'released'
                                AND hold.annual_line_id IS NULL), 0) AS released
              FROM bphs_fund_settlement_line line
              JOIN bphs_fund_settlement settlement ON settlement.id = line.settlement_id
              JOIN bphs_fund_run run ON run.id = settlement.run_id
              JOIN bphs_period period ON period.id = line.period_id
         LEFT JOIN bphs_fund_false_work rule ON rule.id = line.false_work_id
             WHERE run.institution_id = %(bureau)s AND line.period_id = ANY(%(periods)s)
               AND line.reversal_of_id IS NULL AND line.reversed IS NOT TRUE
               AND (line.posted OR run.id = %(run)s)
             ORDER BY line.id
            """,
            bureau=run.institution_id.id,
            periods=periods.ids,
            run=run.id,
        )
    )
    rows = {}
    for row in env.cr.dictfetchall():
        # In order of id: a correction under way stands for the line it corrects.
        rows.setdefault(row["institution_id"], {})[row["code"]] = row
    return rows


def _item_rows(env, line_ids):
    env["bphs.fund.settlement.item"].flush_model()
    items = {}
    for line_id, *values in env.execute_query(
        SQL(
            """
            SELECT item.line_id, service.code, item.price, item.reported, item.invalid, item.false_qty
              FROM bphs_fund_settlement_item item JOIN bphs_service_item service ON service.id = item.item_id
             WHERE item.line_id = ANY(%s) ORDER BY item.line_id, item.id
            """,
            line_ids,
        )
    ):
        items.setdefault(line_id, []).append(values)
    return items


def _plans(env, rows, year):
    plans = env["bphs.fund.plan"].search(
        [("institution_id", "in", list(rows)), ("period_id", "=", year.id), ("state", "=", "confirmed")]
    )
    return {plan.institution_id.id: plan for plan in plans}


def _terms(env, rows, run, year):
    schemes = env["bphs.fund.scheme"].browse(
        {row["scheme_id"] for by_period in rows.values() for row in by_period.values()}
    )
    terms = scheme_terms(run.scheme_id, year)
    if any(scheme_terms(scheme, year) != terms for scheme in schemes):
        raise UserError(
            env._(
                "The versions of the scheme of %(year)s differ in ratio, thresholds or mode: one replay document holds "
                "one set of them, so this year cannot be exported as one.",
                year=year.code,
            )
        )
    return terms


def _annual_scores(env, clinic_ids, year):
    scores = env["bphs.fund.score"].search([("institution_id", "in", clinic_ids), ("period_id", "=", year.id)])
    return {score.institution_id.id: to_decimal(score.score) for score in scores}


def _clinic(plan, rows, items, annual_score):
    if plan.basis == "plan":
        prepay = PlanPrepay(to_decimal(plan.annual_amount))
    else:
        prepay = LastYearPrepay({quarter.period_id.code: to_decimal(quarter.amount) for quarter in plan.quarter_ids})
    return Clinic(
        code=plan.institution_id.code,
        prepay=prepay,
        opening_carry=to_decimal(plan.opening_carry or 0),
        cap=to_decimal(plan.cap or 0) if plan.has_cap else None,
        annual_score=annual_score,
        quarters=tuple(
            Quarter(
                row["code"],
                to_decimal(row["score"]),
                to_decimal(row["deduction"]) - to_decimal(row["false_amount"]),
                bool(row["released"]),
                tuple(
                    Line(code, to_decimal(price), reported, invalid, false)
                    for code, price, reported, invalid, false in items.get(row["id"], [])
                ),
                to_decimal(row["false_times"]) if row["false_work_id"] else None,
            )
            for row in rows
        ),
    )
