"""Masks: enough to recognise, too little to misuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.masking import mask_account, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_id, "140499195001010014", "140***********0014"),
        (mask_id, "140499500101001", "140********1001"),
        (mask_id, "1404991", "*******"),
        (mask_id, " 140499195001010014 ", "140***********0014"),
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
    assert len(mask_account(number).replace("*", "")) <= 4


@given(st.text(alphabet="张王李欧阳明红", min_size=1, max_size=6))
def test_a_name_always_hides_something(name):
    shown = mask_name(name)
    assert "*" in shown and len(shown) == max(len(name), 1)
    assert len(shown.replace("*", "")) <= 2
