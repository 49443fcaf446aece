"""Printed forms: every figure on paper, headers on each page, and no lost character."""

import io
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pypdf
import pytest
from paper_forms import (
    amount,
    approval_form,
    notice_form,
    prepayment_form,
    settlement_form,
    settlement_table,
)
from PIL import Image
from work import growth

from odoo.addons.bphs_base.tools.paper.fonts import FontFile, Fonts
from odoo.addons.bphs_base.tools.paper.form import (
    Column,
    CutLine,
    Form,
    FormError,
    Opinion,
    Opinions,
    Picture,
    Pictures,
    Signature,
    Table,
    Text,
    shown,
)
from odoo.addons.bphs_base.tools.paper.pdf_form import form_pdf
from odoo.addons.bphs_base.tools.paper.pdf_layout import share_width
from odoo.addons.bphs_base.tools.paper.pdf_text import MissingGlyphError

A4 = (595, 842)


def pages(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def flat(text):
    return re.sub(r"\s", "", text)


def long_form(text, **changes):
    return approval_form(blocks=(Opinions((Opinion("意见", text),)),), **changes)


def photo(shade):
    stream = io.BytesIO()
    Image.new("RGB", (1600, 900), (shade, 0, 90)).save(stream, "JPEG")
    return stream.getvalue()


def test_photos_stand_in_rows_with_their_captions():
    pictures = tuple(Picture(f"第{number}张 补填后的记录", photo(number * 40)) for number in range(1, 6))
    broken = Picture("不是照片", b"nothing")
    content = form_pdf(Form("整改报告", (Text("正文"), Pictures((*pictures, broken))), unit=""))
    read = pypdf.PdfReader(io.BytesIO(content)).pages
    assert sum(len(page.images) for page in read) == 5
    text = "".join(page.extract_text() for page in read)
    assert all(picture.caption in text for picture in (*pictures, broken))
    # Reckoned down to what is needed on paper.
    assert max(max(image.image.size) for page in read for image in page.images) <= 900


def test_settlement_sheet_over_several_pages():
    form = settlement_form(60)
    texts = pages(form_pdf(form))
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"第 {number} 页 / 共 {len(texts)} 页" in text
        assert form.title in text
        assert all(column.title in text for column in form.blocks[0].columns)
    whole = flat("".join(texts))
    for row in form.blocks[0].rows:
        assert f"{row['pay']:,.2f}" in whole
    assert form.issuers[0] in texts[0] and "长上卫字〔2025〕18号" in texts[0]
    assert "单位：元" in texts[0]
    assert f"人民币{form.blocks[1].capitals}" in flat(texts[-1])


def test_signatures_never_stand_alone_on_a_page():
    """Whatever the number of rows, the page of the signatures holds rows and total too."""
    for rows in (1, 2, 3, *range(14, 26), 44, 45, 60):
        texts = pages(form_pdf(settlement_form(rows)))
        assert "合计" in texts[-1] and "负责人：" in texts[-1], rows
        assert f"{amount(rows - 1, 7):,.2f}" in texts[-1], rows
        # No header in the middle of a page.
        assert all(text.count("核定额") == 1 for text in texts), rows


def test_total_row_is_the_exact_sum():
    table = settlement_table(60)
    fen = sum(int(row["v"] * 100) for row in table.rows)
    assert table.total(table.columns[2]) == Decimal(fen).scaleb(-2)
    whole = "".join(pages(form_pdf(settlement_form(60))))
    assert f"{Decimal(fen).scaleb(-2):,.2f}" in whole


def test_orientation_and_embedded_fonts():
    for form, size in ((settlement_form(3), A4[::-1]), (approval_form(), A4)):
        reader = pypdf.PdfReader(io.BytesIO(form_pdf(form)))
        box = reader.pages[0].mediabox
        assert (round(box.width), round(box.height)) == size
        fonts = reader.pages[0]["/Resources"]["/Font"].values()
        embedded = [font for font in fonts if "/FontDescriptor" in font.get_object()]
        assert embedded
        for font in embedded:
            assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()


def test_prepayment_sheet_prints_rare_names_and_account_tails():
    text = flat("".join(pages(form_pdf(prepayment_form()))))
    for word in ("赵𬭎", "钱䶮", "周𫖯", "0000", "0037", "70%", "负责人："):
        assert word in text


def test_approval_sheet_has_a_box_a_stage():
    (text,) = pages(form_pdf(approval_form()))
    text = flat(text)
    for word in (
        "基层卫生股意见", "公示无异议，同意拨付。", "签字：王淼2025年10月9日", "区财政局意见",
        "贰仟捌佰肆拾玖万陆仟陆佰玖拾伍元整", "收款户数262", "（财政局盖章）", "内部资料",
    ):  # fmt: skip
        assert word in text


def test_notice_has_groups_counterfoil_and_a_balanced_title():
    texts = pages(form_pdf(notice_form()))
    assert "".join(texts).count("回执") == 1
    for text in texts:
        assert text.count("核定额") == 1 and "结算" in text
    assert "一、结算结果" in texts[0]
    assert "单位：" not in texts[0]
    assert "2025年9月22日" in texts[-1]


def test_the_same_form_gives_the_same_bytes():
    assert form_pdf(settlement_form(5)) == form_pdf(settlement_form(5))


def test_the_work_grows_with_the_table_no_faster():
    assert growth(lambda rows: form_pdf(settlement_form(rows)), 112, 448) < 1.5


def test_a_text_longer_than_a_page_is_broken_not_clipped():
    told = "".join(f"第{number}条，同意拨付。" for number in range(700))
    texts = pages(form_pdf(long_form(told)))
    assert len(texts) > 2
    body = flat("".join(texts))
    assert body.count("条") == body.count("同意") == 700
    assert "签字：" in texts[-1]


def test_running_text_breaks_over_pages():
    told = "\n".join(f"第{number}条，按季结算。" for number in range(120))
    texts = pages(form_pdf(Form("通知", (Text(told, indent=True), CutLine("回执")), unit="")))
    assert len(texts) > 2
    assert all(f"第{number}条" in "".join(texts) for number in range(120))


def test_an_oversize_row_starts_where_the_page_has_no_room_left():
    for lines in range(28, 42):
        text = Text("\n".join(["说明"] * lines))
        table = Table((Column("a", "依据"),), [{"a": "很长的依据，" * 1500}])
        texts = pages(form_pdf(Form("表", (text, table))))
        assert "".join(texts).count("很") == 1500, lines


def test_wide_figures_shrink_the_type_and_never_lose_a_digit():
    for count in (8, 14, 40):
        columns = tuple(Column(f"c{at}", f"列{at}", "money", total=True) for at in range(count))
        table = Table(columns, [{f"c{at}": Decimal("123456789.12") for at in range(count)}])
        text = flat("".join(pages(form_pdf(Form("宽表", (table,), signatures=())))))
        assert text.count("123,456,789.12") == 2 * count


def test_a_total_is_not_alone_on_a_page():
    columns = (Column("a", "列"), Column("b", "额", "money", total=True))
    for rows in range(20, 45):
        table = Table(columns, [{"a": "甲", "b": 1}] * rows)
        texts = pages(form_pdf(Form("表", (table,), unit="", signatures=())))
        assert "甲" in texts[-1] and "合计" in texts[-1], rows


def test_a_total_below_a_row_as_high_as_a_page_stands_on_the_next():
    columns = (Column("a", "列"), Column("b", "额", "money", total=True))
    spread = set()
    for lines in range(46, 60):
        table = Table(columns, [{"a": "\n".join("甲" * lines), "b": 1}])
        texts = pages(form_pdf(Form("表", (table,), signatures=())))
        assert sum(text.count("甲") for text in texts) == lines
        assert "合计" in texts[-1]
        spread.add(tuple(bool(text.count("甲")) for text in texts))
    assert (False, True, False) in spread


def test_a_total_in_the_first_column_keeps_its_label():
    table = Table((Column("a", "额", "money", total=True),), [{"a": 1}])
    (text,) = pages(form_pdf(Form("表", (table,), signatures=())))
    assert "合计\n1.00" in text


def test_much_text_below_a_table_is_not_bound_to_it():
    table = Table((Column("a", "列"),), [{"a": "甲"}] * 3)
    texts = pages(form_pdf(Form("表", (table, Text("\n".join(["说明"] * 60))))))
    assert len(texts) == 2
    assert texts[0].count("甲") == 3 and texts[0].count("说明") > 20


def test_absurdly_high_header_is_refused():
    table = Table((Column("a", "很长的列名" * 900),), [])
    with pytest.raises(FormError, match="表头过高"):
        form_pdf(Form("表", (table,)))


def test_a_small_table_moves_with_its_signatures():
    columns = (Column("a", "列", "money", total=True),)
    for rows, lines in ((rows, lines) for rows in (1, 2) for lines in range(24, 42)):
        text = Text("\n".join(["说明"] * lines))
        table = Table(columns, [{"a": 2}] * rows)
        texts = pages(form_pdf(Form("表", (text, table), seals=("（盖章）",))))
        assert sum(told.count("列") for told in texts) <= len(texts), lines
        (last,) = (told for told in texts if "合计" in told)
        assert "2.00" in last.replace("合计\n2.00", ""), lines
        assert "制表" in last and "盖章" in last, lines


def test_missing_characters_are_refused_with_their_places():
    form = approval_form(blocks=(Table((Column("n", "姓名"),), [{"n": "张明"}, {"n": "李\ue000"}], title="名单"),))
    with pytest.raises(MissingGlyphError, match="“名单”第2行“姓名”") as caught:
        form_pdf(form)
    assert [item.char for item in caught.value.missing] == ["\ue000"]


def test_missing_characters_can_be_marked_and_listed_on_the_paper():
    text = flat("".join(pages(form_pdf(approval_form(title="审批单🫠"), mark_missing=True))))
    assert "审批单〓" in text
    assert "标题：U+1FAE0" in text
    assert "注：下列文字字库缺字" in text


def test_missing_font_packages_are_named():
    fonts = Fonts(rare=(FontFile("nowhere.ttf", "fonts-nowhere"),))
    with pytest.raises(MissingGlyphError, match="fonts-nowhere"):
        form_pdf(prepayment_form(), fonts)


def test_signatures_may_carry_names_and_a_form_may_have_none():
    (text,) = pages(form_pdf(Form("表", (), signatures=(Signature("制表", "王淼"), "复核"))))
    assert "制表：王淼" in text and "复核：" in text
    (text,) = pages(form_pdf(Form("表", (Text("文"),), signatures=())))
    assert "：" in text and "制表" not in text
    assert pages(form_pdf(Form("表", (), unit="", signatures=(), date="今日")))[0].count("今日") == 1


def test_unknown_blocks_are_refused():
    with pytest.raises(FormError, match="不认识的版块：str"):
        form_pdf(Form("表", ("文字",)))


def test_two_tables_follow_each_other():
    table = Table((Column("a", "甲", "integer", total=True),), [{"a": 7}], title="")
    text = "".join(pages(form_pdf(Form("表", (table, replace(table, title="二"))))))
    assert text.count("甲") == 2 and "二" in text


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (Column("a", "甲", "money"), Decimal("28496695"), "28,496,695.00"),
        (Column("a", "甲", "money"), Decimal("-0.5"), "-0.50"),
        (Column("a", "甲", "integer"), Decimal(12345), "12,345"),
        (Column("a", "甲", "number", digits=2), Decimal("0.125"), "0.13"),
        (Column("a", "甲", "number", digits=0), Decimal("2.5"), "3"),
        (Column("a", "甲", "percent"), Decimal("0.98765"), "98.77%"),
        (Column("a", "甲", "date"), date(2025, 3, 31), "2025-03-31"),
        (Column("a", "甲", "date"), datetime(2025, 3, 31, 8, 5), "2025-03-31 08:05"),
        (Column("a", "甲"), True, "是"),
        (Column("a", "甲"), None, ""),
        (Column("a", "甲", "code"), "00123", "00123"),
    ],
)
def test_values_as_printed(column, value, expected):
    assert shown(column, value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("money", 0.1, Decimal("0.1")),
        ("money", None, None),
        ("money", False, None),
        ("money", 0, Decimal(0)),
        ("text", "", None),
        ("text", "文", "文"),
        ("index", "x", 1),
        ("sign", "x", None),
    ],
)
def test_values_of_cells(kind, value, expected):
    column = Column("a", "甲", kind)
    assert Table((column,), [{"a": value}]).value(0, column) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [("money", Decimal("0.001")), ("money", "文"), ("integer", Decimal("1.5")), ("number", "x"),
     ("money", float("nan")), ("money", True)],
)  # fmt: skip
def test_values_that_do_not_fit_are_refused_by_row_and_column(kind, value):
    column = Column("a", "甲", kind)
    table = Table((column,), [{"a": value}], title="明细")
    with pytest.raises(FormError, match="明细第1行“甲”"):
        table.value(0, column)


def test_a_row_without_the_column_is_refused():
    table = Table((Column("a", "甲"),), [{"b": 1}])
    with pytest.raises(FormError, match="表第1行“甲”：没有这一列的值"):
        form_pdf(Form("表", (table,)))


def test_given_totals_replace_the_sums():
    column = Column("a", "甲", "money", total=True)
    table = Table((column,), [{"a": 1}], totals={"a": Decimal("9.00")})
    assert table.total(column) == Decimal("9.00")
    assert table.total(Column("b", "乙")) is None


@pytest.mark.parametrize(
    "build",
    [
        lambda: Column("a", "甲", "colour"),
        lambda: Column("a", "甲", "text", total=True),
        lambda: Table((), []),
        lambda: Table((Column("a", "甲"), Column("a", "乙")), []),
        lambda: Table((Column("a", "甲"),), [], totals={"b": 1}),
    ],
    ids=["kind", "total of text", "no columns", "same key", "unknown total"],
)
def test_descriptions_that_make_no_sense_are_refused(build):
    with pytest.raises(FormError):
        build()


def test_width_is_shared_by_weight_above_the_least():
    assert share_width(100, [1, 1, 2], [0, 0, 0]) == [25, 25, 50]
    widths = share_width(100, [1, 1, 2], [40, 0, 0])
    assert widths == pytest.approx([40, 20, 40])
    assert share_width(90, [1, 1, 1], [30, 30, 30]) == pytest.approx([30, 30, 30])


def test_what_is_cut_off_is_not_sealed_by_the_issuer():
    table = Table((Column("name", "单位"),), [{"name": "卫生室"}])
    blocks = (Text("正文"), table, CutLine("回执"), Text("已收到"))
    for above, order in ((True, ["制表", "盖章", "回执", "已收到"]), (False, ["回执", "已收到", "制表", "盖章"])):
        (text,) = pages(form_pdf(Form("通知", blocks, unit="", seals=("（盖章）",), foot_above_cut=above)))
        assert sorted(order, key=text.index) == order
        assert text.count("盖章") == 1
