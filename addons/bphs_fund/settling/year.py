"""Settle a year: every clinic's approved quarters, the caps and the shared pool."""

import hashlib
from dataclasses import asdict, dataclass

from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ..tools.explain import explain_year
from ..tools.settlement import ClinicYear, QuarterResult, settle_year
from ..tools.terms import RESCORE
from .scheme import quarters_of, scheme_terms


@dataclass(slots=True)
class YearClaim:
    """One clinic's approved quarters and terms of the year, and the records they came from."""

    institution_id: int
    township_id: int
    code: str
    year: ClinicYear
    records: dict


class YearLoader:
    """Loads the year of a run. The pool is shared by all clinics, so they are settled together."""

    def __init__(self, run):
        self.run = run
        self.env = run.env
        self.year = run.period_id
        self.quarters = quarters_of(self.year)
        self.scheme = run.scheme_id
        self.terms = scheme_terms(self.scheme, self.year)
        self.pool = run.budget_id._pool()

    def compute(self, clinic_ids):
        """Settle the clinics that can be.

        :return: list of (claim, column values, []) and list of (institution id, reason)
        """
        quarters = self._quarters(clinic_ids)
        claims, issues = [], []
        for row in self._rows(clinic_ids):
            mine = quarters.get(row["id"], {})
            reasons = list(self._missing(row, mine))
            issues += [(row["id"], reason) for reason in reasons]
            if not reasons:
                claims.append(self._claim(row, mine))
        if issues and self.pool is not None:
            # Whoever is still missing would change what the pool leaves to all the others.
            return [], issues
        results = settle_year(self.terms, self.pool, [claim.year for claim in claims])
        limited_total = sum((result.limited for result in results.values()), ZERO)
        return [(claim, self._values(claim, results[claim.code], limited_total), []) for claim in claims], issues

    def _rows(self, clinic_ids):
        env = self.env
        for model in ("score", "plan"):
            env[f"bphs.fund.{model}"].flush_model()
        env.cr.execute(
            SQL(
                """
                SELECT i.id, i.code, i.township_id, plan.id AS plan_id, plan.opening_carry, plan.has_cap, plan.cap,
                       score.id AS score_id, score.score
                  FROM bphs_institution i
             LEFT JOIN bphs_fund_plan plan
                    ON plan.institution_id = i.id AND plan.period_id = %(year)s AND plan.state = 'confirmed'
             LEFT JOIN bphs_fund_score score ON score.institution_id = i.id AND score.period_id = %(year)s
                 WHERE i.id = ANY(%(clinics)s)
                 ORDER BY i.code
                """,
                year=self.year.id,
                clinics=list(clinic_ids),
            )
        )
        return env.cr.dictfetchall()

    def _quarters(self, clinic_ids):
        """{institution id: {period code: (line id, QuarterResult)}} of the approved quarters."""
        results = {}
        for line in load_quarter_rows(self.env, self.quarters, clinic_ids):
            results.setdefault(line["institution_id"], {})[line["code"]] = (line["id"], quarter_result(line))
        return results

    def _missing(self, row, quarters):
        if not row["township_id"]:
            yield self.env._("It is led by no township institution.")
        if not row["plan_id"]:
            yield self.env._("No confirmed annual plan for %(year)s.", year=self.year.code)
        for code in self.terms.year_periods:
            if code not in quarters:
                yield self.env._("%(period)s is not settled and approved yet.", period=code)
        if self.terms.annual_mode == RESCORE and not row["score_id"]:
            yield self.env._(
                "No score for %(period)s: neither zero nor full marks is assumed.", period=self.year.display_name
            )

    def _claim(self, row, quarters):
        ordered = [quarters[code] for code in self.terms.year_periods]
        rescore = self.terms.annual_mode == RESCORE
        return YearClaim(
            institution_id=row["id"],
            township_id=row["township_id"],
            code=row["code"],
            year=ClinicYear(
                code=row["code"],
                opening_carry=to_decimal(row["opening_carry"] or 0),
                cap=to_decimal(row["cap"] or 0) if row["has_cap"] else None,
                annual_score=to_decimal(row["score"]) if rescore else None,
                quarters=tuple(result for _line_id, result in ordered),
            ),
            records={"score_id": row["score_id"] if rescore else None, "previous_line_id": ordered[-1][0]},
        )

    def _values(self, claim, result, limited_total):
        explanation = explain_year(self.terms, claim.year, result, self.pool, limited_total)
        inputs = (self.scheme.id, claim.year, result)
        return {
            **claim.records,
            "score": claim.year.annual_score,
            "base": result.base,
            "carry_in": claim.year.opening_carry,
            "claim": result.claim,
            "limited": result.limited,
            "final": result.final,
            "paid": result.paid,
            "balance": result.balance,
            "payable": result.payable,
            "frozen": result.frozen,
            "capped": result.capped,
            "carry": result.carry,
            # A list: the database does not keep the order of keys.
            "explanation": [{"name": name, **asdict(text)} for name, text in explanation.items()],
            "fingerprint": hashlib.sha256(repr(inputs).encode()).hexdigest(),
        }


def load_quarter_rows(env, quarters, clinic_ids):
    """The approved quarter lines of clinics, with what was released of their holds before the year closed."""
    for model in ("settlement.line", "hold"):
        env[f"bphs.fund.{model}"].flush_model()
    env.cr.execute(
        SQL(
            """
            SELECT line.*, period.code,
                   COALESCE((SELECT sum(hold.amount) FROM bphs_fund_hold hold
                              WHERE hold.settlement_line_id = line.id AND hold.state = 'released'
                                AND hold.annual_line_id IS NULL), 0) AS released
              FROM bphs_fund_settlement_line line
              JOIN bphs_period period ON period.id = line.period_id
             WHERE line.institution_id = ANY(%s) AND line.period_id = ANY(%s) AND line.kind = 'quarter'
               AND line.posted AND line.reversed IS NOT TRUE AND line.reversal_of_id IS NULL
             ORDER BY line.institution_id, period.date_start
            """,
            list(clinic_ids),
            quarters.ids,
        )
    )
    return env.cr.dictfetchall()


def quarter_result(row):
    """A stored quarter as the money core's result; a hold released since then counts as paid."""
    amount = {
        name: to_decimal(row[name] or 0)
        for name in ("base", "deduction", "settled", "prepaid", "carry_in", "due", "frozen", "pay", "carry", "released")
    }
    return QuarterResult(
        period=row["code"],
        base=_fen(amount["base"]),
        coefficient=to_decimal(row["coefficient"]),
        penalty=_fen(amount["deduction"]),
        settled=_fen(amount["settled"]),
        prepaid=_fen(amount["prepaid"]),
        carry_in=_fen(amount["carry_in"]),
        difference=_fen(amount["settled"] - amount["prepaid"] + amount["carry_in"]),
        due=_fen(amount["due"]),
        frozen=_fen(amount["frozen"] - amount["released"]),
        pay=_fen(amount["pay"] + amount["released"]),
        carry=_fen(amount["carry"]),
    )


def _fen(amount):
    return amount + ZERO
