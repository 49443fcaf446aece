"""How sure a rate of a survey is, and what may be said of two of them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.addons.bphs_survey.tools.interval import (
    ALONE,
    FALLEN,
    RISEN,
    UNCLEAR,
    Counted,
    SurveyError,
    Z,
    bounds,
    change,
    difference,
    wilson,
)
from odoo.addons.bphs_survey.tools.words import change_text, interval_text, rate_text, told


@st.composite
def counts(draw, least=1):
    valid = draw(st.integers(least, 5000))
    return Counted(draw(st.integers(0, valid)), valid)


def close(one, other):
    return abs(one - Decimal(other)) < Decimal("0.00005")


# === EXAMPLES === #


def test_the_october_survey_of_the_notice():
    october = Counted(465, 519)
    assert (rate_text(october), told(october)) == ("89.60%", "89.60%（465/519）")
    interval = wilson(october)
    assert close(interval.low, "0.866712") and close(interval.high, "0.919377")
    assert interval_text(october) == "86.67%～91.94%"


@pytest.mark.parametrize(
    ("yes", "valid", "low", "high"),
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_wilson_as_published(yes, valid, low, high):
    interval = wilson(Counted(yes, valid))
    assert close(interval.low, low) and close(interval.high, high)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    # Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
    [
        ((56, 70), (48, 80), "0.0524", "0.3339"),
        ((9, 10), (3, 10), "0.1705", "0.8090"),
        ((10, 10), (0, 20), "0.6791", "1.0000"),
        ((0, 10), (0, 20), "-0.1611", "0.2775"),
    ],
)
def test_differences_as_published(now, before, low, high):
    between = difference(Counted(*now), Counted(*before))
    assert close(between.low, low) and close(between.high, high)


def test_risen_only_where_the_interval_says_so():
    assert change(Counted(465, 519), Counted(400, 500)) == RISEN
    assert change(Counted(400, 500), Counted(465, 519)) == FALLEN
    # Three points more, of five hundred: it may be chance.
    assert change(Counted(465, 519), Counted(433, 500)) == UNCLEAR
    assert change(Counted(465, 519), None) == ALONE
    assert change(Counted(465, 519), Counted(0, 0)) == ALONE


def test_what_the_words_say():
    now = Counted(465, 519)
    risen = change_text("满意度", now, Counted(400, 500))
    assert "较上一次明显提升" in risen and "89.60%（465/519）" in risen and "80.00%（400/500）" in risen
    assert "明显下降" in change_text("满意度", Counted(400, 500), now)
    unclear = change_text("满意度", now, Counted(433, 500))
    assert "没有明显变化" in unclear and "不能表述为“明显提升”" in unclear
    assert "不作提升或下降的表述" in change_text("满意度", now, None)
    assert change_text("满意度", Counted(0, 0), now) == "没有有效问卷，满意度不能计算。"
    assert (rate_text(Counted(0, 0)), interval_text(Counted(0, 0))) == ("—", "—")


@pytest.mark.parametrize(("yes", "valid"), [(-1, 5), (6, 5), (0, -1)])
def test_counts_that_cannot_be(yes, valid):
    with pytest.raises(SurveyError, match="不可能出自"):
        Counted(yes, valid)


# === PROPERTIES === #


@given(counts())
def test_an_interval_holds_the_rate_and_stays_within_0_and_1(counted):
    interval = wilson(counted)
    assert 0 <= interval.low <= interval.high <= 1
    assert Fraction(interval.low) <= counted.rate <= Fraction(interval.high)
    low, high = bounds(interval)
    assert low <= interval.low * 100 and interval.high * 100 <= high
    assert interval.low * 100 - low < Decimal("0.01") and high - interval.high * 100 < Decimal("0.01")


@given(counts())
def test_the_ends_are_where_the_rate_is_just_within_reach(counted):
    """What Wilson's interval is: the shares p from which the rate lies no further than Z of their own deviations."""
    interval = wilson(counted)
    rate = Decimal(counted.yes) / counted.valid
    for end in (interval.low, interval.high):
        reach = Z * (end * (1 - end) / counted.valid).sqrt()
        assert abs(abs(rate - end) - reach) < Decimal("1e-20") or end in (0, 1)


@given(counts())
def test_no_and_yes_are_mirrored(counted):
    ours, theirs = wilson(counted), wilson(Counted(counted.valid - counted.yes, counted.valid))
    assert abs(ours.low - (1 - theirs.high)) < Decimal("1e-25") and abs(ours.high - (1 - theirs.low)) < Decimal("1e-25")


@given(counts(), st.integers(2, 20))
def test_more_answers_make_it_narrower(counted, times):
    wide, narrow = wilson(counted), wilson(Counted(counted.yes * times, counted.valid * times))
    assert narrow.high - narrow.low < wide.high - wide.low


@given(counts(), counts())
def test_a_difference_lies_in_its_interval_and_turns_with_it(now, before):
    between, back = difference(now, before), difference(before, now)
    assert -1 <= between.low <= between.high <= 1
    apart = now.rate - before.rate
    assert Fraction(between.low) - Fraction(1, 10**25) <= apart <= Fraction(between.high) + Fraction(1, 10**25)
    assert abs(between.low + back.high) < Decimal("1e-25") and abs(between.high + back.low) < Decimal("1e-25")


@given(counts(), counts())
def test_what_is_called_risen_is_higher_and_never_both(now, before):
    found, back = change(now, before), change(before, now)
    assert {found, back} in ({RISEN, FALLEN}, {UNCLEAR})
    if found == RISEN:
        assert now.rate > before.rate
    words = change_text("满意度", now, before)
    assert ("较上一次明显提升" in words) == (found == RISEN)


@given(counts(), counts())
def test_intervals_that_do_not_meet_are_a_change(now, before):
    assume(wilson(now).low > wilson(before).high)
    assert change(now, before) == RISEN


@given(counts())
def test_the_same_rate_never_rose(counted):
    assert change(counted, counted) == UNCLEAR
