"""Settle a quarter: load a county's clinics in three queries, let the money core compute."""

import hashlib
from dataclasses import asdict, dataclass
from decimal import Decimal

from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ..tools.explain import explain_quarter
from ..tools.settlement import QuarterResult, settle_quarter
from ..tools.terms import LastYearPrepay, Line, PlanPrepay, Quarter
from .scheme import prepay_terms, quarters_of, scheme_terms


@dataclass(slots=True)
class QuarterClaim:
    """All that one clinic's quarter is settled from, and the records it came from."""

    institution_id: int
    township_id: int
    code: str
    quarter: Quarter
    prepay: PlanPrepay | LastYearPrepay
    prepaid: Decimal
    carry_in: Decimal
    item_ids: list
    records: dict
    fingerprint: str


class QuarterLoader:
    """Loads the quarter of a run for a set of clinics; says in words what is missing for whom."""

    def __init__(self, run):
        self.run = run
        self.env = run.env
        self.period = run.period_id
        self.year = self.period.parent_id
        quarters = quarters_of(self.year)
        self.previous = next(
            (quarter for quarter in reversed(quarters) if quarter.date_start < self.period.date_start),
            self.env["bphs.period"],
        )
        self.scheme = run.scheme_id
        self.terms = scheme_terms(self.scheme, self.year)
        self.prices = self.scheme._prices()
        self.false_work = self.env["bphs.fund.false.work"]._in_force_on(self.period.date_start)
        self.item_codes = {
            item.id: item.code for item in self.env["bphs.service.item"].with_context(active_test=False).search([])
        }

    def compute(self, clinic_ids):
        """Settle the clinics that can be.

        :param clinic_ids: ids of clinics, whose scope the caller has checked
        :return: list of (claim, column values, item rows) and list of (institution id, reason)
        """
        counts = self.env["bphs.workload"]._verified_counts(
            self.period, self.env["bphs.institution"].browse(clinic_ids)
        )
        settled, issues = [], []
        for row in self._rows(clinic_ids):
            reasons = list(self._missing(row))
            issues += [(row["id"], reason) for reason in reasons]
            if not reasons:
                claim = self._claim(row, counts.get((row["id"], self.period.id), []))
                settled.append((claim, *self._settle(claim)))
        return settled, issues

    def _rows(self, clinic_ids):
        env = self.env
        for model in ("prepayment.line", "settlement.line", "score", "plan"):
            env[f"bphs.fund.{model}"].flush_model()
        prepayments = (
            env["bphs.fund.prepayment"]
            .search([("institution_id", "=", self.run.institution_id.id), ("period_id", "=", self.period.id)])
            ._approval_filter_approved()
        )
        env.cr.execute(
            SQL(
                """
                SELECT i.id, i.code, i.township_id, plan.id AS plan_id, plan.opening_carry,
                       score.id AS score_id, score.score, score.deduction,
                       prepay.id AS prepay_id, prepay.basis, prepay.needed, prepay.amount AS prepaid,
                       before.id AS before_id, before.carry, work.id AS work_id, work.state AS work_state
                  FROM bphs_institution i
             LEFT JOIN bphs_fund_plan plan
                    ON plan.institution_id = i.id AND plan.period_id = %(year)s AND plan.state = 'confirmed'
             LEFT JOIN bphs_fund_score score ON score.institution_id = i.id AND score.period_id = %(period)s
             LEFT JOIN bphs_fund_prepayment_line prepay
                    ON prepay.institution_id = i.id AND prepay.prepayment_id = ANY(%(prepayments)s)
             LEFT JOIN bphs_fund_settlement_line before
                    ON before.institution_id = i.id AND before.period_id = %(previous)s AND before.kind = 'quarter'
                   AND before.posted AND before.reversed IS NOT TRUE AND before.reversal_of_id IS NULL
             LEFT JOIN bphs_workload work ON work.institution_id = i.id AND work.period_id = %(period)s
                 WHERE i.id = ANY(%(clinics)s)
                 ORDER BY i.code
                """,
                year=self.year.id,
                period=self.period.id,
                previous=self.previous.id or None,
                prepayments=prepayments.ids,
                clinics=list(clinic_ids),
            )
        )
        return env.cr.dictfetchall()

    def _missing(self, row):
        period = self.period.display_name
        if not row["township_id"]:
            yield self.env._("It is led by no township institution.")
        if not row["plan_id"]:
            yield self.env._("No confirmed annual plan for %(year)s.", year=self.year.code)
        if not row["work_id"]:
            yield self.env._("No workload statement for %(period)s.", period=period)
        elif row["work_state"] not in ("verified", "locked"):
            yield self.env._("The workload statement of %(period)s is not verified.", period=period)
        if not row["score_id"]:
            yield self.env._("No score for %(period)s: neither zero nor full marks is assumed.", period=period)
        if not row["prepay_id"]:
            yield self.env._("No approved prepayment for %(period)s.", period=period)
        if self.previous and not row["before_id"]:
            yield self.env._("%(period)s is not settled and approved yet.", period=self.previous.display_name)

    def _claim(self, row, counts):
        # An item without a price is not paid for; where work was reported it stands on the sheet at 0.
        counted = [count for count in counts if count[0] in self.prices or count[1]]
        prepaid = to_decimal(row["prepaid"])
        carry_in = to_decimal(row["carry"] if self.previous else row["opening_carry"] or 0)
        score, deduction = to_decimal(row["score"]), to_decimal(row["deduction"] or 0)
        inputs = (self.scheme.id, self.period.code, counted, score, deduction, row["needed"], prepaid, carry_in)
        lines = tuple(
            Line(self.item_codes[item], self.prices.get(item, ZERO), reported, invalid, false)
            for item, reported, invalid, false in counted
        )
        # Whom it deducts nothing from is settled as if there were no such rule.
        times = self.false_work._times()
        rule = self.false_work if any(line.false_amount(times) for line in lines) else self.false_work.browse()
        if rule:
            inputs += (times,)
        return QuarterClaim(
            institution_id=row["id"],
            township_id=row["township_id"],
            code=row["code"],
            quarter=Quarter(
                self.period.code,
                score,
                deduction,
                False,
                lines,
                rule._times(),
            ),
            prepay=prepay_terms(row["basis"], self.period.code, row["needed"]),
            prepaid=prepaid,
            carry_in=carry_in,
            item_ids=[count[0] for count in counted],
            records={
                "workload_id": row["work_id"],
                "score_id": row["score_id"],
                "prepayment_line_id": row["prepay_id"],
                "previous_line_id": row["before_id"],
                "false_work_id": rule.id or None,
            },
            fingerprint=hashlib.sha256(repr(inputs).encode()).hexdigest(),
        )

    def _settle(self, claim):
        result = settle_quarter(self.terms, claim.code, claim.quarter, claim.prepaid, claim.carry_in)
        times = claim.quarter.false_times
        document = self.false_work.document_number or ""
        explanation = explain_quarter(self.terms, claim.prepay, claim.quarter, result, document)
        values = {
            **quarter_values(result),
            **claim.records,
            "score": claim.quarter.score,
            # A list: the database does not keep the order of keys.
            "explanation": [{"name": name, **asdict(text)} for name, text in explanation.items()],
            "fingerprint": claim.fingerprint,
        }
        items = [
            (
                item,
                line.price,
                line.reported,
                line.invalid,
                line.false,
                line.verified,
                line.amount,
                line.false_amount(times),
            )
            for item, line in zip(claim.item_ids, claim.quarter.lines, strict=True)
        ]
        return values, items


def quarter_values(result: QuarterResult):
    """The columns of a line that hold a quarter's result."""
    return {
        "base": result.base,
        "coefficient": result.coefficient,
        "deduction": result.penalty,
        "settled": result.settled,
        "prepaid": result.prepaid,
        "carry_in": result.carry_in,
        "due": result.due,
        "frozen": result.frozen,
        "pay": result.pay,
        "carry": result.carry,
    }
