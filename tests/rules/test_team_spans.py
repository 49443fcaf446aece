from datetime import date, timedelta

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from odoo.addons.bphs_team.tools.spans import Span, SpanError, applied, given, holder_on

DAY = timedelta(days=1)
START = date(2026, 1, 1)
moves = st.lists(st.tuples(st.sampled_from((1, 2, 3, None)), st.integers(0, 60)), max_size=25)


def played(history):
    """Every move that fits, one after the other; :return: spans, and what was so after each"""
    spans, told = [], {}
    for holder, offset in history:
        day = START + offset * DAY
        try:
            change = given(spans, holder, day)
        except SpanError as error:
            assert error.reason in ("same", "later")
            continue
        spans = [
            Span(span.holder, span.first, span.last, number)
            for number, span in enumerate(applied(spans, change))
        ]  # fmt: skip
        told = {before: one for before, one in told.items() if before < day} | {day: holder}
    return spans, told


@example(moves)
def test_on_any_day_one_holder_at_most(history):
    spans, __ = played(history)
    for offset in range(70):
        assert sum(span.holds(START + offset * DAY) for span in spans) <= 1
    assert all(span.last is None or span.first <= span.last for span in spans)


@example(moves)
def test_whose_it_is_follows_from_the_last_giving(history):
    spans, told = played(history)
    for offset in range(70):
        day = START + offset * DAY
        latest = max((before for before in told if before <= day), default=None)
        assert holder_on(spans, day) == (told[latest] if latest else None)


def test_refusals_name_what_stands():
    spans = [Span(1, START, START + DAY, 7), Span(2, START + 5 * DAY, None, 8)]
    with pytest.raises(SpanError) as later:
        given(spans, 3, START)
    assert (later.value.reason, later.value.span.key) == ("later", 8)
    with pytest.raises(SpanError) as same:
        given(spans, 2, START + 6 * DAY)
    assert same.value.reason == "same"


def test_a_day_between_is_given_without_touching_what_ended():
    change = given([Span(1, START, START + DAY, 7)], 2, START + 5 * DAY)
    assert (change.ended, change.dropped, change.begun) == ((), (), Span(2, START + 5 * DAY))
