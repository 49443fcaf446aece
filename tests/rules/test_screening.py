"""What blood pressures of somebody who had none on file come to."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_service.tools.screening import (
    CLEARED,
    CONFIRM,
    ENROLLED,
    LACKING,
    NORMAL,
    RECHECK,
    Progress,
    Reading,
    Terms,
    Told,
    progress,
    told,
)

FIRST = date(2026, 3, 2)


def day(number):
    return FIRST + timedelta(days=number)


def high(*numbers, critical=False):
    return [Reading(day(number), True, critical) for number in numbers]


def good(*numbers):
    return [Reading(day(number), False) for number in numbers]


USUAL = Terms()


def how_far(readings, diagnosed=None, enrolled=None, terms=USUAL):
    return progress(told(readings, terms), diagnosed, enrolled)


def test_nothing_was_measured():
    assert told([], Terms()) == Told()
    assert how_far([]) == Progress(LACKING)
    assert how_far([], day(0), day(0)) == Progress(LACKING), "whoever is known to be ill still has no pressure on file"


def test_as_it_should_be():
    said = told(good(0, 40), Terms())
    assert (said.read_on, said.last_on, said.abnormal_on, said.due_on) == (day(0), day(40), None, None)
    assert how_far(good(0)) == Progress(NORMAL)
    assert how_far(good(0), day(-900), day(-900)) == Progress(NORMAL)


def test_too_high_is_measured_again_within_the_days_of_the_rules():
    said = told(high(0), Terms(recheck_days=14))
    assert (said.abnormal_on, said.due_on, said.rechecked_on, said.is_abnormal_now) == (day(0), day(14), None, True)
    assert how_far(high(0)) == Progress(RECHECK)
    assert told(high(0, critical=True), Terms()).due_on == day(1), "a dangerous one does not wait"


def test_a_good_one_after_it_clears():
    said = told([*high(0), *good(9)], Terms())
    assert (said.rechecked_on, said.due_on) == (day(9), None)
    assert how_far([*high(0), *good(9)]) == Progress(CLEARED, day(9))
    assert how_far([*high(0), *good(9), *high(20)]) == Progress(RECHECK, day(9)), "and it may be too high again"


def test_three_days_in_a_row_confirm():
    assert how_far(high(0, 9)) == Progress(RECHECK, day(9))
    assert how_far(high(0, 9, 20)) == Progress(CONFIRM, day(9), day(20))
    assert how_far([*high(0, 9), *good(12), *high(20)]) == Progress(RECHECK, day(9)), "a good day begins it anew"
    assert how_far([*high(0, 9, 20), *good(30)]) == Progress(CONFIRM, day(9), day(20)), "what was confirmed stays"


def test_readings_of_one_day_are_one():
    three = [*high(0, 0, 0), *good(0)]
    said = told(three, Terms())
    assert (said.abnormal_days, said.met_on, said.is_abnormal_now) == (1, None, True)


def test_the_county_may_ask_for_days_within_a_span():
    terms = Terms(days=3, within=28)
    assert how_far(high(0, 14, 28), terms=terms).confirmed_on == day(28)
    assert how_far(high(0, 14, 29), terms=terms).state == RECHECK
    assert how_far(high(0, 14, 29, 30), terms=terms).confirmed_on == day(30)


def test_a_diagnosis_from_elsewhere_confirms():
    assert how_far(high(0), day(3)) == Progress(CONFIRM, day(3), day(3))
    assert how_far(high(0), day(3), day(4)) == Progress(ENROLLED, day(3), day(3), day(4))
    assert how_far(high(0, 9, 20), day(21), day(21)) == Progress(ENROLLED, day(9), day(20), day(21))
    assert how_far(high(0, 9, 20), None, day(21)).state == CONFIRM, "a plan alone is no diagnosis"


readings = st.lists(st.builds(Reading, st.integers(0, 120).map(day), st.booleans(), st.booleans()), max_size=12)
terms = st.builds(Terms, st.integers(2, 4), st.integers(0, 60), st.integers(1, 30))
days = st.none() | st.integers(-400, 200).map(day)


@given(readings, terms, days, days)
def test_each_step_stands_on_the_one_before(some, on, diagnosed, enrolled):
    said = told(some, on)
    far = progress(said, diagnosed, enrolled)
    steps = (said.read_on, said.abnormal_on, far.rechecked_on, far.confirmed_on, far.enrolled_on)
    reached = [bool(step) for step in steps]
    assert reached == sorted(reached, reverse=True), "no step without those before it: every rate is at most one"
    assert (far.state == LACKING) == (said.read_on is None)
    assert (far.state in (CONFIRM, ENROLLED)) == bool(far.confirmed_on)


@given(readings, terms)
def test_the_order_in_which_they_are_told_does_not_matter(some, on):
    assert told(some, on) == told(reversed(some), on)


@given(readings)
def test_a_later_good_day_takes_no_confirmation_away(some):
    met = told(some, Terms()).met_on
    later = [*some, Reading(day(300), False)]
    assert told(later, Terms()).met_on == met
