"""Charts as shapes: what is drawn, how long, and what is not drawn where nothing is told; the same as png."""

import io
from decimal import Decimal

import pytest
from PIL import Image

from odoo.addons.bphs_base.tools.paper.chart import (
    COLOURS,
    Bar,
    Bars,
    Box,
    Heat,
    Stroke,
    Trend,
    Words,
    laid_out,
    shortened,
    told_apart,
)
from odoo.addons.bphs_base.tools.paper.form import Charts, Form
from odoo.addons.bphs_base.tools.paper.pdf_form import form_pdf
from odoo.addons.bphs_base.tools.paper.pdf_text import MissingGlyphError
from odoo.addons.bphs_base.tools.paper.picture import Picture, picture_bytes

WIDTH, SIZE = 500, 10


def measure(text, size):
    return len(text) * size


def drawn(chart, kind=None):
    shapes = laid_out(chart, WIDTH, SIZE, measure).shapes
    return [shape for shape in shapes if kind is None or isinstance(shape, kind)]


def bar(label, value, target=None, **more):
    number = None if value is None else Decimal(value)
    return Bar(label, number, f"{value}%", target=target and Decimal(target), **more)


RANKING = Bars("完成情况", (bar("荫城镇", 80, 60), bar("北呈乡", 40, 60, tone="danger"), bar("西火镇", None, 60)))
HEAT = Heat("", ("荫城镇", "北呈乡"), (("签约率", (("80%", "reached"), ("40%", "missed"))),))


def months(*values, target=None):
    return tuple(bar(f"2025-{at + 1:02}", value, target) for at, value in enumerate(values))


# === BARS === #


def test_a_bar_is_as_long_as_its_figure():
    long, short = (box for box in drawn(RANKING, Box) if box.colour in ("info", "danger"))
    assert short.width == pytest.approx(long.width / 2)
    assert short.left == long.left


def test_each_target_stands_where_the_figure_would_end():
    marks = [box for box in drawn(RANKING, Box) if box.colour == "ink"]
    (long, *__) = [box for box in drawn(RANKING, Box) if box.colour == "info"]
    assert len(marks) == 3
    assert marks[0].left + marks[0].width / 2 == pytest.approx(long.left + long.width * 60 / 80)


def test_what_is_not_told_has_words_and_no_bar():
    assert [box.colour for box in drawn(RANKING, Box)].count("info") == 1
    assert "None%" in [words.text for words in drawn(RANKING, Words)]


def test_above_the_whole_is_not_cut_and_nothing_is_a_line():
    over, none = drawn(Bars("", (bar("甲", 150), bar("乙", 0))), Box)
    assert over.width > 100 * none.width > 0
    assert over.left + over.width < WIDTH


def test_a_long_name_is_shortened_to_its_room():
    (name, *__) = drawn(Bars("", (bar("很长很长很长很长很长很长很长很长很长的名字", 1),)), Words)
    assert name.text.endswith("…")
    assert measure(name.text, SIZE) <= WIDTH * 0.34
    assert shortened("一二三", 0, SIZE, measure) == "…"


def test_names_that_begin_alike_are_told_apart_by_their_ends():
    names = ("长治市上党区人民医院", "长治市上党区中医院", "荫城镇中心卫生院", "北呈乡")
    assert told_apart(names, 6 * SIZE, SIZE, measure) == ["…区人民医院", "…党区中医院", "荫城镇中心…", "北呈乡"]
    assert told_apart(("甲", "甲"), 6 * SIZE, SIZE, measure) == ["甲", "甲"]


def test_nothing_at_all_is_an_empty_chart():
    assert laid_out(Bars("", ()), WIDTH, SIZE, measure).height == 0
    assert not drawn(Heat("", (), ()))
    assert drawn(Trend("", ()), Stroke)


# === TREND === #


def test_a_line_has_gaps_where_nothing_is_told():
    lines = [
        stroke for stroke in drawn(Trend("", months(1, 2, None, 3, None, 4, 5)), Stroke) if stroke.colour == "info"
    ]
    assert [len(line.points) for line in lines] == [2, 2]


def test_targets_are_a_broken_line_and_late_months_are_marked():
    trend = Trend("", months(50, 60, target=90), frozenset({"2025-02"}))
    (targets,) = [stroke for stroke in drawn(trend, Stroke) if stroke.dashed]
    assert len(targets.points) == 2
    assert [box.colour for box in drawn(trend, Box)] == ["info", "warning"]
    # A higher figure stands higher.
    (line,) = [stroke for stroke in drawn(trend, Stroke) if stroke.colour == "info"]
    assert line.points[1][1] < line.points[0][1]
    assert targets.points[0][1] < line.points[1][1]


def test_not_every_month_is_named_where_there_is_no_room():
    words = [one.text for one in drawn(Trend("", months(*range(30))), Words)]
    assert "2025-01" in words and "2025-02" not in words


# === HEAT === #


def test_a_cell_has_its_words_and_its_colour():
    assert [box.colour for box in drawn(HEAT, Box)] == ["reached", "missed"]
    assert [words.text for words in drawn(HEAT, Words)] == ["荫城镇", "北呈乡", "签约率", "80%", "40%"]
    assert set(COLOURS) >= {box.colour for box in drawn(HEAT, Box)}


# === AS FILES === #


@pytest.mark.parametrize("chart", [RANKING, Trend("走势", months(50, None, 60, 70, target=90)), HEAT])
def test_the_same_chart_as_picture_and_on_paper(chart):
    image = Image.open(io.BytesIO(picture_bytes(Picture(heading=("图",), charts=(chart,), notes=("注",)))))
    assert len(image.convert("RGB").getcolors(1 << 20)) > 3
    pdf = form_pdf(Form("图", (Charts((chart,)),), signatures=()))
    assert pdf.startswith(b"%PDF")
    assert pdf == form_pdf(Form("图", (Charts((chart,)),), signatures=()))


def test_a_character_no_face_has_is_told():
    chart = Bars("", (bar("\U0010fffd", 1),))
    with pytest.raises(MissingGlyphError):
        picture_bytes(Picture(charts=(chart,)))
    with pytest.raises(MissingGlyphError):
        form_pdf(Form("图", (Charts((chart,), 8),)))
