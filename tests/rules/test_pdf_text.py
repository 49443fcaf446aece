"""Lines: nothing lost, nothing wider than its cell, broken where Chinese text may break."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.paper.fonts import default_fonts
from odoo.addons.bphs_base.tools.paper.pdf_text import (
    Missing,
    MissingGlyphError,
    Typesetter,
)

CHINESE = st.text(alphabet="上党区卫生室金额（《，。；）》1234567890.,AB ", max_size=60)


def text_of(line):
    return "".join(run.text for run in line.runs)


def wrapped(text, width, size=10):
    return [text_of(line) for line in Typesetter(default_fonts()).wrap(text, width, size)]


def test_short_text_is_one_line():
    assert wrapped("实拨合计", 40) == ["实拨合计"]


def test_a_line_neither_starts_with_a_comma_nor_ends_with_a_bracket():
    assert wrapped("一二三四，五", 40) == ["一二三", "四，五"]
    assert wrapped("一二三（四五）", 40) == ["一二三", "（四五）"]


def test_figures_are_not_broken_where_they_fit():
    assert wrapped("应拨金额28,496,695.00元", 70) == ["应拨金额", "28,496,695.00", "元"]


def test_a_figure_wider_than_the_line_is_broken_rather_than_clipped():
    assert "".join(wrapped("28,496,695.00", 20)) == "28,496,695.00"


def test_paragraphs_and_empty_text():
    assert wrapped("一\n\n二", 40) == ["一", "", "二"]
    assert wrapped("", 40) == [""]


@given(CHINESE, st.integers(min_value=12, max_value=200))
def test_nothing_is_lost_and_nothing_is_wider_than_the_line(text, width):
    lines = Typesetter(default_fonts()).wrap(text, width, 10)
    assert "".join(map(text_of, lines)).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= width + 0.01 for line in lines if len(text_of(line)) > 1)


def test_missing_characters_are_marked_and_remembered():
    setter = Typesetter(default_fonts())
    setter.where = "第3行“姓名”"
    line = setter.line("张🫠\n明", 10)
    assert text_of(line) == "张〓 明"
    assert setter.missing == [Missing("🫠", "第3行“姓名”")]


def test_the_error_names_place_code_and_package():
    error = MissingGlyphError([Missing("🫠", "第3行“姓名”")], ["fonts-b", "fonts-a", "fonts-a"])
    assert "第3行“姓名”：🫠（U+1FAE0）" in str(error)
    assert "fonts-a、fonts-b" in str(error)
    str(MissingGlyphError([Missing("\ud800", "x")])).encode()  # fit for a log
