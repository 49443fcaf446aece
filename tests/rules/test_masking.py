"""Masks: enough to recognise, too little to misuse."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from odoo.addons.bphs_base.tools.masking import mask_account, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_id, "140499195001010014", "140***************"),
        (mask_id, "140499500101001", "140************"),
        (mask_id, "1404991", "140****"),
        (mask_id, "140499", "******"),
        (mask_id, " 140499195001010014 ", "140***************"),
        (mask_phone, "13812341234", "138****1234"),
        (mask_phone, "03558081234", "035****1234"),
        (mask_phone, "8081234", "*******"),
        (mask_name, "张小明", "张*明"),
        (mask_name, "张明", "张*"),
        (mask_name, "欧阳小明", "欧**明"),
        (mask_name, "明", "*"),
        (mask_name, " 张明 ", "张*"),
        (mask_account, "6217000012345678", "****5678"),
        (mask_account, "12345678", "****5678"),
        (mask_account, "1234567", "****"),
    ],
)
def test_by_example(mask, value, shown):
    assert mask(value) == shown


@pytest.mark.parametrize("mask", [mask_id, mask_phone, mask_name, mask_account])
def test_nothing_masks_to_nothing(mask):
    assert mask(None) == mask("") == mask("  ") == mask(False) == ""


@given(st.text(alphabet="0123456789X", max_size=24))
def test_numbers_never_show_more_than_seven_and_hide_four_at_least(number):
    for mask in (mask_id, mask_phone):
        shown = mask(number)
        assert len(shown) == len(number)
        assert shown.count("*") >= min(4, len(number))
        assert len(shown.replace("*", "")) <= 7
    assert len(mask_id(number).replace("*", "")) <= 3
    assert len(mask_account(number).replace("*", "")) <= 4


@given(st.text(alphabet="张王李欧阳明红", min_size=1, max_size=6))
def test_a_name_always_hides_something(name):
    shown = mask_name(name)
    assert "*" in shown and len(shown) == max(len(name), 1)
    assert len(shown.replace("*", "")) <= 2


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
def test_whoever_knows_the_county_and_the_birth_date_is_left_five_hundred_numbers(born, sequence):
    """Region, birth date and sex known: what is left is every sequence of that sex, each with its check digit."""
    body = "140499" + born.strftime("%Y%m%d")
    candidates = [
        f"{body}{other:03}" + ric.calc_check_digit(f"{body}{other:03}0") for other in range(sequence % 2, 1000, 2)
    ]
    number = candidates[sequence // 2]
    assert len([one for one in candidates if mask_id(one) == mask_id(number)]) >= 500
