"""Identity numbers and credit codes of account holders."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_fund.tools.holder_number import is_holder_number, is_identity_number

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check_digit(seventeen: str) -> str:
    """GB 11643 by its table of weights, unlike the library's arithmetic."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, seventeen, strict=True))
    return seventeen + "10X98765432"[total % 11]


@given(st.integers(100000, 999999), st.dates(min_value=date(1900, 1, 1)), st.integers(0, 999))
def test_any_county_even_one_abolished(county, birth, order):
    assert is_identity_number(with_check_digit(f"{county}{birth:%Y%m%d}{order:03d}"))


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(position, difference):
    number = "110105194912310021"[:17]
    right = with_check_digit(number)
    digit = right[position]
    if digit == "X":
        return
    wrong = right[:position] + str((int(digit) + difference) % 10) + right[position + 1 :]
    assert not is_identity_number(wrong)


@pytest.mark.parametrize("number", ["", "x", "11010519491231002", "1101051949123100２X", "11010519491331002X"])
def test_no_identity_number(number):
    assert not is_identity_number(number)


def test_credit_code_of_a_unit():
    assert is_holder_number("91110000600037341L")
    assert not is_holder_number("91110000600037342L")
    assert is_holder_number("11010519491231002X")
