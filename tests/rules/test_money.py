"""Rounding and sharing out, by example and by property."""

import math
from decimal import ROUND_DOWN, Decimal, getcontext, localcontext
from fractions import Fraction

import pytest
import settlement_oracle
from hypothesis import given
from hypothesis import strategies as st
from work import growth

from odoo.addons.bphs_base.tools import money
from odoo.addons.bphs_base.tools.money import (
    MoneyError,
    equal_split,
    exact,
    from_fen,
    largest_remainder,
    round4,
    round_half_up,
    round_up,
    to_decimal,
    to_fen,
)

D = Decimal
numbers = st.decimals(-(10**15), 10**15, places=6)
fen_amounts = st.integers(0, 10**13).map(from_fen)
weights = st.dictionaries(
    st.text(max_size=3),
    st.decimals(0, 10**6, places=4) | st.integers(0, 10**12).map(D) | st.just(D("1E+3")),
    max_size=8,
)


# ---------------------------------------------------------------------------
# The door
# ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, "1"),
        (0.1, "0.1"),
        (749.25, "749.25"),
        (12345678901.99, "12345678901.99"),
        (-0.0, "0.0"),
        ("-481.69", "-481.69"),
        ("+2.5", "2.5"),
        (D("-0.00"), "0.00"),
        (D("2.50"), "2.50"),
    ],
)
def test_the_door_reads_numbers_by_their_text(value, expected):
    assert str(to_decimal(value)) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        math.nan,
        math.inf,
        -math.inf,
        D("NaN"),
        D("sNaN"),
        D("Infinity"),
        1e300,
        10**40,
        "",
        " 1",
        "1 ",
        "1\n",
        "1_000",
        "1,000",
        "1e5",
        "１２",
        "١",
        ".5",
        "1.",
        "NaN",
        "--1",
        "abc" * 100,
        b"1",
        [],
        {},
        object(),
        1j,
    ],
    ids=ascii,
)
def test_the_door_refuses_what_is_no_number(value):
    with pytest.raises(MoneyError) as caught:
        to_decimal(value)
    assert len(str(caught.value)) < 120


@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 2)))
def test_a_float_of_two_decimals_enters_as_the_same_two_decimals(value):
    assert f"{to_decimal(value):.2f}" == f"{value + 0.0:.2f}"


# ---------------------------------------------------------------------------
# Rounding
# ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "half_up", "up"),
    [
        ("0.005", "0.01", "0.01"),
        ("0.004999", "0.00", "0.01"),
        ("2.675", "2.68", "2.68"),
        ("-0.005", "-0.01", "0.00"),
        ("-0.001", "0.00", "0.00"),
        ("10890.245633", "10890.25", "10890.25"),
        ("3.00", "3.00", "3.00"),
        ("3.000001", "3.00", "3.01"),
    ],
)
def test_rounding_by_example(value, half_up, up):
    assert str(round_half_up(D(value))) == half_up
    assert str(round_up(D(value))) == up


@given(numbers)
def test_rounding_is_what_fractions_say(value):
    exact_fen = Fraction(value) * 100
    assert to_fen(round_half_up(value)) == settlement_oracle.half_up(exact_fen)
    assert to_fen(round_up(value)) == math.ceil(exact_fen)


@given(st.decimals(0, 100, places=8))
def test_four_decimals(value):
    assert Fraction(round4(value)) * 10**4 == settlement_oracle.half_up(Fraction(value) * 10**4)


@pytest.mark.parametrize(
    ("share", "text"),
    [("0.7", "70%"), (0.0125, "1.25%"), (1, "100%"), (Decimal("1.10"), "110%"), ("0.00005", "0.005%"), (0, "0%")],
)
def test_a_share_is_written_in_per_cent_to_its_last_digit(share, text):
    assert money.percent_text(share) == text


def test_rounding_does_not_depend_on_the_thread_context():
    big = D("123456789012345678901234567890.125")
    with localcontext() as context:
        context.prec = 4
        context.rounding = ROUND_DOWN
        assert str(round_half_up(big)) == "123456789012345678901234567890.13"
        assert str(round_up(big)) == "123456789012345678901234567890.13"
        assert str(from_fen(1234567)) == "12345.67"
        assert to_fen(D("123456.78")) == 12345678
        assert largest_remainder(D("123456.78"), {"a": D(1)}) == {"a": D("123456.78")}


def test_exact_gives_the_thread_its_context_back():
    before = getcontext().prec

    @exact
    def inside():
        """A text."""
        return getcontext().prec

    assert inside() == money.EXACT.prec > before == getcontext().prec
    assert inside.__doc__ == "A text."


@pytest.mark.parametrize("amount", ["0.001", "1.005", "-3.999"])
def test_less_than_a_fen_is_no_payable_sum(amount):
    with pytest.raises(MoneyError, match="整分"):
        to_fen(D(amount))


@given(st.integers(-(10**20), 10**20))
def test_fen_and_yuan_are_each_other_s_inverse(fen):
    assert to_fen(from_fen(fen)) == fen


# ---------------------------------------------------------------------------
# Largest remainder
# ---------------------------------------------------------------------------


def test_the_rounding_trap_of_the_four_sources():
    sources = {
        "central": D("17079620.00"),
        "province": D("5723874.00"),
        "city": D("1138640.00"),
        "county": D("4554561.00"),
    }
    parts = largest_remainder(D("749.25"), sources)
    assert [str(part) for part in parts.values()] == ["449.07", "150.49", "29.94", "119.75"]
    assert sum(largest_remainder(D("0.02"), sources).values()) == D("0.02")


def test_claims_against_a_smaller_pool():
    claims = {"A": D(700000), "B": D(450000), "C": D(350000)}
    parts = largest_remainder(D("1400000.00"), claims)
    assert [str(part) for part in parts.values()] == ["653333.33", "420000.00", "326666.67"]


def test_a_tie_goes_to_the_larger_weight_then_to_the_smaller_key():
    assert largest_remainder(D("0.01"), {"b": D(1), "a": D(1)}) == {"b": 0, "a": D("0.01")}
    # 0.02 over 1 and 3: quotas 0.5 and 1.5 fen, equal remainders.
    assert largest_remainder(D("0.02"), {"a": D(1), "b": D(3)}) == {"a": 0, "b": D("0.02")}
    # Code-point order: "10" before "2", "Z" before "a", "a" before a Chinese character.
    assert largest_remainder(D("0.01"), {"2": D(1), "10": D(1)})["10"] == D("0.01")
    assert largest_remainder(D("0.01"), {"中": D(1), "a": D(1), "Z": D(1)})["Z"] == D("0.01")


@given(fen_amounts, weights)
def test_parts_sum_to_the_total_and_are_what_the_rule_says(total, weights):
    if total and not any(weights.values()):
        with pytest.raises(MoneyError):
            largest_remainder(total, weights)
        return
    parts = largest_remainder(total, weights)
    assert list(parts) == list(weights)
    assert sum(parts.values()) == total
    expected = settlement_oracle.share_out(to_fen(total), {key: Fraction(weight) for key, weight in weights.items()})
    assert {key: to_fen(part) for key, part in parts.items()} == expected
    assert all(str(part) == f"{part:.2f}" for part in parts.values())


@given(st.integers(0, 10**9), st.dictionaries(st.text(max_size=2), st.integers(0, 10**9)))
def test_no_part_exceeds_its_weight_where_the_total_does_not_exceed_their_sum(share, weights):
    held = {key: from_fen(weight) for key, weight in weights.items()}
    whole = sum(weights.values())
    total = from_fen(share % (whole + 1))
    for key, part in largest_remainder(total, held).items():
        assert 0 <= part <= held[key]


@pytest.mark.parametrize(
    ("total", "weights"),
    [
        (D("0.01"), {}),
        (D("0.01"), {"a": D(0)}),
        (D("-0.01"), {"a": D(1)}),
        (D("0.005"), {"a": D(1)}),
        (D("1.00"), {"a": D(2), "b": D(-1)}),
        (D("0.00"), {"b": D(-1)}),
    ],
)
def test_what_cannot_be_shared_out_is_refused(total, weights):
    with pytest.raises(MoneyError):
        largest_remainder(total, weights)


def test_nothing_to_share_out_gives_everyone_nothing():
    assert largest_remainder(D("0.00"), {}) == {}
    assert largest_remainder(D("0"), {"a": D(0), "b": D(5)}) == {"a": 0, "b": 0}


def test_the_work_grows_with_the_county_no_faster():
    def share_out(clinics):
        weights = {f"{code:012d}": D(code * 7919 % 99991) for code in range(clinics)}
        parts = largest_remainder(D("28496695.00"), weights)
        assert sum(parts.values()) == D("28496695.00")

    assert growth(share_out, 125, 500) < 1.5


def test_an_equal_split_favours_the_smaller_keys():
    parts = equal_split(D("10890.25"), ["2025Q2", "2025Q1", "2025Q4", "2025Q3"])
    assert parts == {
        "2025Q2": D("2722.56"),
        "2025Q1": D("2722.57"),
        "2025Q4": D("2722.56"),
        "2025Q3": D("2722.56"),
    }
    with pytest.raises(MoneyError, match="重复"):
        equal_split(D("1.00"), ["a", "a"])


@given(fen_amounts, st.integers(1, 20))
def test_equal_parts_differ_by_a_fen_at_most(total, count):
    parts = equal_split(total, range(count)).values()
    assert sum(parts) == total
    assert max(parts) - min(parts) <= D("0.01")
