"""Cells as columns want them: codes, counts, amounts and dates, however they were typed."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.importing.sheet_values import (
    as_code,
    as_date,
    as_decimal,
    as_integer,
    as_money,
    as_text,
    normalise,
    standard_text,
)
from odoo.addons.bphs_base.tools.reading.cells import Covered, Unread
from odoo.addons.bphs_base.tools.sheet_guard import SheetError

D = Decimal


@pytest.mark.parametrize(
    ("convert", "value", "expected"),
    [
        (normalise, " 荫城镇\u3000（东）\u200b １２Ａｂ ", "荫城镇 （东） 12Ab"),
        (standard_text, "\ufeff１２\u3000", "１２"),
        (as_text, None, ""),
        (as_text, True, "是"),
        (as_text, False, "否"),
        (as_text, 140404102201.0, "140404102201"),
        (as_text, D("1.50"), "1.50"),
        (as_text, D("1E+3"), "1000"),
        (as_text, datetime(2025, 1, 2, 3, 4), "2025-01-02 03:04"),
        (as_text, date(2025, 1, 2), "2025-01-02"),
        (as_code, 140404102201.0, "140404102201"),
        (as_code, D("140404102201"), "140404102201"),
        (as_code, "140404102201.0", "140404102201"),
        (as_code, "１４０４ ０４", "140404"),
        (as_code, "HTN_FOLLOWUP", "HTN_FOLLOWUP"),
        (as_code, None, ""),
        (as_decimal, "１，２３４．５０", D("1234.50")),
        (as_decimal, "￥1,234.5 元", D("1234.5")),
        (as_decimal, "-￥5", D("-5")),
        (as_decimal, "－３", D("-3")),
        (as_decimal, 0.1, D("0.1")),
        (as_decimal, 7, D(7)),
        (as_decimal, D("1.10"), D("1.10")),
        (as_decimal, "", None),
        (as_decimal, " \u3000", None),
        (as_decimal, None, None),
        (as_integer, "1,200", 1200),
        (as_integer, 12.0, 12),
        (as_integer, None, None),
        (as_money, "1,234.5", D("1234.50")),
        (as_money, "", None),
        (as_date, date(2025, 3, 31), date(2025, 3, 31)),
        (as_date, datetime(2025, 3, 31, 8), date(2025, 3, 31)),
        (as_date, "2025-3-31", date(2025, 3, 31)),
        (as_date, "2025/03/31", date(2025, 3, 31)),
        (as_date, "２０２５年3月31日", date(2025, 3, 31)),
        (as_date, "2025.3.31", date(2025, 3, 31)),
        (as_date, "2025-01-05 00:00:00.0", date(2025, 1, 5)),
        (as_date, "２０２５－０１－０５", date(2025, 1, 5)),
        (as_date, "2025 年 1 月 5 日", date(2025, 1, 5)),
        (as_date, "2025-01-05 08:30:12", date(2025, 1, 5)),
        (as_date, "2025-01-05T08:30", date(2025, 1, 5)),
        (as_text, Unread("#N/A", "x"), "#N/A"),
        (as_text, Covered(5), "5"),
        (as_date, "2025-03-31 00:00:00", date(2025, 3, 31)),
        (as_date, 20250331, date(2025, 3, 31)),
        (as_date, "", None),
        (as_date, "\u3000", None),
    ],
)
def test_f15_values(convert, value, expected):
    told = convert(value)
    assert told == expected
    assert type(told) is type(expected)


@pytest.mark.parametrize(
    ("convert", "value", "message"),
    [
        (as_code, 1.5, "不是编码"),
        (as_code, -5, "不是编码"),
        (as_code, 110105194912310021, "超过15位"),
        *((as_decimal, value, "不是数字") for value in (
            "12、345", "12 34", "1 234", "十", "1e5", "1,23", "1.2.3", "5%", "--5", "元", "#N/A", True, "٣", "nan",
            float("inf"), date(2025, 1, 1),
        )),
        (as_integer, "1.5", "“1.5”不是整数"),
        (as_integer, "4294967296", "“4294967296”太大，请核对"),
        (as_money, "1" + "0" * 40, "“1000"),
        (as_money, "1.005", "精确到分"),
        *((as_date, value, "不是日期") for value in ("2025-02-30", "三月", "2025-3", 45000, True)),
    ],
)  # fmt: skip
def test_refusals(convert, value, message):
    with pytest.raises(SheetError, match=message):
        convert(value)


def test_codes_of_a_fixed_length():
    assert as_code(1234, 6) == "001234"
    assert as_code("001234", 6) == "001234"
    assert as_code("", 6) == ""
    with pytest.raises(SheetError, match="应为6位"):
        as_code("1234", 6)
    with pytest.raises(SheetError, match="应为2位"):
        as_code(1234, 2)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_amounts_as_they_are_printed_read_back(amount):
    assert as_money(f"{amount:,.2f}") == amount
    assert as_money(f"{amount}元") == amount


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for convert in (as_decimal, as_integer, as_money, as_date, as_code):
        try:
            convert(text)
        except SheetError as error:
            assert str(error)


@given(st.text(max_size=30))
def test_normal_text_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)
