"""Official documents after GB/T 9704: the page, the parts, and the same words as PDF and as a Word file."""

import io
import re
from dataclasses import replace

import docx
import pypdf
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.paper import faces
from odoo.addons.bphs_base.tools.paper.fonts import FontFile
from odoo.addons.bphs_base.tools.paper.form import Column, Table, Text
from odoo.addons.bphs_base.tools.paper.official import (
    CHARACTERS,
    EM,
    HEIGHT,
    LINES,
    MM,
    PITCH,
    WIDTH,
    Annex,
    Official,
    head_size,
    level,
    paragraphs,
    title_lines,
)
from odoo.addons.bphs_base.tools.paper.pdf_official import official_pdf
from odoo.addons.bphs_base.tools.paper.pdf_text import MissingGlyphError
from odoo.addons.bphs_base.tools.paper.word_official import official_word

BUREAU, TREASURY = "长治市上党区卫生健康和体育局", "长治市上党区财政局"
LONG = "全区电子健康档案建档数310869，居民规范化电子健康档案数292216，居民规范化电子健康档案覆盖率94%。" * 3
SCORES = Table(
    (Column("no", "序号", "index"), Column("unit", "单位"), Column("final", "总分", "number")),
    [{"unit": f"第{number}卫生院", "final": 90 - number} for number in range(12)],
)
DRAFT = Official(
    issuers=(BUREAU,),
    title="关于2025年度上党区基本公共卫生服务项目暨家庭医生签约服务绩效评价情况的通报",
    addressee="区医疗集团各卫生院，局相关股室：",
    paragraphs=("现将情况通报如下。", "一、项目完成情况", "（一）项目执行情况", LONG, "二、存在问题", LONG),
)
ISSUED = replace(
    DRAFT,
    number="长上卫字〔2026〕2号",
    date="2026年1月5日",
    annexes=(Annex("评价情况表", (SCORES,)), Annex("问题列表", (SCORES, Text("注：略", indent=True)), landscape=False)),
    copies="市卫生健康委，区财政局。",
    printer=BUREAU,
)
LETTER = replace(
    DRAFT,
    title="关于反馈绩效评价结果的函",
    letter=True,
    annexes=(Annex("回执", (Text("已收到。"), Text("签收人：", align="right")), landscape=False),),
)


def read(document):
    return pypdf.PdfReader(io.BytesIO(official_pdf(document))).pages


def flat(page):
    return re.sub(r"\s", "", page.extract_text())


def word(document):
    return docx.Document(io.BytesIO(official_word(document)))


def word_text(document):
    book = word(document)
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "".join([*(paragraph.text for paragraph in book.paragraphs), *cells])


# === THE PAGE === #


def test_the_type_area_holds_22_lines_of_28_characters():
    assert pytest.approx(HEIGHT * MM) == LINES * PITCH
    assert pytest.approx(WIDTH * MM) == CHARACTERS * EM
    section = word(ISSUED).sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [37, 26, 35, 28]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    # In twentieths of a point: what is rounded up does not fit.
    pitch = int(grid.get(qn("w:linePitch")))
    assert pitch * LINES <= HEIGHT * MM * 20 < pitch * (LINES + 1)


def test_28_characters_of_the_word_file_go_into_a_line():
    """By the setting of each run: a grid of characters sets each into two cells in some offices."""
    book = word(ISSUED)
    assert int(book.styles["Normal"].paragraph_format.line_spacing.pt * 20) * LINES <= HEIGHT * MM * 20
    runs = [run for paragraph in book.paragraphs for run in paragraph.runs if run.font.size.pt == 16]
    assert len(runs) > 5
    for run in runs:
        (spacing,) = run._r.rPr.findall(qn("w:spacing"))
        one = run.font.size.pt + int(spacing.get(qn("w:val"))) / 20
        assert one * CHARACTERS <= WIDTH * MM < one * (CHARACTERS + 1)


def test_no_page_of_the_word_file_bears_names_and_seals_alone():
    texts = word(ISSUED).paragraphs
    signed = next(at for at, one in enumerate(texts) if one.text == BUREAU and at > 20)
    # What stands before the names goes with them, back to the last lines of the text.
    told = next(at for at in range(signed, 0, -1) if texts[at].text == LONG)
    assert signed - told >= 4
    assert all(one.paragraph_format.keep_with_next for one in texts[told:signed])


def test_the_foot_of_the_word_file_has_an_even_page_without_a_number():
    last = word(ISSUED).sections[-1]
    assert last.start_type == WD_SECTION.EVEN_PAGE
    for footer in (last.footer, last.even_page_footer):
        assert not footer.is_linked_to_previous
        assert not "".join(paragraph.text for paragraph in footer.paragraphs)
    texts = [paragraph.text for paragraph in word(ISSUED).paragraphs]
    # It is pushed to the bottom by what of the page's 22 lines it leaves free.
    assert texts[-20:-2] == [""] * 18
    assert "印发" in texts[-1]
    # Without annexes it stands on the page of the seals.
    assert len(word(replace(ISSUED, annexes=())).sections) == 1


def test_columns_of_a_word_table_are_as_wide_as_what_they_hold():
    columns = (Column("no", "序号", "index"), Column("unit", "单位", weight=2), Column("final", "总分", "number"))
    wide = Table(columns, [{"unit": "长治市上党区第一中心卫生院" * 2, "final": 9412345.25}] * 3)
    book = word(replace(ISSUED, annexes=(Annex("评价情况表", (wide,)),)))
    (table,) = book.tables
    section = book.sections[1]
    number, unit, final = (cell.width.pt for cell in table.rows[1].cells)
    assert unit > final > number
    room = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    assert number + unit + final == pytest.approx(room, abs=1)
    assert not table.autofit
    # A row is not torn over two pages.
    assert all(row._tr.trPr.findall(qn("w:cantSplit")) for row in table.rows)
    figure = table.rows[1].cells[2].paragraphs[0]
    assert final > len(figure.text) * 0.5 * figure.runs[0].font.size.pt


def test_a_word_table_too_wide_for_its_page_takes_smaller_type_and_breaks_lines_at_last():
    def sizes(count):
        columns = tuple(Column(f"c{at}", "得分", "number") for at in range(count))
        rows = Table(columns, [{column.key: 9412345.25 for column in columns}])
        (table,) = word(replace(ISSUED, annexes=(Annex("评价情况表", (rows,)),))).tables
        widths = [cell.width.pt for cell in table.rows[1].cells]
        return table.rows[1].cells[0].paragraphs[0].runs[0].font.size.pt, sum(widths)

    (few, room), (many, same), (most, last) = sizes(3), sizes(10), sizes(30)
    assert few > many > most == 7.5
    assert room == pytest.approx(same, abs=1) == pytest.approx(last, abs=1)


def test_a_word_file_of_nothing_but_its_title_is_signed():
    assert BUREAU in word_text(replace(DRAFT, paragraphs=()))


def test_a_full_page_of_text_is_22_lines_of_28_characters():
    page = read(replace(DRAFT, paragraphs=("国" * 2000,)))[1]
    lines = [line for line in page.extract_text().splitlines() if "国" in line]
    assert len(lines) == LINES
    assert {len(line.strip()) for line in lines} == {CHARACTERS}


def test_page_numbers_stand_on_the_outer_side():
    places = {}

    def visit(text, _cm, tm, _font, _size):
        if "—" in text:
            places.setdefault(number, tm[4])

    for number, page in enumerate(read(ISSUED)[:4], 1):
        page.extract_text(visitor_text=visit)
        assert f"—{number}—" in flat(page)
    assert places[1] > 297 > places[2]


# === ITS PARTS === #


def test_a_heading_is_told_by_how_it_begins():
    assert [level(text) for text in ("一、评价结果", "（二）经费情况", "一是压实责任。", "一、先改后报。", "正文")] == [
        1, 2, 0, 0, 0,
    ]  # fmt: skip
    assert paragraphs("　　甲\n\n 乙 \n") == ("甲", "乙")
    assert paragraphs(None) == ()


def test_the_red_head_fits_the_width():
    assert head_size(("县卫健局",), "文件") == 42
    assert head_size((BUREAU,), "文件") == pytest.approx(WIDTH * MM / 16)


@given(st.text("关于情况的通报", min_size=1, max_size=90), st.integers(3, 20))
def test_a_title_is_broken_into_lines_that_fit(text, room):
    lines = title_lines(text, room)
    assert "".join(lines) == text
    assert all(len(line) <= room for line in lines)


def test_what_belongs_together_in_a_title_is_not_broken():
    assert title_lines("关于转发《绩效评价办法》的通知", 8) == ["关于转发", "《绩效评价办法》", "的通知"]
    assert title_lines("140404000000000号", 4) == ["140404000000000", "号"]
    assert title_lines("甲140404000000000", 10) == ["甲", "140404000000000"]
    assert title_lines("", 20) == []
    named = "关于反馈韩店社区卫生服务中心2025年第三季度绩效评价结果的函"
    assert title_lines(named, 20) == ["关于反馈韩店社区卫生服务中心", "2025年第三季度绩效评价结果的函"]
    assert title_lines("关于2025年第三季度基本公共卫生服务绩效评价情况的通报", 20) == [
        "关于2025年第三季度基本公共卫生",
        "服务绩效评价情况的通报",
    ]


def test_a_heading_goes_with_the_short_words_below_it():
    """Where names and seals leave too little room on the page, the heading goes over with them."""
    for lines in range(12, 22):
        text = ("甲" * 28 * lines, "三、工作要求", "请逐项整改。")
        for page in read(replace(LETTER, paragraphs=text, annexes=ISSUED.annexes)):
            assert not re.search("三、工作要求(—[0-9]+—)?$", flat(page)), lines


def test_an_issued_document_says_everything():
    text = "".join(map(flat, read(ISSUED)))
    for words in (
        f"{BUREAU}文件",
        ISSUED.number,
        ISSUED.addressee,
        "一、项目完成情况",
        "附件：1.评价情况表",
        "2.问题列表",
        ISSUED.date,
        "附件1",
        "第11卫生院",
        f"抄送：{ISSUED.copies}",
        f"{ISSUED.date}印发",
    ):
        assert words in text
        assert words in re.sub(r"\s", "", word_text(ISSUED))
    assert "".join(title_lines(ISSUED.title, 20)) in text


def test_several_issue_together():
    joint = replace(ISSUED, issuers=(BUREAU, TREASURY))
    assert flat(read(joint)[0]).count("文件") == 1
    for names in (joint.issuers, (*joint.issuers, "长治市上党区医疗保障局")):
        several = replace(joint, issuers=names)
        text = "".join(map(flat, read(several)))
        assert all(text.count(name) >= 2 for name in names)
        assert all(word_text(several).count(name) >= 2 for name in names)


def test_a_lone_character_heads_a_document_of_two():
    assert "文件" in flat(read(replace(DRAFT, issuers=("县", TREASURY)))[0])


@pytest.mark.parametrize("document", [ISSUED, LETTER], ids=["bulletin", "letter"])
def test_a_draft_is_marked_at_the_head_of_each_page_in_word(document):
    for section in word(replace(document, watermark="送审稿")).sections:
        heads = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        assert ["".join(one.text for one in head.paragraphs) for head in heads] == ["送审稿"] * len(heads)
    for section in word(document).sections:
        assert not any(head.paragraphs[0].text for head in (section.header, section.even_page_header))


def test_a_draft_bears_no_number_and_is_marked():
    text = "".join(map(flat, read(replace(DRAFT, watermark="送审稿"))))
    assert "送审稿" in text
    assert "年月日" in text
    assert "印发" not in text
    assert "印发" not in word_text(DRAFT)
    alone = replace(DRAFT, printer=BUREAU)
    assert "印发" in word_text(alone)
    assert "抄送" not in flat(read(alone)[-1]) + word_text(alone)


def test_a_letter_has_no_number_on_its_first_page():
    pages = read(LETTER)
    assert "—1—" not in flat(pages[0])
    assert "—2—" in flat(pages[1])
    assert "文件" not in flat(pages[0])
    assert "附件：回执" in flat(pages[0]) + flat(pages[1])
    assert word(LETTER).sections[0].different_first_page_header_footer


@pytest.mark.parametrize("length", [0, 300, 800, 1300])
def test_the_foot_stands_on_an_even_page(length):
    document = replace(ISSUED, paragraphs=("国" * length,) if length else (), annexes=())
    for one in (document, replace(document, annexes=ISSUED.annexes), replace(document, annexes=ISSUED.annexes[:1])):
        pages = read(one)
        assert len(pages) % 2 == 0
        assert "印发" in flat(pages[-1])


def test_an_empty_page_before_the_foot_bears_no_number():
    documents = [replace(ISSUED, paragraphs=("国" * length,)) for length in (200, 700, 1200)]
    empty = [pages for pages in map(read, documents) if not flat(pages[-2])]
    assert empty
    for pages in empty:
        assert "—" not in flat(pages[-1])
        assert f"—{len(pages) - 2}—" in flat(pages[-3])


@pytest.mark.parametrize("length", [*range(0, 1000, 84), 380, 406, 408, 434])
def test_no_page_bears_names_and_seals_alone(length):
    pages = read(replace(DRAFT, paragraphs=("国" * length,)))
    last = flat(pages[-1])
    assert BUREAU in last
    assert "国" in last or not length


def test_a_heading_is_not_the_last_line_of_a_page():
    for length in range(0, 280, 28):
        pages = read(replace(DRAFT, paragraphs=("国" * length, "一、评价结果", "（一）项目", "国" * 600)))
        lines = flat(pages[0]).split("—1—")[0]
        assert not lines.endswith(("评价结果", "（一）项目"))


def test_a_character_no_font_has_is_named():
    with pytest.raises(MissingGlyphError, match="正文"):
        official_pdf(replace(DRAFT, paragraphs=("甲\U0010fffd",)))


# === FACES === #


def test_the_first_face_that_is_installed_is_taken(monkeypatch):
    absent = FontFile("no-such-face.ttf", "")
    for choices in ((absent, faces.BODY), (faces.BODY, absent)):
        monkeypatch.setitem(faces.FACES, "odd", choices)
        faces.official_fonts.cache_clear()
        assert "zenhei" in faces.official_fonts("odd").split_by_font("国")[0].font
    faces.official_fonts.cache_clear()


def test_the_same_document_gives_the_same_bytes():
    assert official_pdf(ISSUED) == official_pdf(ISSUED)
