"""Rates: exact, over a named population, never cut to 100 %."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.rate import Population, Rate, RateError

counts = st.integers(0, 3_000_000)


def over(number, name="常住人口"):
    return Population(number, name, "统计局", date(2025, 12, 31))


@pytest.mark.parametrize(
    ("numerator", "number", "digits", "half_up", "truncated"),
    [
        # Printed in 长上卫字〔2026〕2号: 94 %, 92.49 %, 94.04 %, 93.64 %.
        (292216, 310869, 0, "94%", "93%"),
        (15036, 16256, 2, "92.50%", "92.49%"),
        (1673, 1779, 2, "94.04%", "94.04%"),
        (1666, 1779, 2, "93.65%", "93.64%"),
        (292216, 316289, 2, "92.39%", "92.38%"),
        (248859, 271000, 2, "91.83%", "91.82%"),
        (1, 3, 4, "33.3333%", "33.3333%"),
        (0, 5, 2, "0.00%", "0.00%"),
        (5, 5, 2, "100.00%", "100.00%"),
    ],
)
def test_by_example(numerator, number, digits, half_up, truncated):
    rate = Rate(numerator, over(number))
    assert rate.shown(digits) == half_up
    assert rate.shown(digits, "truncate") == truncated
    assert rate.alert == ""


def test_above_the_population_raises_an_alert_and_is_shown_as_it_is():
    rate = Rate(292216, over(271000, "签约人口"))
    assert rate.shown() == "107.83%"
    assert "签约人口 271,000（统计局，2025-12-31）" in rate.alert and "107.83%" in rate.alert


@pytest.mark.parametrize("population", [None, over(0)])
def test_without_a_population_there_is_no_rate(population):
    rate = Rate(3, population)
    assert (rate.exact, rate.percent(), rate.shown(), rate.meets(Decimal(0))) == (None, None, "—", None)
    assert "没有" in rate.alert


def test_a_target_is_met_by_the_unrounded_rate():
    rate = Rate(15036, over(16256))  # 92.4951 %: printed as 92.50
    assert rate.shown() == "92.50%"
    assert rate.meets(Decimal("92.49")) and not rate.meets(Decimal("92.5"))


@pytest.mark.parametrize("number", [-1, 1.0, True, "1", None])
def test_counts_are_counts(number):
    with pytest.raises(RateError):
        Rate(number, over(1))
    with pytest.raises(RateError):
        over(number)


@given(counts, st.integers(1, 3_000_000), st.integers(0, 6))
def test_rounding_stays_within_half_a_step(numerator, number, digits):
    rate = Rate(numerator, over(number))
    step = Fraction(1, 10**digits)
    exact = Fraction(numerator, number) * 100
    assert abs(Fraction(rate.percent(digits)) - exact) <= step / 2
    assert 0 <= exact - Fraction(rate.percent(digits, "truncate")) < step
    assert bool(rate.alert) == (numerator > number)
