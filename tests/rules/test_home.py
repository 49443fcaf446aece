"""What a first page is made of, and the colours of states."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools import home, states

amounts = st.decimals(min_value="-99999999999", max_value="99999999999", places=2)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0.00"),
        ("47287.05", "4.73"),
        ("12345678.90", "1,234.57"),
        ("50.00", "0.01"),  # half up, not to even
        ("-50.00", "-0.01"),
        ("49.99", "0.00"),
        ("-14.00", "0.00"),
    ],
)
def test_ten_thousands_are_rounded_half_up(amount, shown):
    assert home.in_wan(amount) == shown


@pytest.mark.parametrize(("amount", "lost"), [("0", False), ("0.01", True), ("-49.99", True), ("50", False)])
def test_what_ten_thousands_would_hide_is_known(amount, lost):
    assert home.is_lost_in_wan(amount) is lost


def test_the_exact_amount_stands_beside():
    assert home.to_the_fen(Decimal("12345678.9")) == "12,345,678.90"
    assert home.to_the_fen("-12.5") == "-12.50"


@given(amounts)
def test_no_fen_is_lost_in_the_exact_one(amount):
    assert Decimal(home.to_the_fen(amount).replace(",", "")) == amount


@given(amounts)
def test_ten_thousands_are_off_by_half_a_hundred_at_most(amount):
    assert abs(Decimal(home.in_wan(amount).replace(",", "")) * 10000 - amount) <= 50


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [("7", "10", "70.0"), ("1", "3", "33.3"), ("0.5", "1000", "0.1"), ("1", "0", ""), ("12", "10", "120.0")],
)
def test_shares(part, whole, shown):
    assert home.per_cent(part, whole) == shown


def test_cards_of_one_key_are_one_card():
    late, more = home.Line("a", value="1"), home.Line("b", value="2")
    chart = {"kind": "bar"}
    cards = home.merged(
        [
            home.Card("late", "What Is Late", (more,), chart, "said", sequence=41, wide=True),
            home.Card("money", "Money", sequence=5),
            home.Card("late", "Late", (late,), sequence=40),
        ]
    )
    assert [card.key for card in cards] == ["money", "late"]
    assert cards[1] == home.Card("late", "Late", (late, more), chart, "said", 40, True)


def test_a_state_has_one_tone():
    groups = (states.DANGER, states.WARNING, states.INFO, states.SUCCESS, states.MUTED)
    named = [state for group in groups for state in group]
    assert len(named) == len(set(named)) == len(states.TONE_OF)


def test_decorations_name_what_the_field_may_be():
    assert states.decorations("state", ["draft", "returned", "issued", "unheard_of"]) == {
        "decoration-info": "state in ('draft', 'issued')",
        "decoration-danger": "state in ('returned',)",
    }
