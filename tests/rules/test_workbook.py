"""Workbooks: numbers as numbers, codes as text, totals as formulas, and no other formula."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from paper_forms import settlement_table

from odoo.addons.bphs_base.tools.importing.spreadsheet_in import read_sheet
from odoo.addons.bphs_base.tools.paper.form import Column, FormError, Table
from odoo.addons.bphs_base.tools.workbook import (
    Chart,
    Sheet,
    add_sheet,
    sheet_name,
    workbook_bytes,
)

TEXT = Column("t", "说明")
MONEY = Column("m", "金额", "money", total=True)


def opened(*sheets, values=False):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets)), data_only=values)


def one(column, value, **kwargs):
    """The cell of a table of one row and one column."""
    return opened(Sheet("表", Table((column,), [{column.key: value}]), **kwargs)).active["A2"]


def test_large_type_takes_wider_columns():
    usual, large = (opened(Sheet("表", Table((TEXT,), [{"t": "血压随访"}]), type_size=size)).active for size in (0, 22))
    assert large["A2"].font.sz == 22 and usual["A2"].font.sz == 11
    assert large.column_dimensions["A"].width > 1.9 * usual.column_dimensions["A"].width


def test_settlement_sheet():
    table = settlement_table(60)
    sheet = Sheet("结算明细表", table, ("结算明细表", "2025年第三季度"), ("注：单位为元。",))
    page = opened(sheet).active
    assert page["A1"].value == "结算明细表" and page["A2"].value == "2025年第三季度"
    assert [cell.value for cell in page[4]] == [column.title for column in table.columns]
    assert page["A5"].value == 1 and page["B5"].value == table.rows[0]["clinic"]
    assert page["C5"].number_format == "#,##0.00" and page["E5"].number_format == "#,##0.0000"
    assert page["C65"].value == "=SUM(C5:C64)"
    assert page["B65"].value == "合计"
    assert page["A66"].value == "注：单位为元。"
    printed = opened(sheet, values=True).active
    assert Decimal(str(printed["C65"].value)) == table.total(table.columns[2])


def test_print_settings():
    page = opened(Sheet("表", settlement_table(3), ("题",), freeze=2)).active
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "C4"
    assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9
    assert page.page_setup.fitToWidth in (1, None)  # one page is what a missing value means
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "第 &P 页 / 共 &N 页"
    upright = opened(Sheet("表", settlement_table(3), portrait=True)).active
    assert upright.page_setup.orientation == "portrait"


def test_columns_are_wide_enough_for_chinese():
    clinic = "长治市上党区荫城镇安宅上村卫生室"
    page = opened(Sheet("表", Table((TEXT, MONEY), [{"t": clinic, "m": Decimal("1E10")}]))).active
    assert page.column_dimensions["A"].width > 2 * len(clinic)
    assert page.column_dimensions["B"].width > len("10,000,000,000.00")
    page = opened(Sheet("表", Table((TEXT,), [{"t": "很长" * 300}]))).active
    assert page.column_dimensions["A"].width < 50 and page["A2"].alignment.wrap_text


@given(st.sampled_from("=+-@\t"), st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_text_becomes_a_formula(start, rest):
    for column in (TEXT, Column("t", "编码", "code")):
        told = start + rest
        sheet = Sheet("表", Table((column,), [{"t": told}]), (told,), (told,))
        for cell in (row[0] for row in opened(sheet).active.iter_rows() if row[0].value):
            assert cell.data_type == "s"
        with zipfile.ZipFile(io.BytesIO(workbook_bytes([sheet]))) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_links_stay_text():
    cell = one(TEXT, "http://example.invalid/a")
    assert cell.value == "http://example.invalid/a" and cell.hyperlink is None


def test_codes_are_text_cells():
    for column in (Column("c", "账号", "code"), Column("c", "账号")):
        cell = one(column, "0014040410220000001")
        assert (cell.data_type, cell.value) == ("s", "0014040410220000001")
        assert cell.number_format == "@"


def test_numbers_dates_and_blanks():
    assert one(Column("a", "率", "percent"), Decimal("0.985")).number_format == "0.00%"
    assert one(Column("a", "率", "percent", digits=0), Decimal("0.7")).number_format == "0%"
    assert one(Column("a", "数", "number", digits=0), 5).number_format == "#,##0"
    assert one(Column("a", "数", "integer"), 5).value == 5
    cell = one(Column("a", "日期", "date"), date(2025, 3, 31))
    assert cell.is_date and cell.value.date() == date(2025, 3, 31)
    assert one(Column("a", "日期", "date"), "年底前").value == "年底前"
    assert one(MONEY, None).value is None
    assert one(Column("a", "签字", "sign"), None).value is None


def test_what_was_written_reads_back():
    rows = [{"t": "00123", "m": Decimal(at) / 100} for at in (0, 1, 99999999999999, -12345)]
    told = read_sheet(workbook_bytes([Sheet("表", Table((TEXT, MONEY), rows))]))
    assert [row.values for row in told.rows[1:5]] == [(row["t"], row["m"]) for row in rows]


def test_groups_stand_over_their_columns():
    columns = (
        Column("a", "甲"),
        Column("b", "中央", "money", group="来源"),
        Column("c", "省级", "money", group="来源"),
        Column("d", "县级", "money", group="其他"),
    )
    page = opened(Sheet("表", Table(columns, [dict.fromkeys("abcd", 1)]))).active
    merged = {str(area) for area in page.merged_cells.ranges}
    assert merged == {"A1:A2", "B1:C1"}
    assert [page["B1"].value, page["C2"].value, page["D1"].value] == ["来源", "省级", "其他"]
    assert page["D2"].value == "县级" and page["A3"].value == "1"


def test_given_totals_and_empty_tables():
    page = opened(Sheet("表", Table((MONEY,), [{"m": 1}], totals={"m": Decimal(9)}))).active
    assert page["A3"].value == 9
    page = opened(Sheet("表", Table((TEXT, MONEY), []), chart=Chart("图", "t", ("m",)))).active
    assert (page["A2"].value, page["B2"].value) == ("合计", 0)


def test_chart_of_the_sources():
    rows = [{"t": name, "m": at} for at, name in enumerate(("中央", "省级", "市级"), 1)]
    for kind in ("pie", "column"):
        sheet = Sheet("来源", Table((TEXT, MONEY), rows), chart=Chart("四级", "t", ("m",), kind))
        with zipfile.ZipFile(io.BytesIO(workbook_bytes([sheet]))) as archive:
            drawn = archive.read("xl/charts/chart1.xml").decode()
        assert f"{kind if kind == 'pie' else 'bar'}Chart" in drawn
        assert "来源!$B$2:$B$4" in drawn and "来源!$A$2:$A$4" in drawn
    with pytest.raises(FormError, match="图表的列不存在：x"):
        workbook_bytes([Sheet("表", Table((TEXT,), rows), chart=Chart("图", "t", ("x",)))])
    with pytest.raises(FormError, match="图表的列不存在：y"):
        workbook_bytes([Sheet("表", Table((TEXT, MONEY), rows), chart=Chart("图", "t", ("m",), targets="y"))])


def test_targets_stand_over_columns_and_beside_a_line():
    aim = Column("a", "目标", "money")
    rows = [{"t": name, "m": at, "a": 2} for at, name in enumerate(("甲", "乙"), 1)]
    for kind, targets in (("column", 'symbol val="dash"'), ("line", 'prstDash val="dash"')):
        sheet = Sheet("表", Table((TEXT, MONEY, aim), rows), chart=Chart("图", "t", ("m",), kind, "a"))
        with zipfile.ZipFile(io.BytesIO(workbook_bytes([sheet]))) as archive:
            drawn = archive.read("xl/charts/chart1.xml").decode()
        assert targets in drawn and "表!$C$2:$C$3" in drawn
        assert ("c:barChart" in drawn) == (kind == "column")


def test_a_cell_has_a_colour_of_its_own():
    page = opened(Sheet("表", Table((TEXT,), [{"t": "甲"}, {"t": "乙"}]), fills={(1, "t"): "#CFE8D9"})).active
    assert [page[cell].fill.fgColor.rgb for cell in ("A2", "A3")] == ["00000000", "FFCFE8D9"]


def test_template_checks_and_protection():
    columns = (
        Column("unit", "单位", locked=True),
        Column("kind", "类别", choices=("面访", "电话")),
        Column("count", "任务", "integer", minimum=0),
        Column("price", "单价", "number", minimum=Decimal("0.01")),
    )
    rows = [{"unit": "荫城村卫生室", "kind": "", "count": None, "price": None}]
    page = opened(Sheet("模板", Table(columns, rows), blank_rows=5, protect=True)).active
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert rules["B2:B7"].formula1 == '"面访,电话"'
    assert (rules["C2:C7"].type, rules["C2:C7"].operator, rules["C2:C7"].formula1) == (
        "whole", "greaterThanOrEqual", "0",
    )  # fmt: skip
    assert (rules["D2:D7"].type, rules["D2:D7"].formula1) == ("decimal", "0.01")
    assert "不小于 0 的整数" in rules["C2:C7"].error
    assert page.protection.sheet
    assert page["A2"].protection.locked and not page["C2"].protection.locked
    assert not page["B7"].protection.locked


def test_long_lists_stand_on_a_hidden_sheet():
    clinics = tuple(f"荫城镇第{number}村卫生室" for number in range(260))
    comma = ("甲,乙", "丙")
    columns = (Column("a", "甲", choices=clinics), Column("b", "乙", choices=comma))
    book = opened(Sheet("模板", Table(columns, []), blank_rows=3))
    assert book.sheetnames == ["模板", "选项"]
    assert book["选项"].sheet_state == "hidden"
    rules = [rule.formula1 for rule in book["模板"].data_validations.dataValidation]
    assert rules == ["'选项'!$A$1:$A$260", "'选项'!$B$1:$B$2"]
    assert book["选项"]["A260"].value == clinics[-1] and book["选项"]["B1"].value == "甲,乙"
    # No row to check: no rule.
    assert not opened(Sheet("空", Table(columns, [])))["空"].data_validations.dataValidation


def test_a_sheet_can_be_added_to_a_book_of_another_maker():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        assert add_sheet(book, Sheet("甲", Table((TEXT,), []))).get_name() == "甲"
        assert add_sheet(book, Sheet("甲", Table((TEXT,), []), ("题",))).get_name() == "甲(2)"


@pytest.mark.parametrize(
    ("text", "taken", "expected"),
    [
        ("荫城镇", (), "荫城镇"),
        ("a/b:c*d?e[f]g\\h", (), "a b c d e f g h"),
        ("'引'", (), "引"),
        ("", (), "表"),
        ("长" * 40, (), "长" * 31),
        ("长" * 40, ("长" * 31,), "长" * 28 + "(2)"),
        ("Sheet", ("SHEET", "sheet(2)"), "Sheet(3)"),
        ("History", (), "History(2)"),
    ],
)
def test_sheet_names(text, taken, expected):
    assert sheet_name(text, taken) == expected


@pytest.mark.parametrize("value", ["长" * 32768, "\ud800"], ids=["too long", "lone surrogate"])
def test_text_that_excel_would_drop_is_refused(value):
    with pytest.raises(FormError, match="A2"):
        workbook_bytes([Sheet("表", Table((TEXT,), [{"t": value}]))])


def test_properties_of_the_file():
    content = workbook_bytes([Sheet("表", Table((TEXT,), []))], "结算明细", "卫健局")
    told = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert (told.title, told.creator) == ("结算明细", "卫健局")


def test_a_watermark_is_on_every_page_as_it_was_said():
    page = opened(Sheet("表", settlement_table(3), watermark="张三 & 李四")).active
    assert "李四" in page.oddHeader.center.text
