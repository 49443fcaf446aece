"""From which day on an overdue visit of a colour is told to whom."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.reminder_ladder import LEVELS, Rung, due_now
from odoo.addons.bphs_elderly.tools.overdue import PLACES, VISITS, last_due, last_due_for
from odoo.addons.bphs_elderly.tools.visits import ALL_CLOCKS

TODAY = date(2026, 3, 20)


def test_a_visit_is_told_of_when_its_days_are_over_and_not_before():
    assert last_due([("red", 3)], TODAY) == {"red": date(2026, 3, 17), "red_face": date(2026, 3, 17)}


def test_what_serves_a_colour_has_the_days_of_the_colour():
    rungs = [("red", 3), ("worse", 1), ("invite", 14), ("green", 30)]
    assert last_due_for(rungs, TODAY) == {"red": date(2026, 3, 17), "green": date(2026, 2, 18)}


def test_every_clock_of_a_colour_is_of_one_kind_of_visit():
    assert sorted(code for codes in VISITS.values() for code in codes) == sorted(ALL_CLOCKS)
    assert [LEVELS[place] for place in PLACES.values()] == ["responsible", "section"]


@given(st.sampled_from(sorted(VISITS)), st.integers(1, 365), st.integers(-400, 400))
def test_it_is_the_rung_of_the_common_ladder(visit, days, overdue):
    due = TODAY - timedelta(overdue)
    rung = due_now(due, TODAY, (), ladder=(Rung("told", days, "Told"),)).send
    for day in last_due([(visit, days)], TODAY).values():
        assert (due <= day) is (rung is not None)
