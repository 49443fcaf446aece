"""Columns found under the headings people write, and cells read as what a column holds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.importing.import_columns import (
    ImportColumn,
    ImportRow,
    match_columns,
    normalise_header,
    parse_cell,
    rejects,
    template,
)
from odoo.addons.bphs_base.tools.importing.spreadsheet_in import read_sheet
from odoo.addons.bphs_base.tools.sheet_guard import SheetError

KIND = ImportColumn("kind", "类别", "choice", choices=(("a", "甲类"), ("b", "乙类")))


def column(kind):
    return ImportColumn("x", "列", kind)


def test_a_row_gives_its_values_and_keeps_its_refusals():
    row = ImportRow(7, ("甲", ""), {"name": "甲"})
    assert row["name"] == row.get("name") == "甲"
    assert row.get("count", 0) == 0
    row.error("count", "请填写数量")
    assert row.errors == [("count", "请填写数量")]


def test_a_column_nobody_heads_is_left_out():
    columns = [ImportColumn("code", "代码"), ImportColumn("count", "数量")]
    assert match_columns(columns, ["数量", ""]) == ({"count": 0}, [])


def test_an_unknown_kind_is_a_programming_error():
    with pytest.raises(ValueError, match="unknown kind"):
        ImportColumn("x", "列", "float")


@pytest.mark.parametrize("text", ["上报数（次）", " 上 报数", "上报数(人)", "【上报数】上报数", "上报数："])
def test_headings_that_are_one(text):
    assert normalise_header(text) == "上报数"


def test_a_saved_mapping_comes_before_the_label():
    columns = [ImportColumn("code", "代码"), ImportColumn("count", "数量")]
    headings = ["代码", "数量", "机构编码"]
    assert match_columns(columns, headings, {"code": "机构编码"}) == ({"code": 2, "count": 1}, [])
    assert match_columns(columns, headings) == ({"code": 0, "count": 1}, [])


def test_the_exact_label_comes_before_a_like_one():
    columns = [ImportColumn("count", "数量")]
    assert match_columns(columns, ["数量（次）", "数量"]) == ({"count": 1}, [])
    assert match_columns(columns, ["数量（次）", "数量（人）"]) == ({}, ["数量"])


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("text", " 备注 ", "备注"),
        ("code", 140404102201, "140404102201"),
        ("code", "0012", "0012"),
        ("int", "１２", 12),
        ("decimal", Decimal("0.3"), Decimal("0.3")),
        ("money", "1,234.5", Decimal("1234.50")),
        ("date", "2025年3月1日", date(2025, 3, 1)),
        ("int", None, None),
        ("money", "", None),
    ],
)
def test_cells_that_fit(kind, cell, value):
    assert parse_cell(column(kind), cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("text", "x" * 2001),
        ("code", "1.4E+11"),
        ("code", "甲"),
        ("int", "十二"),
        ("int", Decimal("1.5")),
        ("int", True),
        ("int", 3_000_000_000),
        ("decimal", "1e5"),
        ("money", "0.001"),
        ("money", 10**12),
        ("date", "2025-02-30"),
        ("date", "三月"),
    ],
)
def test_cells_that_do_not(kind, cell):
    with pytest.raises(SheetError):
        parse_cell(column(kind), cell)


def test_a_choice_by_its_label_or_its_value():
    assert parse_cell(KIND, "甲 类") == "a"
    assert parse_cell(KIND, "b") == "b"
    with pytest.raises(SheetError, match="甲类、乙类"):
        parse_cell(KIND, "丙类")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co"))))
def test_no_text_crashes_a_column(text):
    for kind in ("text", "code", "int", "decimal", "money", "date"):
        try:
            parse_cell(column(kind), text)
        except SheetError as error:
            assert str(error)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_is_exact(amount):
    assert parse_cell(column("money"), f"{amount:,.2f}") == amount


def test_a_template_reads_back_as_it_was_filled():
    columns = [ImportColumn("code", "代码", "code", required=True), KIND]
    columns.append(ImportColumn("amount", "金额", "money"))
    rows = [
        {"code": "001", "kind": "甲类", "amount": Decimal("5.10")},
        {"code": "=1+1", "kind": False, "amount": False},
    ]
    data = read_sheet(template("导入", columns, rows), "导入").rows
    assert data[0].values == ("代码", "类别", "金额")
    assert data[1].values == ("001", "甲类", Decimal("5.1"))
    assert [value for value in data[2].values if value] == ["=1+1"]


def test_rejected_rows_keep_their_cells():
    sheet = rejects("导入", ["代码", "数"], [(("001", 5, "多余"), "错"), (("=x",), "")], "原因")
    rows = [row.values for row in read_sheet(sheet, "导入").rows]
    assert rows[0] == ("代码", "数", "原因")
    assert rows[1] == ("001", "5", "错")
    assert rows[2][0] == "=x"
