"""Headings found in whatever way a file has them, and nothing left out without a word."""

import pytest
from files import made_files

from odoo.addons.bphs_base.tools.importing.headed import column_letters, find_headings, is_total
from odoo.addons.bphs_base.tools.importing.import_columns import CLEAR, ImportColumn, match_columns, parse_cell, rejects
from odoo.addons.bphs_base.tools.importing.refill import LOOK_AT, given_back, refill_note, to_refill, unfilled
from odoo.addons.bphs_base.tools.importing.spreadsheet_in import read_sheet
from odoo.addons.bphs_base.tools.reading.cells import Covered, Unread
from odoo.addons.bphs_base.tools.reading.process import OpenFile
from odoo.addons.bphs_base.tools.sheet_guard import SheetError

Table, made, FORMATS, WORKBOOKS = made_files.Table, made_files.made, made_files.FORMATS, made_files.WORKBOOKS
COLUMNS = [
    ImportColumn("code", "机构代码", "code", required=True, aliases=("编码",)),
    ImportColumn("count", "上报数", "int", required=True),
    ImportColumn("note", "备注"),
]
GOOD = [["机构代码", "上报数", "备注"], ["001", "5", "甲"], ["002", "6", "乙"]]


def headed(content, **options):
    """:return: (the found headings, the rows below them)"""
    with OpenFile(content) as file:
        found = find_headings(file.sheets, COLUMNS, **options)
        return found, list(found.rows(file)) if found else []


@pytest.mark.parametrize("kind", FORMATS)
def test_f14_title_lines_above_the_headings_in_every_format(kind):
    found, rows = headed(made(kind, [["某县报表", None, None], ["2025年度", None, None], *GOOD]))
    assert found.complete and found.positions == {"code": 0, "count": 1, "note": 2}
    assert [row.number for row in rows] == [4, 5]


def test_f14_text_that_calls_itself_a_workbook():
    text = "某县，2025年度报表（单位：人次,人数）\n机构代码\t上报数\t备注\n001\t5\t甲\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        found, rows = headed(text.encode(encoding))
        assert [row.values for row in rows] == [("001", "5", "甲")], encoding
        assert (found.alike, found.unread) == ([], [])


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_f3_sheets_of_the_same_headings_are_named(kind):
    found, _rows = headed(
        made(kind, Table(GOOD, name="一季"), Table(GOOD, name="二季"), Table([["说明"]], name="说明"))
    )
    assert (found.sheet.name, found.alike, found.unread) == ("一季", ["二季"], ["说明"])
    assert found.remarks() == ["以下工作表未读取：说明"]


def test_the_sheet_with_the_headings_is_found_behind_others():
    found, _rows = headed(made("xlsx", Table([["机构代码"]], name="目录"), Table(GOOD, name="数据")))
    assert (found.sheet.name, found.alike) == ("数据", [])


@pytest.mark.parametrize("kind", FORMATS)
def test_f10_headings_not_used_are_told(kind):
    found, _rows = headed(
        made(kind, [["机构代码", "上报数", "电话", "原因"], ["001", "5", "1", None]]), ignored=["原因"]
    )
    assert found.unused == ["电话"]
    assert found.remarks() == ["以下列未使用：电话"]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("width", [3, 4])
def test_f11_figures_under_a_blank_heading_are_refused(kind, width):
    table = [
        ["机构代码", "上报数", None, "备注"][:width] + [None] * (4 - width),
        ["001", "5", "17", "甲"],
        ["002", "6", None, None],
    ]
    if width == 3:
        table[0][2] = None
        table[1][3] = None
    with pytest.raises(SheetError, match="第2行C列有内容“17”，但该列没有列名"):
        headed(made(kind, table))


def test_figures_beyond_the_headings_are_refused():
    with pytest.raises(SheetError, match="第2行D列有内容“7”"):
        headed("机构代码,上报数,备注\n001,5,甲,7\n".encode())
    found, rows = headed("机构代码,,上报数\n001,,5\n".encode())
    assert len(rows) == 1


@pytest.mark.parametrize("kind", FORMATS)
def test_h23_totals_are_no_rows(kind):
    found, rows = headed(made(kind, [*GOOD, ["合 计", "11", None], [None, "总计：", None]]))
    assert [row.values[0] for row in rows] == ["001", "002"]
    assert found.remarks() == ["合计行2行未读取"]


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_f12_hidden_rows_are_told(kind):
    found, rows = headed(made(kind, Table(GOOD, hidden=(2,))))
    assert len(rows) == 2
    assert found.remarks() == ["含筛选或隐藏的1行"]


@pytest.mark.parametrize(
    ("values", "total"),
    [(("合计", 5), True), ((3, "全县合计："), True), ((Covered("甲"), None, "小 计"), True), (("合计不符",), False),
     ((1, 2), False), ((None,), False), (("甲", "合计"), False)],
)  # fmt: skip
def test_what_sums_up(values, total):
    assert is_total(values) is total


@pytest.mark.parametrize(("at", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_as_a_spreadsheet_names_them(at, letters):
    assert column_letters(at) == letters


def test_h23_a_mapping_belongs_to_its_headings():
    rows = [["单位号", "完成量", "备注"], ["001", "5", "甲"]]
    saved, headings = {"code": "单位号", "count": "完成量"}, ["单位号", "完成量", "备注"]
    found, _rows = headed(made("xlsx", rows), saved=saved, saved_headings=headings)
    assert found.mapped and found.complete
    found, _rows = headed(made("xlsx", GOOD), saved={"note": "机构代码"}, saved_headings=headings)
    assert not found.mapped and found.positions == {"code": 0, "count": 1, "note": 2}


def test_a_file_that_holds_nothing():
    assert headed(made("xlsx", Table([[None]], name="空")))[0] is None


def test_f10_another_name_of_a_column_is_known_and_no_second_one():
    assert match_columns(COLUMNS, ["编码", "上报数"])[0] == {"code": 0, "count": 1}
    assert match_columns(COLUMNS, ["编码", "机构代码", "上报数"]) == ({"code": 1, "count": 2}, [])
    columns = [ImportColumn("name", "姓名", aliases=("单位",)), ImportColumn("unit", "单位")]
    assert match_columns(columns, ["单位"])[0] == {"unit": 0}


def test_cells_that_are_no_values():
    for kind in ("text", "name", "code", "int", "decimal", "money", "date"):
        column = ImportColumn("x", "列", kind)
        with pytest.raises(SheetError, match="“#N/A”是错误值"):
            parse_cell(column, Unread("#N/A", "是错误值"))
        with pytest.raises(SheetError, match="与上一行合并"):
            parse_cell(column, Covered("5"))
    assert parse_cell(ImportColumn("x", "列", fill_down=True), Covered("甲")) == "甲"
    with pytest.raises(SheetError, match="无法识别的字符"):
        parse_cell(ImportColumn("x", "列"), "王\ufffd")
    assert parse_cell(ImportColumn("x", "列", "name"), "张\u3000三") == "张三"
    cleared = parse_cell(ImportColumn("x", "列", clearable=True), "清 空".replace(" ", ""))
    assert cleared is CLEAR and not cleared and repr(cleared) == "CLEAR"
    assert parse_cell(ImportColumn("x", "列"), "清空") == "清空"


# --- Reject workbooks ---


def test_f1_a_lost_number_comes_back_empty_with_what_to_do():
    cells = (Unread("6.217E+18", "末尾数字已丢失"), "甲", Covered("乙"), "坏\x01字")
    content = rejects(
        "导入", ["账号", "姓名", "开户行", "备注"], [(cells, "错"), (("1", "乙", Covered("丙"), ""), "")], "原因"
    )
    heading, first, second = (row.values for row in read_sheet(content).rows)
    assert first[:4] == (None, "甲", None, None)
    assert first[4] == "错〔须重新填写：账号｜开户行｜备注〕"
    assert second[:4] == ("1", "乙", "丙", None)
    assert to_refill(first[4], list(heading), first) == [0, 2, 3]
    assert to_refill(first[4], list(heading), ("6217", *first[1:2], "丙", "字")) == []
    assert to_refill(first[4], list(heading), ()) == [0, 2, 3]
    again = unfilled(first[4], list(heading), first[:2])
    assert [type(cell) is Unread for cell in again] == [True, False, True, True]


def test_what_a_workbook_can_give_back():
    assert given_back("甲\n乙") and given_back(5) and given_back(None)
    assert not given_back("甲\x00")
    assert refill_note([]) == ""
    assert to_refill("错", ["甲"], (None,)) == to_refill(LOOK_AT, ["甲"], (None,)) == []
