"""Every amount explains itself, and a reader with a pocket calculator comes to the same fen."""

import re
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction

import pytest
import settlement_oracle
from hypothesis import given
from settlement_documents import documents
from test_township import FULL, POOL, TOWNSHIPS

from odoo.addons.bphs_base.tools.money import ZERO, to_fen
from odoo.addons.bphs_fund.tools.explain import explain_quarter, explain_year, plain, yuan
from odoo.addons.bphs_fund.tools.explain_shares import (
    explain_capitation,
    explain_fixed_value,
    explain_zero_sum,
)
from odoo.addons.bphs_fund.tools.replay_input import parse
from odoo.addons.bphs_fund.tools.settlement import (
    AnnualResult,
    ClinicYear,
    QuarterResult,
    settle,
    settle_quarter,
)
from odoo.addons.bphs_fund.tools.township import (
    Population,
    capitation,
    points_fixed_value,
    points_zero_sum,
)

D = Decimal


def calculated(numbers):
    """Work out sums of products, left to right, as a pocket calculator with fractions would."""
    total = Fraction(0)
    for sign, term in re.findall(r"(^|\+ |- )(\(-[\d,.]+\)|-?[\d,.]+(?: [×÷] [\d,.]+)*)", numbers):
        factors = re.split(r" ([×÷]) ", term.strip("()").replace(",", ""))
        value = Fraction(factors[0])
        for operator, factor in zip(factors[1::2], factors[2::2], strict=True):
            value = value * Fraction(factor) if operator == "×" else value / Fraction(factor)
        total += -value if sign == "- " else value
    return total * 100  # fen


def shown(explanation):
    return to_fen(D(explanation.result.replace(",", "")))


def explained(document):
    parsed = parse(document)
    results = settle(parsed.scheme, parsed.pool, parsed.clinics)
    limited = sum((r.annual.limited for r in results if r.annual), ZERO)
    for one, result in zip(sorted(parsed.clinics, key=lambda c: c.code), results, strict=True):
        for quarter, row in zip(one.quarters, result.quarters, strict=True):
            yield "quarter", row, explain_quarter(parsed.scheme, one.prepay, quarter, row)
        if result.annual:
            year = ClinicYear(one.code, one.opening_carry, one.cap, one.annual_score, result.quarters)
            texts = explain_year(parsed.scheme, year, result.annual, parsed.pool, limited)
            yield "year", result.annual, texts


INPUTS = {"period", "penalty", "carry_in"}


@given(documents())
def test_every_amount_is_explained_with_its_own_result(document):
    for kind, result, texts in explained(document):
        names = {f.name for f in fields(QuarterResult if kind == "quarter" else AnnualResult)}
        assert names - INPUTS <= set(texts)
        for name in names - INPUTS - {"coefficient"}:
            assert texts[name].result == f"{getattr(result, name):,.2f}"
        for text in texts.values():
            assert text.label and text.formula and text.numbers and text.result
            assert "-0.00" not in text.numbers


@given(documents())
def test_the_numbers_of_a_quarter_lead_to_the_result(document):
    for kind, row, texts in explained(document):
        if kind != "quarter":
            continue
        calc = {name: calculated(text.numbers) for name, text in texts.items()}
        lines = texts["base"].numbers.split(" + ")
        in_lines = sum(settlement_oracle.half_up(calculated(line)) for line in lines)
        assert in_lines == shown(texts["base"])
        settled = settlement_oracle.half_up(calc["settled"])
        assert max(0, settled) == shown(texts["settled"])
        assert calc["difference"] == shown(texts["difference"])
        assert calc["pay"] == shown(texts["pay"])
        assert calc["due"] == shown(texts["difference"])
        k = texts["coefficient"]
        if "÷" in k.numbers:
            assert f"{row.coefficient:.4f}" == k.result
            assert calculated(k.numbers) / 100 == Fraction(k.result)
        else:
            assert k.result == "1.0000"
        if "penalty" in texts:
            parts = sum(settlement_oracle.half_up(calculated(part)) for part in texts["penalty"].numbers.split(" + "))
            assert parts == shown(texts["penalty"]) == int(row.penalty * 100)
        held = texts["frozen"]
        assert ("不暂缓" in held.numbers or "已解除" in held.numbers) <= (shown(held) == 0)
        assert 0 <= abs(calc["prepaid"] - shown(texts["prepaid"])) < 2


@given(documents())
def test_the_numbers_of_a_year_lead_to_the_result(document):
    for kind, _, texts in explained(document):
        if kind != "year":
            continue
        for name in ("base", "paid", "balance", "payable", "capped"):
            assert calculated(texts[name].numbers) == shown(texts[name])
        claim = settlement_oracle.half_up(calculated(texts["claim"].numbers))
        assert shown(texts["claim"]) == max(0, claim)
        assert abs(calculated(texts["final"].numbers) - shown(texts["final"])) < 1
        limits = texts["limited"].numbers.split("，")
        assert shown(texts["limited"]) <= calculated(limits[0])
        small = [calculated(text) for text in texts["frozen"].numbers.split("，")]
        assert shown(texts["frozen"]) == min(small)


def test_the_texts_of_the_worked_quarter():
    parsed = parse(
        {
            "scheme": {
                "prepay_ratio": "0.70",
                "full_score": "85",
                "hold_score": "60",
                "annual_mode": "rescore",
                "year_periods": ["2025Q4"],
            },
            "institutions": [
                {
                    "code": "A",
                    "prepay": {"basis": "plan", "annual": "3712.50"},
                    "opening_carry": "-481.69",
                    "cap": "14850.00",
                    "annual_score": "86.4",
                    "quarters": [
                        {
                            "period": "2025Q4",
                            "score": "78.20",
                            "penalty": "96.00",
                            "released": False,
                            "lines": [
                                {
                                    "item": "HTN",
                                    "price": "8.00",
                                    "reported": 158,
                                    "invalid": 0,
                                    "false": 4,
                                },
                                {
                                    "item": "EHR",
                                    "price": "0.125",
                                    "reported": 3,
                                    "invalid": 0,
                                    "false": 0,
                                },
                            ],
                        }
                    ],
                }
            ],
        }
    )
    (clinic,) = parsed.clinics
    (result,) = settle(parsed.scheme, None, parsed.clinics)
    texts = explain_quarter(parsed.scheme, clinic.prepay, clinic.quarters[0], result.quarters[0])
    assert texts["base"].numbers == "8.00 × 154 + 0.125 × 3"
    assert texts["base"].result == "1,232.38"
    assert texts["coefficient"].numbers == "78.20 ÷ 100"
    assert texts["settled"].numbers == "1,232.38 × 0.7820 - 96.00"
    assert texts["difference"].numbers == "867.72 - 2,598.75 + (-481.69)"
    assert "penalty" not in texts
    three = replace(clinic.quarters[0], penalty=Decimal("0.00"), false_times=Decimal(3))
    row = settle_quarter(parsed.scheme, "A", three, Decimal("2598.75"), Decimal("-481.69"))
    assert row == result.quarters[0]
    texts = explain_quarter(parsed.scheme, clinic.prepay, three, row, "试卫发〔2024〕30号")
    assert texts["penalty"].numbers == "0.00 + 8.00 × 3.00 × 4"
    assert texts["penalty"].formula.endswith("相加；依据：试卫发〔2024〕30号")
    assert texts["penalty"].result == "96.00"
    assert texts["carry"].label == "待扣回（下期抵扣）"
    year = ClinicYear("A", clinic.opening_carry, clinic.cap, D("86.4"), result.quarters)
    texts = explain_year(parsed.scheme, year, result.annual, None, ZERO)
    assert texts["coefficient"].numbers == "86.40 ≥ 85.00，系数为 1"
    assert texts["claim"].numbers == "1,232.38 × 1.0000 - 96.00"


@pytest.mark.parametrize(
    ("number", "text"),
    [("2", "2.00"), ("2.5", "2.50"), ("0.1250", "0.125"), ("1E+2", "100.00"), ("85.00", "85.00")],
)
def test_a_number_is_written_without_idle_zeros(number, text):
    assert plain(D(number)) == text


def test_yuan_are_grouped():
    assert yuan(D("17079620.00")) == "17,079,620.00"


def test_the_township_methods_explain_themselves():
    for texts in explain_zero_sum(POOL, points_zero_sum(POOL, TOWNSHIPS, FULL)).values():
        assert calculated(texts["corrected"].numbers) / 100 == Fraction(texts["corrected"].result)
        assert abs(calculated(texts["amount"].numbers) - shown(texts["amount"])) < 1
    result = points_fixed_value(POOL, TOWNSHIPS, FULL)
    explanations = explain_fixed_value(POOL, result)
    for texts in explanations.values():
        assert abs(calculated(texts["raw"].numbers) - shown(texts["raw"])) < 1
        assert settlement_oracle.half_up(calculated(texts["earned"].numbers)) == shown(texts["earned"])
        assert calculated(texts["amount"].numbers) == shown(texts["amount"])
    assert "上限 618,678.25" in explanations["1甲"]["bonus"].numbers
    assert explanations["2乙"]["bonus"].numbers == "不参加奖励分配"
    (share,) = capitation(D("36.5"), [Population("A", 316289, D("92"))], FULL)
    text = explain_capitation(share)["amount"]
    assert text.numbers == "316289 × 36.50 × 1.0000"
    assert text.result == "11,544,548.50"
