"""Village clinic settlement to the fen: prepay, settle by quarter, settle by year.

Source: 鲁卫基层字〔2023〕3号 (先预拨、后结算), made exact in the settlement rules, section 1.
What is settled comes in as the dataclasses of :mod:`.terms`, results go out as those below, so that
the database models, the replay document and the tests all call the very same rules.
Every broken rule raises :class:`.terms.SettlementError`, which names the field at fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.bphs_base.tools.money import (
    ZERO,
    equal_split,
    exact,
    largest_remainder,
    round_half_up,
    round_up,
)

from .terms import (
    SUM_OF_QUARTERS,
    Clinic,
    LastYearPrepay,
    PlanPrepay,
    Quarter,
    Scheme,
    SettlementError,
    check_not_negative,
    check_score,
    coefficient,
)

# ---------------------------------------------------------------------------
# What comes out
# ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuarterResult:
    """A settled quarter; ``carry_in`` and ``carry`` are <= 0, ``due`` = ``pay`` + ``frozen``."""

    period: str
    base: Decimal
    coefficient: Decimal
    penalty: Decimal
    settled: Decimal
    prepaid: Decimal
    carry_in: Decimal
    difference: Decimal
    due: Decimal
    frozen: Decimal
    pay: Decimal
    carry: Decimal


@dataclass(frozen=True, slots=True)
class ClinicYear:
    """What the year is settled from: the clinic's terms and its settled quarters, all of them."""

    code: str
    opening_carry: Decimal
    cap: Decimal | None
    annual_score: Decimal | None
    quarters: tuple[QuarterResult, ...]


@dataclass(frozen=True, slots=True)
class AnnualResult:
    """A settled year: ``claim`` by the mode, ``limited`` by the cap, ``final`` by the pool."""

    base: Decimal
    claim: Decimal
    limited: Decimal
    final: Decimal
    paid: Decimal
    balance: Decimal
    payable: Decimal
    frozen: Decimal
    capped: Decimal
    carry: Decimal


@dataclass(frozen=True, slots=True)
class ClinicResult:
    code: str
    quarters: tuple[QuarterResult, ...]
    annual: AnnualResult | None  # None until all periods of the year are settled


# ---------------------------------------------------------------------------
# The rules
# ---------------------------------------------------------------------------


@exact
def prepayments(scheme: Scheme, prepay: PlanPrepay | LastYearPrepay) -> dict[str, Decimal]:
    """Return the prepayment of each period of the year, in yuan.

    On the plan it is the rounded-up share of the year, split equally; on last year's amounts it is
    rounded up quarter by quarter. Rounding up keeps prepaid / needed from falling below the ratio.
    """
    if isinstance(prepay, PlanPrepay):
        return equal_split(round_up(scheme.prepay_ratio * prepay.annual), scheme.year_periods)
    if set(prepay.quarters) != set(scheme.year_periods):
        raise SettlementError("quarters", "上年同期结算额应覆盖且只覆盖本年度的每个期间")
    return {period: round_up(scheme.prepay_ratio * prepay.quarters[period]) for period in scheme.year_periods}


@exact
def settle_quarter(scheme: Scheme, code: str, quarter: Quarter, prepaid: Decimal, carry_in: Decimal) -> QuarterResult:
    """Settle one quarter of clinic ``code``, given its prepayment and the carry it starts from.

    :raise SettlementError: for a quarter without a score (not assessable), naming both
    """
    check_score("score", quarter.score, f"机构 {code} 的期间 {quarter.period} 没有得分，不能结算")
    base = sum((line.amount for line in quarter.lines), ZERO)
    k = coefficient(quarter.score, scheme.full_score)
    settled = max(ZERO, round_half_up(base * k) - quarter.deducted)
    difference = settled - prepaid + carry_in
    due = max(difference, ZERO)
    held = quarter.score < scheme.hold_score and not quarter.released
    frozen = due if held else ZERO
    return QuarterResult(
        period=quarter.period,
        base=base,
        coefficient=k,
        penalty=quarter.deducted,
        settled=settled,
        prepaid=prepaid,
        carry_in=carry_in,
        difference=difference,
        due=due,
        frozen=frozen,
        pay=due - frozen,
        carry=min(difference, ZERO),
    )


@exact
def settle_quarters(scheme: Scheme, clinic: Clinic) -> tuple[QuarterResult, ...]:
    """Settle the quarters ``clinic`` has so far, handing the carry on from each to the next.

    :raise SettlementError: if they are not the first periods of the year, in order
    """
    periods = tuple(quarter.period for quarter in clinic.quarters)
    if periods != scheme.year_periods[: len(periods)]:
        raise SettlementError("quarters", f"机构 {clinic.code} 的期间应从年度首个期间起依次排列")
    prepaid = prepayments(scheme, clinic.prepay)
    carry = clinic.opening_carry
    results = []
    for quarter in clinic.quarters:
        result = settle_quarter(scheme, clinic.code, quarter, prepaid[quarter.period], carry)
        carry = result.carry
        results.append(result)
    return tuple(results)


@exact
def settle_year(scheme: Scheme, pool: Decimal | None, clinics: Iterable[ClinicYear]) -> dict[str, AnnualResult]:
    """Settle the year of all clinics that share ``pool`` yuan (None = no pool), by clinic code.

    :raise SettlementError: if the scheme rescores and a clinic has no annual score
    """
    clinics = list(clinics)
    if pool is not None:
        check_not_negative("pool", "可分配资金", pool)
    claims = {clinic.code: _annual_claim(scheme, clinic) for clinic in clinics}
    limited = {
        clinic.code: claims[clinic.code] if clinic.cap is None else min(claims[clinic.code], clinic.cap)
        for clinic in clinics
    }
    short = pool is not None and sum(limited.values()) > pool
    finals = largest_remainder(pool, limited) if short else limited
    return {
        clinic.code: _settle_clinic_year(clinic, claims[clinic.code], limited[clinic.code], finals[clinic.code])
        for clinic in clinics
    }


def _annual_claim(scheme: Scheme, clinic: ClinicYear) -> Decimal:
    if scheme.annual_mode == SUM_OF_QUARTERS:
        return sum((quarter.settled for quarter in clinic.quarters), ZERO)
    missing = f"机构 {clinic.code} 没有年度得分，不能年度结算"
    check_score("annual_score", clinic.annual_score, missing)
    base = sum((quarter.base for quarter in clinic.quarters), ZERO)
    penalties = sum((quarter.penalty for quarter in clinic.quarters), ZERO)
    k = coefficient(clinic.annual_score, scheme.full_score)
    return max(ZERO, round_half_up(base * k) - penalties)


def _settle_clinic_year(clinic: ClinicYear, claim: Decimal, limited: Decimal, final: Decimal) -> AnnualResult:
    paid = sum((quarter.prepaid + quarter.pay for quarter in clinic.quarters), ZERO)
    held = sum((quarter.frozen for quarter in clinic.quarters), ZERO)
    balance = final + clinic.opening_carry - paid
    owed = max(balance, ZERO)
    frozen = min(owed, held)
    return AnnualResult(
        base=sum((quarter.base for quarter in clinic.quarters), ZERO),
        claim=claim,
        limited=limited,
        final=final,
        paid=paid,
        balance=balance,
        payable=owed - frozen,
        frozen=frozen,
        capped=held - frozen,
        carry=min(balance, ZERO),
    )


@exact
def settle(scheme: Scheme, pool: Decimal | None, clinics: Iterable[Clinic]) -> tuple[ClinicResult, ...]:
    """Settle every quarter the clinics have, and the year once all its periods are there.

    :return: results in code-point order of the clinic codes
    :raise SettlementError: for a broken rule; clinics that stand at different quarters are one
    """
    clinics = sorted(clinics, key=lambda clinic: clinic.code)
    if len({clinic.code for clinic in clinics}) != len(clinics):
        raise SettlementError("code", "机构代码重复")
    if len({len(clinic.quarters) for clinic in clinics}) > 1:
        raise SettlementError("quarters", "各机构的期间应当相同")
    quarters = {clinic.code: settle_quarters(scheme, clinic) for clinic in clinics}
    annual = {}
    if clinics and len(clinics[0].quarters) == len(scheme.year_periods):
        annual = settle_year(
            scheme,
            pool,
            [
                ClinicYear(
                    clinic.code,
                    clinic.opening_carry,
                    clinic.cap,
                    clinic.annual_score,
                    quarters[clinic.code],
                )
                for clinic in clinics
            ],
        )
    return tuple(ClinicResult(clinic.code, quarters[clinic.code], annual.get(clinic.code)) for clinic in clinics)
