"""Amounts in capitals: examples of the rules, and an independent reader that reads them back."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.money import MoneyError, from_fen

DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
SMALL = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(text):
    """Return the fen of capitals, reading left to right as a cashier does."""
    sign = 1
    if text.startswith("负"):
        sign, text = -1, text[1:]
    whole = re.fullmatch(r"(?:(.+)元)?零?(?:(.)角)?(?:(.)分)?整?", text)
    yuan, jiao, fen = whole.groups()
    total = section = group = digit = 0
    for char in yuan or "":
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in SMALL:
            group += digit * SMALL[char]
            digit = 0
        elif char == "万":
            section += (group + digit) * 10**4
            group = digit = 0
        else:
            assert char == "亿"
            total += (section + group + digit) * 10**8
            section = group = digit = 0
    number = total + section + group + digit
    return sign * (number * 100 + DIGITS.get(jiao, 0) * 10 + DIGITS.get(fen, 0))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.56", "伍角陆分"),
        ("1.05", "壹元零伍分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10001.00", "壹万零壹元整"),
        ("1000000.00", "壹佰万元整"),
        ("100001000.00", "壹亿零壹仟元整"),
        ("100010000.00", "壹亿零壹万元整"),
        ("1000000001.00", "壹拾亿零壹元整"),
        ("28496695.00", "贰仟捌佰肆拾玖万陆仟陆佰玖拾伍元整"),
        ("17098017.00", "壹仟柒佰零玖万捌仟零壹拾柒元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("1000000000000", "壹万亿元整"),
        ("-481.69", "负肆佰捌拾壹元陆角玖分"),
    ],
)
def test_by_example(amount, text):
    assert chinese_capitals(Decimal(amount)) == text


def test_whatever_passes_the_door_is_written():
    assert chinese_capitals(749.25) == chinese_capitals("749.25") == "柒佰肆拾玖元贰角伍分"


@given(st.integers(-(10**18) + 1, 10**18 - 1) | st.integers(-(10**6), 10**9))
@example(10**17)
@example(10**12 + 1)
def test_a_cashier_reads_the_same_amount(fen):
    assert read_back(chinese_capitals(from_fen(fen))) == fen


@given(st.integers(1, 10**18 - 1))
def test_the_zero_is_written_as_the_rules_ask(fen):
    text = chinese_capitals(from_fen(fen))
    assert "零零" not in text and not re.search("零[元万亿拾佰仟角分整]", text)
    assert not text.startswith("零")
    assert not re.search(r"(?<![壹贰叁肆伍陆柒捌玖])拾", text)  # 壹拾, never 拾 alone
    yuan = fen // 100
    if yuan > 100 and 0 < yuan % 100 < 10:  # the tens are skipped, the units are not
        assert re.search("零.元", text)
    assert text.endswith("分" if fen % 10 else "整")


@pytest.mark.parametrize("amount", [10**16, "0.001", None, float("nan"), -(10**16)])
def test_what_cannot_be_written_is_refused(amount):
    with pytest.raises(MoneyError):
        chinese_capitals(amount)
