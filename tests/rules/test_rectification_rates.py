"""Rates keep their numerator and denominator, and none is made up where there is nothing to divide."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_rectification.tools.rates import NO_RATE, Rate, mean_shown

rates = st.integers(0, 5000).flatmap(lambda whole: st.builds(Rate, st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(7, 8, "87.5%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 16, "6.3%"), (0, 5, "0.0%"), (5, 5, "100.0%"), (0, 0, "—")],
)
def test_shown(part, whole, text):
    assert Rate(part, whole).shown() == text


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (3, 2), (-1, 4)])
def test_no_rate(part, whole):
    with pytest.raises(ValueError):
        Rate(part, whole)


@given(rates, rates)
def test_a_sum_of_rates_is_the_rate_of_the_sums(one, other):
    both = one + other
    assert (both.part, both.whole) == (one.part + other.part, one.whole + other.whole)


@given(rates)
def test_value(rate):
    if rate.whole == 0:
        assert rate.value is None and rate.shown() == NO_RATE
    else:
        assert 0 <= rate.value <= 1
        assert abs(Fraction(rate.value) - Fraction(rate.part, rate.whole)) < Fraction(1, 10**20)


def test_whole_digits_round_halves_up():
    assert Rate(1, 8).shown(0) == "13%"
    assert Rate(1, 2).value == Decimal("0.5")


def test_mean():
    assert mean_shown(37, 4) == "9.3"
    assert mean_shown(0, 3) == "0.0"
    assert mean_shown(0, 0) == NO_RATE
