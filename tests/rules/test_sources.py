"""Arrivals, payments and returns by source."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.money import from_fen
from odoo.addons.bphs_fund.tools.sources import (
    Arrival,
    Payment,
    Return,
    ShortfallError,
    SourceLedger,
    split_payment,
    split_return,
)
from odoo.addons.bphs_fund.tools.terms import SettlementError

D = Decimal
COUNTY = {
    "central": D("17079620.00"),
    "province": D("5723874.00"),
    "city": D("1138640.00"),
    "county": D("4554561.00"),
}


def test_example_b_a_balance_by_source():
    split = split_payment(D("1375940.42"), COUNTY)
    assert {source: str(part) for source, part in split.items()} == {
        "central": "824675.97",
        "city": "54978.33",
        "county": "219913.38",
        "province": "276372.74",
    }
    assert list(split) == sorted(split)


def test_example_b_recovered_money_goes_back_by_source():
    ledger = SourceLedger(dict(COUNTY))
    ledger.pay("丁", D("1609463.34"))
    split = ledger.give_back("丁", D("255214.90"))
    assert {source: str(part) for source, part in split.items()} == {
        "central": "152964.18",
        "city": "10197.60",
        "county": "40790.41",
        "province": "51262.71",
    }


def test_example_c_the_rounding_trap():
    assert sum(split_payment(D("749.25"), COUNTY).values()) == D("749.25")
    assert str(split_payment(D("749.25"), COUNTY)["province"]) == "150.49"


def test_a_source_without_money_takes_no_part_in_the_payment():
    split = split_payment(D("1.00"), {"central": D("0.00"), "city": D("1.00")})
    assert split == {"central": 0, "city": D("1.00")}


def test_too_much_is_refused_with_the_shortfall_and_changes_nothing():
    ledger = SourceLedger()
    ledger.arrive("central", D("1000.00"))
    ledger.arrive("city", D("0.50"))
    with pytest.raises(ShortfallError, match="缺口 199.50 元") as caught:
        ledger.pay("A", D("1200.00"))
    assert caught.value.field == "amount"
    assert (caught.value.held, caught.value.shortfall) == (D("1000.50"), D("199.50"))
    assert ledger == SourceLedger({"central": D("1000.00"), "city": D("0.50")}, {})


def test_more_than_was_received_cannot_come_back():
    ledger = SourceLedger({"central": D("100.00")})
    with pytest.raises(ShortfallError, match="缺口 0.01 元"):
        ledger.give_back("A", D("0.01"))
    ledger.pay("A", D("60.00"))
    ledger.give_back("A", D("20.00"))
    with pytest.raises(ShortfallError, match="缺口 10.00 元"):
        ledger.give_back("A", D("50.00"))
    assert ledger.available == {"central": D("60.00")}
    assert ledger.received == {"A": {"central": D("40.00")}}


def test_a_return_goes_only_to_the_sources_that_paid():
    ledger = SourceLedger()
    ledger.arrive("central", D("10.00"))
    ledger.pay("A", D("10.00"))
    ledger.arrive("county", D("90.00"))
    assert ledger.give_back("A", D("4.00")) == {"central": D("4.00")}
    assert split_return(D("1.00"), ledger.received["A"]) == {"central": D("1.00")}


@pytest.mark.parametrize("amount", ["0", "-1", "-0.01"])
@pytest.mark.parametrize("event", ["arrive", "pay", "give_back"])
def test_an_event_moves_something(event, amount):
    ledger = SourceLedger({"central": D("10.00")}, {"central": {"central": D("1.00")}})
    with pytest.raises(SettlementError, match="大于零"):
        getattr(ledger, event)("central", D(amount))


events = st.lists(
    st.builds(Arrival, st.sampled_from("abcd"), st.integers(1, 10**7).map(from_fen))
    | st.builds(
        Payment,
        st.sampled_from("XYZ"),
        st.just("2025Q1"),
        st.just("pay"),
        st.integers(1, 10**7).map(from_fen),
    )
    | st.builds(Return, st.sampled_from("XYZ"), st.integers(1, 10**6).map(from_fen)),
    max_size=40,
)


@given(events)
def test_every_balance_is_the_sum_of_its_entries_and_none_is_negative(events):
    ledger = SourceLedger()
    entries = []  # (source, clinic, signed amount)
    for event in events:
        before = (dict(ledger.available), {k: dict(v) for k, v in ledger.received.items()})
        try:
            split = ledger.post(event)
        except ShortfallError as error:
            assert (ledger.available, ledger.received) == before
            assert error.shortfall == event.amount - error.held > 0
            continue
        assert sum(split.values()) == event.amount
        assert list(split) == sorted(split)
        sign = -1 if isinstance(event, Payment) else 1
        clinic = getattr(event, "code", None)
        entries += [(source, clinic, sign * part) for source, part in split.items()]
        assert all(amount >= 0 for amount in ledger.available.values())
        assert all(part >= 0 for parts in ledger.received.values() for part in parts.values())
    for source, amount in ledger.available.items():
        assert amount == sum(part for name, _, part in entries if name == source)
    for clinic, parts in ledger.received.items():
        for source, amount in parts.items():
            assert amount == -sum(p for s, c, p in entries if (s, c) == (source, clinic))
