"""Made-up plans under the clocks of the worked documents, for the properties of clocks."""

from dataclasses import replace
from datetime import date, timedelta

from clock_documents import clock
from hypothesis import strategies as st

from odoo.addons.bphs_service.tools.clocks.terms import RESULTS, Mute, Plan, Schedule, Visit

NAMES = ["hypertension", "hypertension-last", "hypertension-last+min_gap_days=0", "red", "child", "elder_exam"]
CLOCKS = [clock(name) for name in [*NAMES, "elder_exam_oct"]]
ORIGIN = date(2024, 1, 31)
days = st.integers(0, 800).map(lambda number: ORIGIN + timedelta(number))


@st.composite
def plans(draw):
    rules = draw(st.sampled_from(CLOCKS))
    start = draw(days)
    visits = tuple(
        Visit(f"v{number}", day, draw(st.booleans()), draw(st.sampled_from([None, *RESULTS])))
        for number, day in enumerate(draw(st.lists(days, max_size=12)))
    )
    mutes = tuple(
        Mute(since, since + timedelta(length) if length else None)
        for since, length in draw(st.lists(st.tuples(days, st.integers(0, 90)), max_size=2))
    )
    end = draw(st.none() | st.integers(0, 500).map(lambda number: start + timedelta(number)))
    anchor = draw(st.integers(0, 900)) if isinstance(rules, Schedule) else None
    plan = Plan("P", start, end, anchor and start - timedelta(anchor), mutes, visits)
    if anchor == 0:
        plan = replace(plan, anchor=start)
    return rules, plan, draw(days)
