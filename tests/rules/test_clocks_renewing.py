"""A plan need not be reckoned again before the day it names, and what lies far back may be left out."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from made_plans import plans

from odoo.addons.bphs_service.tools.clocks.renewing import BEYOND_DAYS, kept_lines
from odoo.addons.bphs_service.tools.clocks.rows import lines_of
from odoo.addons.bphs_service.tools.clocks.steps import reach_days

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
    assert found == [line for line in shown(rules, plan, day) if line.closes >= since]
    assert renew_on == kept_lines(rules, plan, day, AHEAD)[1]
