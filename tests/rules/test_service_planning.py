"""Which plans a resident has."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_service.tools.planning import Ground, Membership, Wanted, wanted

HYPERTENSION = Ground("hypertension", frozenset({"hypertension"}))
EXAM = Ground("exam", frozenset(), by_age=True, from_age=65)
CHILD = Ground("child", frozenset(), by_age=True, to_age=6)
GROUNDS = [HYPERTENSION, EXAM, CHILD]
MARCH = date(2025, 3, 1)


def plans(memberships=(), birth=None, known_since=None, gone_on=None, until=date(2025, 12, 31)):
    return wanted(GROUNDS, memberships, birth, known_since, gone_on, until)


def test_nobody_without_a_ground():
    assert plans() == []


def test_a_key_group_makes_one_for_as_long_as_it_lasts():
    member = Membership(7, "hypertension", MARCH)
    assert plans([member, Membership(8, "disabled", MARCH)]) == [Wanted("hypertension", 7, MARCH, None, None)]
    ended = Membership(7, "hypertension", MARCH, date(2025, 5, 1))
    assert plans([ended])[0].end == date(2025, 5, 1)
    assert plans([ended], gone_on=date(2025, 4, 1))[0].end == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("birth", "known", "start"),
    [
        (date(1960, 2, 29), None, date(2025, 2, 28)),
        (date(1960, 2, 29), date(2025, 6, 1), date(2025, 6, 1)),
        (date(1940, 1, 1), date(2020, 1, 1), date(2020, 1, 1)),
    ],
)
def test_an_age_makes_one_from_the_birthday_or_the_file(birth, known, start):
    found = [plan for plan in plans(birth=birth, known_since=known) if plan.code == "exam"]
    assert found == [Wanted("exam", None, start, None, birth)]


def test_a_childs_ends_the_day_before_it_is_seven():
    birth = date(2024, 3, 1)
    (child,) = [plan for plan in plans(birth=birth) if plan.code == "child"]
    assert (child.start, child.end, child.anchor) == (birth, date(2031, 2, 28), birth)
    assert "child" not in [plan.code for plan in plans(birth=birth, known_since=date(2031, 3, 1))]


def test_what_begins_later_does_not_begin_yet():
    birth = date(1960, 3, 1)
    assert [plan.code for plan in plans(birth=birth, until=date(2025, 2, 28))] == ["child"]
    assert [plan.code for plan in plans(birth=birth, until=MARCH)] == ["exam", "child"]


def test_who_died_before_the_age_has_none():
    assert "exam" not in [plan.code for plan in plans(birth=date(1970, 1, 1), gone_on=date(2025, 1, 1))]


SCREENED = Ground("screened", frozenset({"hypertension", "diabetes"}))


def screened(*spans):
    members = [
        Membership(at, ("hypertension", "diabetes")[at % 2], start, end) for at, (start, end) in enumerate(spans)
    ]
    found = wanted([SCREENED], members, None, None, None, date(2026, 12, 31))
    return [(plan.membership, plan.start, plan.end) for plan in found]


def test_two_groups_of_one_clock_make_one_plan_at_a_time():
    may, june, july = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
    assert screened((MARCH, None), (may, None)) == [(0, MARCH, None)]
    assert screened((MARCH, None), (MARCH, None)) == [(0, MARCH, None)]
    assert screened((may, None), (MARCH, june)) == [(1, MARCH, june), (0, may, None)]
    assert screened((MARCH, june), (may, june), (MARCH, july)) == [(2, MARCH, july)]
    assert screened((MARCH, may), (june, None)) == [(0, MARCH, may), (1, june, None)]


@given(
    spans=st.lists(
        st.tuples(st.dates(MARCH, date(2025, 6, 30)), st.none() | st.dates(date(2025, 7, 1), date(2025, 9, 1))),
        max_size=6,
    )
)
def test_no_day_of_a_group_is_without_a_plan_and_no_plan_lies_within_another(spans):
    plans_ = screened(*spans)
    far = date.max
    for start, end in spans:
        assert any(begun <= start and (over or far) >= (end or far) for __, begun, over in plans_)
    for one, start, end in plans_:
        others = [plan for plan in plans_ if plan[0] != one]
        assert not any(begun <= start and (over or far) >= (end or far) for __, begun, over in others)
