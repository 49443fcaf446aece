"""Reminders and escalation: none missed, none twice, whatever days the system stood still."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.reminder_ladder import (
    LADDER,
    LEVELS,
    NOTHING,
    VERIFY_LADDER,
    Rung,
    audience,
    due_now,
    horizon,
)
from odoo.addons.bphs_rectification.tools import states, verification

DEADLINE = date(2025, 6, 20)
CODES = [rung.code for rung in LADDER]


def day(offset):
    return DEADLINE + timedelta(days=offset)


def run(days, since=None):
    """Morning runs on these days after the deadline: [(day, told, covered)], and what is recorded in the end."""
    recorded, told = set(), []
    for offset in days:
        due = due_now(DEADLINE, day(offset), recorded, since)
        if due.send:
            told.append((offset, due.send.code, [rung.code for rung in due.covered]))
            recorded |= {due.send.code, *(rung.code for rung in due.covered)}
        else:
            assert due == NOTHING
    return told, recorded


def test_day_by_day_every_rung_is_told_on_its_day():
    told, recorded = run(range(-40, 60))
    assert told == [
        (-7, "before_7", []),
        (-3, "before_3", []),
        (0, "due", []),
        (3, "overdue_3", []),
        (7, "overdue_7", []),
        (14, "overdue_14", []),
    ]
    assert recorded == set(CODES)


def test_proof_that_waits_climbs_the_same_ladder_from_the_day_after():
    assert verification.DEFAULT_DAYS == 5  # working days
    assert [(rung.code, rung.days, rung.level) for rung in VERIFY_LADDER] == [
        ("verify_1", 1, 0),
        ("verify_3", 3, 1),
        ("verify_7", 7, 2),
        ("verify_14", 14, 3),
    ]


def test_after_a_week_of_downtime_the_latest_speaks_for_all():
    told, _recorded = run([*range(-40, -4), *range(4, 60)])
    assert told == [
        (-7, "before_7", []),
        (4, "overdue_3", ["before_3", "due"]),
        (7, "overdue_7", []),
        (14, "overdue_14", []),
    ]


def test_a_task_given_out_late_is_not_reminded_of_what_it_said_itself():
    told, recorded = run(range(-7, 20), since=day(-7))
    assert [code for _offset, code, _covered in told] == CODES[1:]
    assert "before_7" not in recorded
    told, recorded = run(range(10, 20), since=day(10))
    assert told == [(14, "overdue_14", [])]


def test_another_deadline_is_another_ladder():
    later = DEADLINE + timedelta(days=30)
    assert due_now(later, day(10), ()) is NOTHING
    assert due_now(later, day(23), ()).send.code == "before_7"


runs = st.lists(st.integers(-30, 60), unique=True).map(sorted)
sinces = st.one_of(st.none(), st.integers(-40, 40).map(day))


@given(runs, sinces)
def test_none_twice_and_none_missed(days, since):
    told, recorded = run(days, since)
    codes = [code for _offset, code, covered in told for code in (*covered, code)]
    assert len(codes) == len(set(codes)) == len(recorded)
    assert codes == [code for code in CODES if code in recorded], "in the order of the ladder"
    last = day(max(days)) if days else None
    for rung in LADDER:
        has_come = last is not None and rung.falls_on(DEADLINE) <= last
        said_by_the_task = since is not None and rung.falls_on(DEADLINE) <= since
        assert (rung.code in recorded) == (has_come and not said_by_the_task)
    for offset, code, _covered in told:
        rung = LADDER[CODES.index(code)]
        first_run_since = min(o for o in days if o >= rung.days)
        assert offset == first_run_since, "on its day, or on the first day the system ran again"


@given(runs, sinces)
def test_the_same_morning_twice_says_nothing_twice(days, since):
    doubled = sorted(days * 2)
    assert run(doubled, since) == run(days, since)


@given(st.sets(st.sampled_from(CODES)), st.integers(-30, 60))
def test_nothing_below_what_was_told_is_told_any_more(recorded, offset):
    due = due_now(DEADLINE, day(offset), recorded)
    if due.send:
        highest = max((CODES.index(code) for code in recorded if LADDER[CODES.index(code)].days <= offset), default=-1)
        assert all(CODES.index(rung.code) > highest for rung in (due.send, *due.covered))
        assert due.send.code not in recorded


@given(st.integers(-30, 60))
def test_horizon_leaves_nothing_out(offset):
    if due_now(DEADLINE, day(offset), ()).send:
        assert DEADLINE <= horizon(day(offset))
    else:
        assert DEADLINE > horizon(day(offset))


people = st.dictionaries(st.integers(0, 3), st.lists(st.integers(1, 9), unique=True, max_size=3))


@given(st.integers(0, 3), people)
def test_audience(level, staff):
    told = audience(level, staff)
    assert len(told) == len(set(told))
    for at in range(level + 1):
        assert set(staff.get(at, ())) <= set(told)
    above = [at for at in range(level, len(LEVELS)) if staff.get(at)]
    assert not above or set(staff[above[0]]) <= set(told), "a vacant post does not silence the ladder"
    assert bool(told) == any(staff.get(at) for at in range(len(LEVELS)) if at <= level or at == (above or [None])[0])


@pytest.mark.parametrize(
    ("level", "expected"),
    [(0, [1]), (1, [1, 2]), (2, [1, 2, 3]), (3, [1, 2, 3])],
)
def test_audience_grows_with_the_level(level, expected):
    assert audience(level, {0: [1], 1: [2], 2: [3], 3: [3]}) == expected


def test_a_vacant_township_is_spoken_for_by_the_section():
    assert audience(1, {0: [1], 2: [3], 3: [4]}) == [1, 3]
    assert audience(0, {3: [4]}) == [4]
    assert audience(3, {0: [1]}) == [1]


@pytest.mark.parametrize("ladder", [LADDER, VERIFY_LADDER], ids=["work", "verification"])
def test_the_ladder_climbs(ladder):
    assert [rung.days for rung in ladder] == sorted({rung.days for rung in ladder})
    assert [rung.level for rung in ladder] == sorted(rung.level for rung in ladder)
    assert {rung.level for rung in ladder} == set(range(len(LEVELS)))


def test_who_hears_of_it():
    assert [rung.escalates for rung in LADDER] == [False, False, False, True, True, True]
    assert Rung("x", -10, "10 Days Before").falls_on(date(2025, 1, 5)) == date(2024, 12, 26)


@pytest.mark.parametrize("level", verification.WAY_UP)
def test_each_level_of_the_verifiers_is_somebody_who_may_verify_or_their_superior(level):
    way = verification.WAY_UP[level]
    assert set(way) == set(range(len(LEVELS)))
    assert set(way[0][1]) <= set(states.roles_of("verifier", level)), "the first told can end it"
    assert not set(way[1][1]) & set(way[0][1]), "a superior is another"
    assert {place for place, __ in way.values()} <= {"township", "above", "bureau"}
