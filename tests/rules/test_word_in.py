"""Tables of a Word file as rows: merged cells, repeated headings, several tables, and clear errors."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.importing.spreadsheet_in import read_sheet, sheet_names
from odoo.addons.bphs_base.tools.reading.cells import Covered
from odoo.addons.bphs_base.tools.sheet_guard import Limits, SheetError

HEADING = ("序号", "单位", "问题")


def word(*tables, merge=()):
    """A docx of these tables; ``merge``: (row, column, row, column) within the first."""
    document = docx.Document()
    document.add_paragraph("附件2")
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for line, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("")
    for top, left, bottom, right in merge:
        table = document.tables[0]
        table.cell(top, left).merge(table.cell(bottom, right))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def rows_of(content, limits=None):
    return [row.values for row in read_sheet(content, limits=limits).rows]


def test_a_table_is_read_cell_by_cell():
    content = word([HEADING, ("1", "甲镇卫生院", "用药情况填写不规范"), ("2", "乙镇卫生院", "空项")])
    assert rows_of(content) == [HEADING, ("1", "甲镇卫生院", "用药情况填写不规范"), ("2", "乙镇卫生院", "空项")]
    assert [row.number for row in read_sheet(content).rows] == [1, 2, 3]
    assert sheet_names(content) == []


def test_a_cell_merged_over_rows_counts_for_each():
    content = word([HEADING, ("1", "甲镇卫生院", "一"), ("2", "", "二"), ("3", "", "三")], merge=[(1, 1, 3, 1)])
    covered = Covered("甲镇卫生院")
    assert [row[1] for row in rows_of(content)] == ["单位", "甲镇卫生院", covered, covered]


def test_a_cell_merged_over_columns_leaves_the_others_where_they_are():
    content = word([("题目", "", ""), HEADING, ("1", "甲", "一")], merge=[(0, 0, 0, 2)])
    assert rows_of(content) == [("题目", None, None), HEADING, ("1", "甲", "一")]


def test_a_table_within_a_cell_is_the_text_of_its_cell():
    document = docx.Document(io.BytesIO(word([HEADING, ("1", "甲", "一")])))
    document.tables[0].cell(1, 2).add_table(rows=1, cols=1).cell(0, 0).text = "内表"
    stream = io.BytesIO()
    document.save(stream)
    assert len(rows_of(stream.getvalue())) == 2


def test_the_heading_of_every_page_comes_once():
    content = word([HEADING, ("1", "甲", "一")], [HEADING, ("2", "乙", "二")])
    assert rows_of(content) == [HEADING, ("1", "甲", "一"), ("2", "乙", "二")]


def test_paragraphs_of_a_cell_stay_apart():
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "第一"
    cell.add_paragraph("第二")
    stream = io.BytesIO()
    document.save(stream)
    assert rows_of(stream.getvalue()) == [("第一\n第二",)]


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.text("甲乙丙12", min_size=1, max_size=5)] * 2), min_size=1, max_size=8, unique=True))
def test_what_is_written_is_read(rows):
    assert rows_of(word(rows)) == rows


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (word(), "没有表格"),
        (word([("", "")]), "没有表格"),
        (word([("a", "b")] + [(str(n), "x") for n in range(20)]), "超过 10 行"),
    ],
)
def test_what_cannot_be_read_is_told(content, words):
    with pytest.raises(SheetError, match=words):
        read_sheet(content, limits=Limits(rows=10))


def test_a_damaged_file_is_told():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    with pytest.raises(SheetError, match="损坏"):
        read_sheet(stream.getvalue())


def test_a_declaration_of_entities_is_refused():
    content = word([HEADING])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = text.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e "e">]>', 1)
            new.writestr(name, text)
    with pytest.raises(SheetError, match="不允许的 XML 声明"):
        read_sheet(stream.getvalue())
