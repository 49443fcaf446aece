"""Shares of a clinic's payees over time, against a slow look at every single day."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_fund.tools.payee_shares import Share, share_breaks

START = date(2025, 1, 1)
DAYS = 40


def day(number: int) -> date:
    return START + timedelta(days=number)


@st.composite
def shares(draw):
    first = draw(st.integers(0, DAYS))
    last = draw(st.none() | st.integers(first, DAYS))
    part = draw(st.sampled_from(["0.2500", "0.3333", "0.5000", "0.6667", "1.0000"]))
    return Share(day(first), None if last is None else day(last), Decimal(part))


@given(st.lists(shares(), max_size=5))
def test_agrees_with_every_day(given_shares):
    bad_days = set()
    for number in range(DAYS + 2):
        total = sum(
            share.share
            for share in given_shares
            if share.first <= day(number) and (share.last is None or day(number) <= share.last)
        )
        if total not in (0, 1):
            bad_days.add(day(number))
    breaks = [when for when, _total in share_breaks(given_shares)]
    assert bool(breaks) == bool(bad_days)
    assert set(breaks) <= bad_days
    if breaks:
        assert breaks[0] == min(bad_days)


def test_succession_without_a_gap_or_an_overlap():
    before = Share(day(0), day(9), Decimal(1))
    halves = [Share(day(10), None, Decimal("0.5")), Share(day(10), None, Decimal("0.5000"))]
    assert share_breaks([*halves, before]) == []
    assert share_breaks([before, halves[0]]) == [(day(10), Decimal("0.5"))]
    assert share_breaks([Share(day(9), None, Decimal(1)), before]) == [(day(9), Decimal(2))]


def test_the_last_day_there_is():
    assert share_breaks([Share(day(0), date.max, Decimal(1))]) == []
