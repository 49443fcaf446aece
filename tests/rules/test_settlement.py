"""Village settlement: the worked examples, every rule on generated years, and the invariants."""

import dataclasses
from decimal import Decimal

import pytest
from work import growth, steps

from odoo.addons.bphs_base.tools.money import MoneyError
from odoo.addons.bphs_fund.tools.settlement import (
    ClinicYear,
    prepayments,
    settle,
    settle_quarter,
    settle_year,
)
from odoo.addons.bphs_fund.tools.terms import (
    RESCORE,
    SUM_OF_QUARTERS,
    Clinic,
    LastYearPrepay,
    Line,
    PlanPrepay,
    Quarter,
    Scheme,
    SettlementError,
    coefficient,
)

D = Decimal
PERIODS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
SCHEME = Scheme(D("0.70"), D(85), D(60), SUM_OF_QUARTERS, PERIODS)


def quarter(period, base, score, penalty="0.00", released=False):
    """A quarter whose verified work is worth ``base`` yuan."""
    line = Line("ALL", D("0.01"), int(D(base) * 100), 0, 0)
    return Quarter(period, D(score), D(penalty), released, (line,))


def clinic(code, quarters, prepay=None, carry="0.00", cap=None, annual_score=None):
    prepay = prepay or PlanPrepay(D("14850.00"))
    return Clinic(code, prepay, D(carry), cap and D(cap), annual_score, tuple(quarters))


def column(result, name):
    return [str(getattr(row, name)) for row in result.quarters]


# ---------------------------------------------------------------------------
# Worked examples
# ---------------------------------------------------------------------------


def test_false_work_is_deducted_at_three_times_its_price():
    # The fourth quarter of the worked example: four false follow-ups of 8 yuan are 96.00 more than not paying them.
    lines = (Line("HTN_FU", D("8.00"), 158, 0, 4), Line("REST", D("0.01"), 159_800, 0, 0))
    by_hand = Quarter("2025Q4", D("78.20"), D("96.00"), False, lines)
    by_rule = Quarter("2025Q4", D("78.20"), D("0.00"), False, lines, D("3.00"))
    results = [settle_quarter(SCHEME, "A", one, D("2598.75"), D("0.00")) for one in (by_hand, by_rule)]
    assert results[0] == results[1]
    assert (str(results[1].base), str(results[1].penalty)) == ("2830.00", "96.00")
    assert (str(results[1].settled), str(results[1].carry)) == ("2117.06", "-481.69")


def test_false_work_is_rounded_item_by_item_and_joins_what_was_entered():
    lines = (Line("A", D("0.125"), 9, 0, 1), Line("B", D("0.125"), 9, 0, 1), Line("C", D("5.00"), 9, 0, 0))
    assert [str(line.false_amount(D(3))) for line in lines] == ["0.38", "0.38", "0.00"]
    assert [str(line.false_amount(None)) for line in lines] == ["0.00"] * 3
    assert Quarter("q", D(90), D("1.00"), False, lines, D(3)).deducted == D("1.76")
    assert Quarter("q", D(90), D("1.00"), False, lines).deducted == D("1.00")


def test_example_a_prepaid_by_the_plan():
    lines = (
        Line("EHR_UPDATE", D("2.00"), 300, 5, 0),
        Line("HTN_FU", D("8.00"), 160, 2, 0),
        Line("DM_FU", D("8.00"), 50, 0, 0),
        Line("ELD_EXAM", D("15.00"), 40, 0, 0),
        Line("ELD_RY_FU", D("6.00"), 70, 1, 0),
        Line("HE_LECT", D("80.00"), 1, 0, 0),
    )
    amounts = [str(line.amount) for line in lines]
    assert amounts == ["590.00", "1264.00", "400.00", "600.00", "414.00", "80.00"]
    quarters = (
        Quarter("2025Q1", D("92.00"), D("0.00"), False, lines),
        quarter("2025Q2", "4758.00", "83.50"),
        quarter("2025Q3", "3568.00", "88.00"),
        quarter("2025Q4", "2830.00", "78.20", penalty="96.00"),
    )
    (result,) = settle(SCHEME, None, [clinic("A", quarters, cap="14850.00")])
    assert column(result, "base") == ["3348.00", "4758.00", "3568.00", "2830.00"]
    assert column(result, "coefficient") == ["1.0000", "0.8350", "1.0000", "0.7820"]
    assert column(result, "settled") == ["3348.00", "3972.93", "3568.00", "2117.06"]
    assert column(result, "prepaid") == ["2598.75"] * 4
    assert column(result, "pay") == ["749.25", "1374.18", "969.25", "0.00"]
    assert column(result, "carry") == ["0.00", "0.00", "0.00", "-481.69"]
    assert str(result.annual.final) == "13005.99"
    assert str(result.annual.balance) == "-481.69"

    rescore = dataclasses.replace(SCHEME, annual_mode=RESCORE)
    again = clinic("A", quarters, cap="14850.00", annual_score=D("86.4"))
    (other,) = settle(rescore, None, [again])
    assert str(other.annual.final) == "14408.00"
    assert str(other.annual.balance) == "920.32"
    assert other.annual.final - result.annual.final == D("1402.01")


def test_example_a2_prepaid_by_last_year():
    amounts = ("3120.40", "2986.75", "3055.10", "3410.95")
    prepay = LastYearPrepay({p: D(a) for p, a in zip(PERIODS, amounts, strict=True)})
    bases = ("2010.00", "2451.30", "1502.66", "1980.05")
    quarters = [quarter(p, b, "90") for p, b in zip(PERIODS, bases, strict=True)]
    (result,) = settle(SCHEME, None, [clinic("A2", quarters, prepay)])
    assert column(result, "prepaid") == ["2184.28", "2090.73", "2138.57", "2387.67"]
    assert column(result, "carry") == ["-174.28", "0.00", "-635.91", "-1043.53"]
    assert column(result, "pay") == ["0.00", "186.29", "0.00", "0.00"]
    assert str(result.annual.final) == "7944.01"
    assert str(result.annual.paid) == "8987.54"


def test_example_d_claims_cut_to_the_pool():
    scheme = dataclasses.replace(SCHEME, year_periods=("2025",))
    claims = (("C", "350000"), ("A", "700000"), ("B", "450000"))
    clinics = [clinic(code, [quarter("2025", amount, "85")], PlanPrepay(D("0.00"))) for code, amount in claims]
    results = settle(scheme, D("1400000.00"), clinics)
    assert [r.code for r in results] == ["A", "B", "C"]
    assert [str(r.annual.final) for r in results] == ["653333.33", "420000.00", "326666.67"]


def test_a_pool_that_suffices_or_is_not_there_cuts_nothing():
    scheme = dataclasses.replace(SCHEME, year_periods=("2025",))
    clinics = [clinic("A", [quarter("2025", "100", "85")])]
    for pool in (None, D("100.00"), D("1000.00")):
        (result,) = settle(scheme, pool, clinics)
        assert str(result.annual.final) == "100.00"
    (result,) = settle(scheme, D("0.00"), clinics)
    assert result.annual.final == 0


@pytest.mark.parametrize(
    ("score", "k"),
    [("85", "1.0000"), ("100", "1.0000"), ("84.99", "0.8499"), ("0", "0.0000"), ("83.5", "0.8350")],
)
def test_the_coefficient(score, k):
    assert str(coefficient(D(score), D(85))) == k


def test_a_fine_score_is_rounded_half_up_to_four_decimals():
    assert str(coefficient(D("83.505"), D(85))) == "0.8351"


def test_a_hold_stands_exactly_below_its_score():
    for score, released, frozen in (("60", False, 0), ("59.99", False, 1), ("59.99", True, 0)):
        row = settle_quarter(SCHEME, "A", quarter("2025Q1", "900", score, released=released), D(0), D(0))
        assert bool(row.frozen) == bool(frozen)
        assert row.pay + row.frozen == row.due > 0


# ---------------------------------------------------------------------------
# Refusals of the engine itself
# ---------------------------------------------------------------------------


def no_work(period, score):
    return Quarter(period, score, D("0.00"), False, ())


def test_a_quarter_without_a_score_names_clinic_and_quarter():
    with pytest.raises(SettlementError, match="140404102201.*2025Q2") as caught:
        settle_quarter(SCHEME, "140404102201", no_work("2025Q2", None), D(0), D(0))
    assert caught.value.field == "score"


def test_a_rescoring_year_without_a_score_names_the_clinic():
    scheme = dataclasses.replace(SCHEME, annual_mode=RESCORE)
    with pytest.raises(SettlementError, match="140404102201") as caught:
        settle_year(scheme, None, [ClinicYear("140404102201", D(0), None, None, ())])
    assert caught.value.field == "annual_score"


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("prepay_ratio", lambda: dataclasses.replace(SCHEME, prepay_ratio=D("0.6999"))),
        ("prepay_ratio", lambda: dataclasses.replace(SCHEME, prepay_ratio=D("1.0001"))),
        ("full_score", lambda: dataclasses.replace(SCHEME, full_score=D("100.01"))),
        ("full_score", lambda: dataclasses.replace(SCHEME, full_score=None)),
        ("hold_score", lambda: dataclasses.replace(SCHEME, hold_score=D("-1"))),
        ("annual_mode", lambda: dataclasses.replace(SCHEME, annual_mode="average")),
        ("year_periods", lambda: dataclasses.replace(SCHEME, year_periods=())),
        ("year_periods", lambda: dataclasses.replace(SCHEME, year_periods=("a", "a"))),
        ("price", lambda: Line("X", D("-0.01"), 1, 0, 0)),
        ("invalid", lambda: Line("X", D(1), 1, -1, 0)),
        ("false", lambda: Line("X", D(1), 1, 0, -1)),
        ("reported", lambda: Line("X", D(1), 3, 2, 2)),
        ("reported", lambda: Line("X", D(1), -1, 0, 0)),
        ("penalty", lambda: quarter("2025Q1", "1", "90", penalty="-0.01")),
        ("false_times", lambda: Quarter("q", D(1), D(0), False, (), D("-0.01"))),
        ("lines[1].item", lambda: Quarter("q", D(1), D(0), False, (Line("X", D(1), 1, 0, 0),) * 2)),
        ("annual", lambda: PlanPrepay(D("-1"))),
        ("quarters.2025Q1", lambda: LastYearPrepay({"2025Q1": D("-1")})),
        ("cap", lambda: clinic("A", [], cap="-1")),
        ("opening_carry", lambda: clinic("A", [], carry="0.01")),
        ("quarters", lambda: prepayments(SCHEME, LastYearPrepay({"2025Q1": D(1)}))),
        ("quarters", lambda: settle(SCHEME, None, [clinic("A", [quarter("2025Q2", "1", "90")])])),
        (
            "quarters",
            lambda: settle(SCHEME, None, [clinic("A", [quarter(p, "1", "90") for p in (*PERIODS, "2026Q1")])]),
        ),
        (
            "quarters",
            lambda: settle(SCHEME, None, [clinic("A", []), clinic("B", [quarter("2025Q1", "1", "90")])]),
        ),
        ("code", lambda: settle(SCHEME, None, [clinic("A", []), clinic("A", [])])),
        ("score", lambda: settle(SCHEME, None, [clinic("A", [quarter("2025Q1", "1", "100.5")])])),
        ("pool", lambda: settle_year(SCHEME, D("-1"), [])),
    ],
)
def test_a_broken_term_is_refused_and_named(field, make):
    with pytest.raises(SettlementError) as caught:
        make()
    assert caught.value.field == field
    assert isinstance(caught.value, MoneyError) and str(caught.value)


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("prepay_ratio", lambda: dataclasses.replace(SCHEME, prepay_ratio=0.7)),
        ("full_score", lambda: dataclasses.replace(SCHEME, full_score=85)),
        ("price", lambda: Line("X", 0.1, 3, 0, 0)),
        ("penalty", lambda: Quarter("q", D(90), 0.0, False, ())),
        ("false_times", lambda: Quarter("q", D(90), D(0), False, (), 3.0)),
        ("annual", lambda: PlanPrepay(14850.0)),
        ("cap", lambda: Clinic("A", PlanPrepay(D(1)), D(0), 1.0, None, ())),
        ("opening_carry", lambda: Clinic("A", PlanPrepay(D(1)), -0.5, None, None, ())),
        (
            "score",
            lambda: settle(SCHEME, None, [clinic("A", [no_work("2025Q1", 90.0)])]),
        ),
        ("pool", lambda: settle_year(SCHEME, 1.0, [])),
    ],
)
def test_a_float_never_gets_through(field, make):
    with pytest.raises(SettlementError, match="十进制") as caught:
        make()
    assert caught.value.field == field


def test_no_clinic_gives_no_result():
    assert settle(SCHEME, D("1.00"), []) == ()


def test_the_work_of_a_year_grows_with_the_county_no_faster():
    def one(number):
        quarters = tuple(
            Quarter(
                period,
                D("83.57"),
                D("1.50"),
                False,
                tuple(Line(f"I{i}", D("2.35"), 300 + i + number, 5, 1) for i in range(23)),
            )
            for period in PERIODS
        )
        return Clinic(f"{number:012d}", PlanPrepay(D("14850.37")), D(0), D(14850), None, quarters)

    clinics = [one(number) for number in range(460)]

    def settle_some(count):
        results = settle(SCHEME, D("10000.00") * count, clinics[:count])
        assert sum(result.annual.final for result in results) == D("10000.00") * count

    assert growth(settle_some, 115, 460) < 1.5
    # 92 amounts, each rounded and added, and not much more.
    assert steps(lambda: settle_some(460)) / 460 < 1000
