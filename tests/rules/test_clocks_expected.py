"""What plans ask for in the twelve months to come."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from clock_documents import clock
from hypothesis import given
from made_plans import plans

from odoo.addons.bphs_service.tools.clocks.expected import expected, in_a_year, year_from
from odoo.addons.bphs_service.tools.clocks.rows import rows_of
from odoo.addons.bphs_service.tools.clocks.terms import DUE, FIXED, Interval, Offset, Plan, Schedule, Yearly

DAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("rules", "number"),
    [
        (clock("hypertension"), 4),
        (replace(clock("hypertension"), every=Offset(months=5)), Fraction(12, 5)),
        (replace(clock("hypertension"), every=Offset(days=10)), Fraction(73, 2)),
        (clock("elder_exam"), 1),
    ],
)
def test_a_plan_that_runs_all_the_year(rules, number):
    assert expected(rules, Plan("P", date(2020, 1, 1)), DAY) == number == in_a_year(rules, *year_from(DAY))


def test_a_plan_counts_for_as_much_of_the_year_as_it_runs():
    rules, plan = clock("hypertension"), Plan("P", date(2020, 1, 1))
    half = date(2025, 3, 1) + timedelta(72)
    assert expected(rules, replace(plan, end=half), DAY) == Fraction(4 * 73, 365)
    assert expected(rules, replace(plan, start=date(2026, 2, 28)), DAY) == Fraction(4, 365)
    assert expected(rules, replace(plan, end=date(2025, 2, 28)), DAY) == 0
    assert expected(rules, replace(plan, start=date(2026, 3, 1)), DAY) == 0


@given(plans())
def test_steps_of_the_calendar_are_counted_as_they_fall_due(made):
    """Where steps stand fast, what is expected is what the rows of that year are, but for a step at each edge."""
    rules, plan, day = made
    plan = replace(plan, visits=())
    first, last = year_from(day)
    told = expected(rules, plan, day)
    assert told >= 0
    due = [row for row in rows_of(rules, plan, last, 0) if row.kind == DUE and first <= row.due <= last]
    if isinstance(rules, Schedule):
        assert told == sum(plan.start <= row.due and (plan.end is None or row.due <= plan.end) for row in due)
    elif isinstance(rules, Yearly):
        assert told <= 1
    elif isinstance(rules, Interval) and rules.mode == FIXED and plan.end is None:
        assert abs(told - len(due)) <= 2
