"""A plan need not be reckoned again before the day it names, and what lies far back may be left out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from clock_documents import clock
from hypothesis import given
from hypothesis import strategies as st
from made_plans import plans

from odoo.addons.bphs_service.tools.clocks.renewing import BEYOND_DAYS, kept_lines, since_with
from odoo.addons.bphs_service.tools.clocks.rows import lines_of
from odoo.addons.bphs_service.tools.clocks.steps import reach_days, steps_of
from odoo.addons.bphs_service.tools.clocks.terms import Offset, Plan, Visit

AHEAD = 180


def shown(rules, plan, day):
    horizon = day + timedelta(AHEAD)
    return [line for line in lines_of(rules, plan, day, horizon) if line.opens <= day or line.due <= horizon]


@given(plans(), st.integers(0, BEYOND_DAYS - 1))
def test_until_the_day_named_the_rows_stay(made, later):
    rules, plan, day = made
    plan = replace(plan, visits=tuple(visit for visit in plan.visits if visit.date <= day))
    lines, renew_on = kept_lines(rules, plan, day, AHEAD)
    assert lines == shown(rules, plan, day)
    assert day < renew_on <= day + timedelta(BEYOND_DAYS)
    last = min(day + timedelta(later), renew_on - timedelta(1))
    assert lines == shown(rules, plan, last)


@given(plans(), st.integers(0, 400))
def test_what_lies_far_back_may_be_left_out(made, back):
    rules, plan, day = made
    since = day - timedelta(back)
    reach = reach_days(rules)
    if reach is not None:
        first = since - timedelta(reach)
        kept = replace(plan, visits=tuple(visit for visit in plan.visits if visit.date >= first))
    else:
        kept = plan
    found, renew_on = kept_lines(rules, kept, day, AHEAD, since)
    assert [line for line in found if line.closes >= since] == [
        line for line in shown(rules, plan, day) if line.closes >= since
    ]
    assert reach is None or len(found) == len([line for line in found if line.closes >= since])
    assert renew_on == kept_lines(rules, plan, day, AHEAD)[1]


@pytest.mark.parametrize("every", [Offset(months=3), Offset(days=90)])
def test_steps_long_over_before_the_first_visit_are_not_even_made(every):
    rules = replace(clock("hypertension"), every=every)
    plan = Plan("P", date(2010, 1, 31))
    today = date(2025, 6, 1)
    far = len(steps_of(rules, plan, today).lines(today))
    made = steps_of(rules, plan, today, today - timedelta(60)).lines(today)
    assert far > 55 and len(made) <= 5
    assert made[-1].key == str(far) and made[0].closes < today - timedelta(60)
    seen = replace(plan, visits=(Visit("v", date(2012, 1, 5), True),))
    early = steps_of(rules, seen, today, today - timedelta(60))
    assert int(early.lines(today)[0].key) > 1 and early.due_within(date(2012, 1, 5), date(2012, 4, 30))
    young = replace(plan, start=today)
    assert steps_of(rules, young, today + timedelta(400), today).lines(today)[0].key == "1"


def test_a_step_that_stands_stays_wherever_it_lies_now():
    rules, plan, since = clock("hypertension"), Plan("P", date(2010, 1, 31)), date(2025, 6, 1)
    standing = [("due", "12"), ("due", "9"), ("recheck", "R:7")]
    assert since_with(rules, plan, since, standing) == date(2012, 4, 30)
    assert since_with(rules, plan, date(2011, 1, 1), standing) == date(2011, 1, 1)
    assert since_with(rules, plan, since, [("recheck", "R:7")]) == since
    assert since_with(clock("elder_exam"), plan, since, [("due", "2012")]) == since
