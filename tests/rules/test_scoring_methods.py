"""Every method of scoring by itself: within its points, of nothing not assessable, and no worse for a better result."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_evaluation.tools.methods import AtLeast, AtMost, Rate, Steps, YesNo

POINTS = st.fractions(0, 1000, max_denominator=100)
SHARES = st.fractions(0, 1, max_denominator=1000)
COUNTS = st.integers(0, 10_000)
AT_LEAST = st.fractions(Fraction(1, 1000), 1, max_denominator=1000).map(AtLeast)
AT_MOST = st.tuples(SHARES, SHARES).filter(lambda two: two[0] != two[1]).map(lambda two: AtMost(min(two), max(two)))
STEPS = st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=5).map(
    # A higher step gives no less.
    lambda steps: Steps(
        tuple(zip(sorted({s for s, __ in steps}, reverse=True), sorted((v for __, v in steps), reverse=True)))  # noqa: B905
    )
)
RATED = st.one_of(AT_LEAST, AT_MOST, STEPS)


@given(RATED, POINTS, COUNTS, st.integers(1, 10_000))
def test_never_above_the_points_never_below_zero(method, points, numerator, denominator):
    assert 0 <= method.earned(points, Rate(numerator, denominator)) <= points


@given(RATED, POINTS, COUNTS)
def test_something_of_nothing_is_not_assessable_and_not_zero(method, points, numerator):
    assert method.earned(points, Rate(numerator, 0)) is None


@given(st.one_of(AT_LEAST, STEPS), POINTS, COUNTS, COUNTS, st.integers(1, 10_000))
def test_a_higher_rate_is_no_worse(method, points, one, other, denominator):
    low, high = (method.earned(points, Rate(part, denominator)) for part in sorted((one, other)))
    assert low <= high


@given(AT_MOST, POINTS, COUNTS, COUNTS, st.integers(1, 10_000))
def test_a_higher_rate_is_no_better_where_it_should_be_low(method, points, one, other, denominator):
    low, high = (method.earned(points, Rate(part, denominator)) for part in sorted((one, other)))
    assert low >= high


@given(POINTS, st.booleans())
def test_yes_is_all_and_no_is_nothing(points, result):
    assert YesNo().earned(points, result) == (points if result else 0)


@pytest.mark.parametrize(
    ("method", "numerator", "earned"),
    [
        (AtLeast(Fraction(9, 10)), 90, 40),
        (AtLeast(Fraction(9, 10)), 45, 20),
        (AtLeast(Fraction(9, 10)), 130, 40),  # above the whole is no bonus
        (AtMost(Fraction(1, 10), Fraction(1, 2)), 10, 40),
        (AtMost(Fraction(1, 10), Fraction(1, 2)), 30, 20),
        (AtMost(Fraction(1, 10), Fraction(1, 2)), 50, 0),
        (Steps(((Fraction(8, 10), Fraction(1)), (Fraction(5, 10), Fraction(1, 2)))), 80, 40),
        (Steps(((Fraction(8, 10), Fraction(1)), (Fraction(5, 10), Fraction(1, 2)))), 79, 20),
        (Steps(((Fraction(8, 10), Fraction(1)), (Fraction(5, 10), Fraction(1, 2)))), 49, 0),
    ],
)
def test_by_example(method, numerator, earned):
    assert method.earned(Fraction(40), Rate(numerator, 100)) == earned


def test_points_are_exact():
    assert AtLeast(Fraction(1, 3)).earned(Fraction(Decimal("0.01")), Rate(1, 6)) == Fraction(1, 200)
