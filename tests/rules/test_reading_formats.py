"""Every case through every format: what a person sees in the file is what comes out, or it is told what was seen."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

import docx
import pytest
import xlsxwriter
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from files import made_files
from hostile_files import many_members, sheet_of

from odoo.addons.bphs_base.tools.importing.spreadsheet_in import read_sheet, sheet_names
from odoo.addons.bphs_base.tools.reading import merges, xls_in, xlsx_in
from odoo.addons.bphs_base.tools.reading.book import open_here
from odoo.addons.bphs_base.tools.reading.cells import NO_RESULT, Covered, SheetRow, Unread, number_value
from odoo.addons.bphs_base.tools.reading.merges import Merges
from odoo.addons.bphs_base.tools.reading.text_in import loose_cells
from odoo.addons.bphs_base.tools.sheet_guard import Limits, SheetError

FORMATS, WORKBOOKS, TEXTS = made_files.FORMATS, made_files.WORKBOOKS, made_files.TEXTS
Table, Broken, Bare, made = made_files.Table, made_files.Broken, made_files.Bare, made_files.made
zipped = made_files.zipped
HEADINGS = ["序号", "单位", "数量"]


def rows(kind, *tables, **options):
    return read_sheet(made(kind, *tables), **options).rows


def values(kind, *tables):
    return [row.values for row in rows(kind, *tables)]


@pytest.mark.parametrize("kind", FORMATS)
def test_texts_come_out_as_they_are(kind):
    table = [HEADINGS, ["1", "荫城卫生院", "12"], ["2", "北呈卫生院", "=1+1"]]
    assert values(kind, table) == [tuple(row) for row in table]


@pytest.mark.parametrize("kind", FORMATS)
def test_f9_radicals_and_f8_odd_blanks(kind):
    (row,) = values(kind, [["荫城镇中⼼卫⽣院", "⻢⼩试", "张\u3000三", "东街\u00a0三号"]])
    assert row == ("荫城镇中心卫生院", "马小试", "张 三", "东街 三号")


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_values_of_workbooks(kind):
    day = date(2025, 1, 5)
    (row,) = values(kind, [[5, 1.5, 0.1 + 0.2, day, True]])
    assert row == (5, Decimal("1.5"), Decimal("0.3"), day, True)
    assert [type(cell) for cell in row] == [int, Decimal, Decimal, date, bool]


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_f1_a_number_of_lost_digits_is_told(kind):
    ((cell,),) = values(kind, [[6217000012345678901]])
    assert isinstance(cell, Unread) and cell.shown == "6.217E+18" and "末尾数字已丢失" in str(cell)


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_f4_a_formula_without_a_result_is_told(kind):
    found = values(kind, [["甲", Bare("5+6")], ["乙", 3]])
    assert found[0][1] == Unread("", NO_RESULT)
    assert str(found[0][1]) == NO_RESULT


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_f5_error_values_are_told(kind):
    found = values(kind, [["甲", Broken("#N/A")], ["乙", Broken("#DIV/0!")]])
    assert [row[1].shown for row in found] == ["#N/A", "#DIV/0!"] if kind != "ods" else ["#N/A", "#DIV/0!"]
    assert all("错误值" in row[1].why for row in found)


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_f12_hidden_rows_are_read_and_marked(kind):
    told = rows(kind, Table([HEADINGS, ["1", "甲", 1], ["2", "乙", 2]], hidden=(2,)))
    assert [row.hidden for row in told] == [False, False, True]
    assert told[2].values[1] == "乙"


@pytest.mark.parametrize("kind", (*WORKBOOKS, "docx"))
def test_f17_only_merged_cells_fill_down(kind):
    table = Table([HEADINGS, ["1", "甲", "5"], ["2", None, "6"], ["3", None, "7"]], merged=[(1, 1, 2, 1)])
    found = values(kind, table)
    assert found[2][1] == Covered("甲")
    assert found[3][1] is None


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_visible_sheets_each(kind):
    assert sheet_names(made(kind, Table([["甲"]], name="一"), Table([["乙"]], name="二"))) == ["一", "二"]


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_blank_rows_keep_the_numbers_of_the_others(kind):
    found = rows(kind, [[None, None], ["甲", 1], [None, None], ["乙", 2]])
    assert [row.number for row in found] == [2, 4]


@pytest.mark.parametrize("kind", FORMATS)
def test_limits_hold_in_every_format(kind):
    small = Limits(rows=4, columns=4, cells=9, text=40)
    for table, words in (
        ([["甲"]] * 3 + [["乙"]] * 3, "超过 4 行"),
        ([["甲"] * 6], "超过 4 列"),
        ([["甲", "乙", "丙"], ["丁", "戊", "己"], ["庚", "辛", "壬"], ["癸", "子", "丑"]], "超过 9 个单元格"),
        ([["甲" * 30], ["乙" * 30]], "超过 40 个字符"),
    ):
        with pytest.raises(SheetError, match=words):
            rows(kind, table, limits=small)


# --- xlsx ---


def test_formulas_without_a_result_in_the_last_row():
    found = rows("xlsx", [["甲"], [Bare()]])
    assert (found[1].number, found[1].values) == (2, (Unread("", NO_RESULT),))


def test_broken_cells_that_do_not_say_where_they_stand():
    for cell in (b"<c><f>5+6</f></c>", b'<c t="e"><v>#N/A</v></c>'):
        with pytest.raises(SheetError, match="没有标明位置"):
            read_sheet(sheet_of(b"<row>" + cell + b"</row>"))


def test_a_text_that_many_cells_share_is_counted_for_each():
    row = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>9</v></c></row>'
    content = sheet_of(row, shared=b"<si><t>" + b"x" * 30 + b"</t></si>")
    with pytest.raises(SheetError, match="超过 40 个字符"):
        read_sheet(content, limits=Limits(text=40))
    row = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    content = sheet_of(row, shared=b"<si><t>" + b"x" * 30 + b"</t></si><si><t>y</t></si>")
    assert read_sheet(content, limits=Limits(text=70)).rows[0].values == ("x" * 30, "y")


def test_more_merged_cells_than_any_table_has(monkeypatch):
    monkeypatch.setattr(xlsx_in, "MOST_MERGES", 1)
    monkeypatch.setattr(merges, "MOST_MERGES", 1)
    table = Table([["甲", "乙"], [None, None], ["丙"], [None]], merged=[(0, 0, 1, 0), (0, 1, 1, 1), (2, 0, 3, 0)])
    with pytest.raises(SheetError, match="合并单元格超过"):
        values("xlsx", table)


def test_a_moment_at_midnight_is_a_day():
    book = xlsxwriter.Workbook(stream := io.BytesIO())
    page = book.add_worksheet()
    page.write_datetime(0, 0, datetime(2025, 3, 31), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    book.close()
    (day,) = read_sheet(stream.getvalue()).rows[0].values
    assert day == date(2025, 3, 31) and type(day) is date


# --- What is no workbook ---


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        (zipped(b"x", "xl/workbook.bin"), "xlsb"),
        (zipped(b"x", "a/表.xlsx"), "压缩包，请解压后逐个上传其中的文件：a/表.xlsx"),
        (zipped(b"x", "a.txt"), "不是 Excel 或 WPS 工作簿"),
        (b"MZ\0\0", "文件是程序"),
        (b"," * 20_000, "第1行超过 16384 列"),
        (b"\n" * 300_000, "超过 50000 行"),
    ],
)
def test_it_is_told_what_a_file_is(content, words):
    with pytest.raises(SheetError, match=words):
        read_sheet(content)


def test_text_that_begins_like_a_program_is_text():
    assert read_sheet(b"BMI,MZ\n1,2\n").rows[0].values == ("BMI", "MZ")


def test_more_files_in_one_than_any_workbook_has():
    with pytest.raises(SheetError, match="压缩包内超过 5000 个文件"):
        read_sheet(many_members())


# --- Text ---


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"两癌"筛查登记不全\t5', [['"两癌"筛查登记不全', "5"]]),
        ('"说了""是"""\t5', [['说了"是"', "5"]]),
        ('"两\n行"\t5\r\n6', [["两\n行", "5"], ["6"]]),
        ('"开\t关"\t5', [['"开', '关"', "5"]]),
        ('甲"乙\t"', [['甲"乙', '"']]),
        ("", [[""]]),
        ("甲\n", [["甲"]]),
    ],
)
def test_f13_a_quote_that_does_not_close_is_text(text, cells):
    assert list(loose_cells(text, "\t")) == cells


def test_quotes_between_commas():
    assert list(loose_cells('"甲,乙",丙\n"丁"戊,己', ",")) == [["甲,乙", "丙"], ['"丁"戊', "己"]]
    assert [row.values for row in read_sheet('序号,问题\n1,"两癌"筛查\n'.encode()).rows][1] == ("1", '"两癌"筛查')
    assert [row.values for row in read_sheet('序号,问题\n1,"甲,乙"\n'.encode()).rows][1] == ("1", "甲,乙")


def test_a_cell_longer_than_any_workbook_holds_is_refused():
    for text in ("甲" * 40_000, '"' + "甲" * 40_000):
        with pytest.raises(SheetError, match="第1行有单元格超过 32767 个字符"):
            read_sheet(text.encode())
    with pytest.raises(SheetError, match="第1行有单元格超过 32767 个字符"):
        read_sheet(b"x" * 200_000)


def test_broken_text_is_taken_where_its_rows_are_judged():
    content = "姓名,村\n王".encode() + b"\xff\xff\n"
    with pytest.raises(SheetError, match="文字编码"):
        read_sheet(content)
    assert read_sheet(content, limits=Limits(broken_text=True)).rows[1].values == ("王��",)
    marked = b"\xef\xbb\xbf" + content
    assert read_sheet(marked, limits=Limits(broken_text=True)).rows[0].values == ("姓名", "村")


# --- xls ---


def test_days_and_times_of_an_old_workbook():
    book = xlwt.Workbook()
    page = book.add_sheet("一")
    for column, (number, form) in enumerate(
        ((45000, "yyyy-mm-dd"), (45000.5, "yyyy-mm-dd hh:mm"), (0.25, "hh:mm"), (9e9, "yyyy-mm-dd"))
    ):
        page.write(0, column, number, xlwt.easyxf(num_format_str=form))
    page.write(0, 4, "")
    page.write(0, 5, xlwt.Formula('"甲"'))
    stream = io.BytesIO()
    book.save(stream)
    found = read_sheet(stream.getvalue()).rows[0].values
    assert found[:3] == (date(2023, 3, 15), datetime(2023, 3, 15, 12), time(6))
    assert found[3].why == "不是日期"
    assert found[4:] == (None, None)


def test_an_older_old_workbook_has_no_such_records(monkeypatch):
    monkeypatch.setattr(xls_in, "_BIFF8", 10_000)
    table = Table([["甲", "乙"], [None, "丙"]], merged=[(0, 0, 1, 0)])
    assert values("xls", table) == [("甲", "乙"), (None, "丙")]


@pytest.mark.parametrize(
    ("raised", "words"),
    [(xls_in.xlrd.XLRDError("Workbook is encrypted"), "已加密"), (xls_in.xlrd.XLRDError("x"), "损坏")],
)
def test_failures_of_the_old_reader(raised, words, monkeypatch):
    def fails(**_options):
        raise raised

    monkeypatch.setattr(xls_in.xlrd, "open_workbook", fails)
    with pytest.raises(SheetError, match=words):
        rows("xls", [["甲"]])


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
def test_memory_that_ends_is_no_damage(kind, monkeypatch):
    def fails(*_arguments, **_options):
        raise MemoryError

    monkeypatch.setattr(xls_in.xlrd, "open_workbook", fails)
    monkeypatch.setattr(xlsx_in.python_calamine, "load_workbook", fails)
    with pytest.raises(MemoryError):
        rows(kind, [["甲"]])


def test_records_that_break_off(monkeypatch):
    monkeypatch.setattr(xls_in, "_workbook_stream", lambda _content: b"\x09\x08\0\0" + b"\xe5\0\x02\0\x09\0")
    records = xls_in._Records(SimpleNamespace(biff_version=80, _sh_abs_posn=[0]), b"", 0)
    assert (records.hidden, records.merges, records.bare) == (set(), [], set())


@pytest.mark.parametrize("kind", FORMATS)
def test_a_sheet_is_read_as_often_as_it_is_asked_for(kind):
    _kind, (sheet, *_others) = open_here(made(kind, [["甲"], ["乙"]]), Limits())
    assert list(sheet.rows()) == list(sheet.rows())


# --- ods ---


def cell(told, text="", more=""):
    return f"<table:table-cell {told}><text:p>{text}</text:p>{more}</table:table-cell>"


def ods_values(*cells):
    body = f'<table:table table:name="一"><table:table-row>{"".join(cells)}</table:table-row></table:table>'
    return read_sheet(made_files.ods_file(body)).rows[0].values


def test_an_ods_says_what_is_printed():
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    guide = "<text:ruby><text:ruby-base>卜</text:ruby-base><text:ruby-text>bǔ</text:ruby-text></text:ruby>一"
    assert ods_values(
        cell('office:value-type="string"', "甲<text:s text:c='2'/>乙<text:tab/>丙<text:line-break/>丁"),
        cell('office:value-type="string"', guide, note),
        cell('office:value-type="string" office:string-value="戊"'),
        cell('office:value-type="percentage" office:value="0.7"', "70%"),
        cell('office:value-type="boolean" office:boolean-value="true"', "TRUE"),
        cell('office:value-type="time" office:time-value="PT08H30M00S"', "8:30"),
        cell('office:value-type="time" office:time-value="PT30H00M00S"', "30:00"),
        cell('office:value-type="time" office:time-value="x"', "x"),
        cell('office:value-type="date" office:date-value="2025-01-05T08:30:00.5"', "x"),
        cell('table:formula="of:=1" office:value-type="string"', "Err:502"),
    ) == (
        "甲  乙 丙\n丁", "卜一", "戊", Decimal("0.7"), True, time(8, 30), timedelta(hours=30), time(0),
        datetime(2025, 1, 5, 8, 30), Unread("Err:502", "是错误值，请改正后再上传"),
    )  # fmt: skip


def test_a_hidden_sheet_of_an_ods_is_not_read():
    style = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    page = "<table:table-row>" + cell('office:value-type="string"', "甲") + "</table:table-row>"
    body = (
        f'<table:table table:name="藏" table:style-name="h">{page}</table:table>'
        f'<table:table table:name="看">{page}</table:table>'
    )
    assert sheet_names(made_files.ods_file(body, style)) == ["看"]


def test_what_is_no_cell_of_an_ods_and_the_second_sheet():
    page = "<table:table-row><table:other/>" + cell('office:value-type="string"', "{}") + "</table:table-row>"
    body = "".join(f'<table:table table:name="{one}">{page.format(one)}</table:table>' for one in "一二")
    content = made_files.ods_file(body)
    assert [read_sheet(content, one).rows[0].values for one in "一二"] == [("一",), ("二",)]


@pytest.mark.parametrize("told", ['office:value-type="float" office:value="x"',
                                  'office:value-type="date" office:date-value="x"'])  # fmt: skip
def test_a_damaged_value_of_an_ods(told):
    with pytest.raises(SheetError, match="损坏"):
        ods_values(cell(told))


# --- Word ---


def changed_table(xml_of_cell):
    """A table of one cell with this XML in its paragraph."""
    document = docx.Document()
    table = document.add_table(1, 1)
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{xml_of_cell}</w:p>")
    table.cell(0, 0)._tc.replace(table.cell(0, 0).paragraphs[0]._p, paragraph)
    return document


def told(document):
    stream = io.BytesIO()
    document.save(stream)
    return [row.values for row in read_sheet(stream.getvalue()).rows]


def run(text, formats=""):
    return f"<w:r>{formats}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"{run('甲')}<w:del>{run('乙')}</w:del><w:ins>{run('丙')}</w:ins>", "甲丙"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom>{run('中')}<w:moveTo>{run('新')}</w:moveTo>", "中新"),
        (
            f"<w:r><w:ruby><w:rt>{run('bǔ')}</w:rt><w:rubyBase>{run('卜')}</w:rubyBase></w:ruby></w:r>{run('一')}",
            "卜一",
        ),
        (f"{run('藏', '<w:rPr><w:vanish/></w:rPr>')}{run('看')}", "看"),
        (f"{run('看', '<w:rPr><w:vanish w:val=' + chr(34) + '0' + chr(34) + '/></w:rPr>')}", "看"),
        (f"{run('看', '<w:rPr><w:b/></w:rPr>')}", "看"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:br/></w:r>", "甲-乙 丙"),
        ("<w:r><w:t/></w:r>" + run("甲"), "甲"),
    ],
)
def test_f19_word_as_printed_with_all_changes_accepted(xml, text):
    assert told(changed_table(xml)) == [(text,)]


def test_f19_deleted_rows_and_cells_of_a_table():
    document = docx.Document(io.BytesIO(made("docx", [["甲", "乙"], ["丙", "丁"]])))
    first, second = document.tables[0].rows
    second._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    first.cells[0]._tc.get_or_add_tcPr().append(parse_xml(f"<w:cellDel {nsdecls('w')}/>"))
    assert told(document) == [("乙",)]


def test_a_row_that_begins_further_right():
    document = docx.Document(io.BytesIO(made("docx", [["甲", "乙"], ["丙", "丁"]])))
    row = document.tables[0].rows[1]._tr
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))
    assert told(document) == [("甲", "乙"), (None, "丁")]


@pytest.mark.parametrize(("span", "words"), [("100000000", "超过 200 列"), ("x", "损坏")])
def test_a_span_without_an_end_is_refused(span, words):
    document = docx.Document(io.BytesIO(made("docx", [["甲", "乙"]])))
    formats = document.tables[0].cell(0, 0)._tc.get_or_add_tcPr()
    formats.append(parse_xml(f"<w:gridSpan {nsdecls('w')}/>"))
    formats.find(qn("w:gridSpan")).set(qn("w:val"), span)
    with pytest.raises(SheetError, match=words):
        told(document)


def test_a_part_of_no_merged_cell_holds_nothing():
    document = docx.Document(io.BytesIO(made("docx", [["甲", "乙"]])))
    document.tables[0].cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))
    assert told(document) == [(None, "乙")]


# --- Cells and merges ---


def test_merges_below_each_other_and_without_a_first_row():
    found = Merges([(0, 1, 0, 0), (2, 3, 0, 0), (5, 7, 1, 1), (0, 0, 0, 3)]).filled(
        [SheetRow(1, ("甲", 1)), SheetRow(2, (None, 2)), SheetRow(3, ("乙",)), SheetRow(4, (None, 3)),
         SheetRow(7, ("丙", None)), SheetRow(8, (None, None))]
    )  # fmt: skip
    assert [row.values for row in found] == [
        ("甲", 1), (Covered("甲"), 2), ("乙",), (Covered("乙"), 3), ("丙", None),
    ]  # fmt: skip
    wide = Merges([(0, 1, 2, 2)]).filled([SheetRow(1, (None, None, "甲")), SheetRow(2, ("乙",))])
    assert [row.values for row in wide][1] == ("乙", None, Covered("甲"))
    with pytest.raises(SheetError, match="合并单元格超过"):
        Merges((0, 1, 0, 0) for _at in range(60_000))


def test_no_number_is_no_number():
    assert number_value(float("nan")).why == "不是数字"
