"""What always holds of clocks, whatever was done and entered: clocks rules, section 5."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from made_plans import days, plans

from odoo.addons.bphs_service.tools.clocks.calendar_days import fewest_days, plus
from odoo.addons.bphs_service.tools.clocks.rows import rows_of
from odoo.addons.bphs_service.tools.clocks.terms import Offset

TO_DO = ("open", "overdue", "muted")
SETTLED = ("done", "late", "missed", "ended")


def rows(rules, plan, day):
    return rows_of(rules, plan, day, 180)


@given(plans())
def test_rows_are_one_of_a_kind_and_one_step_is_to_do_at_most(made):
    found = rows(*made)
    assert len({(row.kind, row.key) for row in found}) == len(found)
    assert sum(row.kind == "due" and row.state in TO_DO for row in found) <= 1
    assert all(row.opens <= row.due <= row.closes for row in found)


@given(plans())
def test_a_visit_closes_one_step_at_most(made):
    closed = Counter(row.visit for row in rows(*made) if row.kind == "due" and row.visit)
    assert all(number == 1 for number in closed.values())
    assert all((row.visit is not None) == (row.state in ("done", "late")) for row in rows(*made))


@given(plans())
def test_an_ended_plan_has_nothing_to_do(made):
    rules, plan, day = made
    if plan.end is not None and plan.end <= day:
        assert all(row.state in SETTLED for row in rows(rules, plan, day))
        assert all(row.opens <= plan.end for row in rows(rules, plan, day))


@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(made, chance):
    rules, plan, day = made
    one_a_day = tuple({visit.date: visit for visit in plan.visits}.values())
    shuffled = list(one_a_day)
    chance.shuffle(shuffled)
    plan = replace(plan, visits=one_a_day)
    assert rows(rules, replace(plan, visits=tuple(shuffled)), day) == rows(rules, plan, day)


@given(plans())
def test_a_mute_forgives_nothing(made):
    rules, plan, day = made
    unmuted = rows(rules, replace(plan, mutes=()), day)
    for quiet, plain in zip(rows(rules, plan, day), unmuted, strict=True):
        assert quiet == plain or (quiet.state == "muted" and plain.state in ("open", "overdue"))


@given(plans())
def test_what_is_done_later_changes_nothing_today(made):
    rules, plan, day = made
    known = replace(plan, visits=tuple(visit for visit in plan.visits if visit.date <= day))
    assert rows(rules, known, day) == rows(rules, plan, day)


@given(plans(), st.integers(0, 11))
def test_a_step_once_missed_stays_missed_unless_a_visit_is_entered(made, later):
    rules, plan, day = made
    plan = replace(plan, visits=tuple(visit for visit in plan.visits if visit.date <= day))
    before = {(row.kind, row.key): row.state for row in rows(rules, plan, day)}
    after = {(row.kind, row.key): row.state for row in rows(rules, plan, day + timedelta(later * 30))}
    assert all(after[row] == state for row, state in before.items() if state in ("done", "late", "missed"))


@given(days, st.integers(0, 30), st.integers(0, 30), st.integers(-40, 40))
def test_no_stretch_is_shorter_than_the_fewest_days(anchor, months, more, extra):
    earlier, later = Offset(months), Offset(months + more, extra)
    assert (plus(anchor, later) - plus(anchor, earlier)).days >= fewest_days(earlier, later)


def test_some_stretch_is_as_short():
    anchors = [date(2023, 1, 1) + timedelta(number) for number in range(1500)]
    for months in range(0, 14):
        spans = [(plus(anchor, Offset(months + 3)) - plus(anchor, Offset(months))).days for anchor in anchors]
        assert min(spans) == fewest_days(Offset(months), Offset(months + 3))


def test_months_beyond_the_calendar_end_with_it():
    assert plus(date(9999, 12, 1), Offset(1, 0)) == date.max
    assert plus(date(9999, 11, 30), Offset(1, 40)) == date.max
