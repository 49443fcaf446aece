"""Lists of problems: terms, units by the names people give them, photos that arrived whole."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from odoo.addons.bphs_rectification.tools.annex import TermError, parse_term, split_units
from odoo.addons.bphs_rectification.tools.pictures import is_whole_picture
from odoo.addons.bphs_rectification.tools.unit_names import likely_units, unit_core

FOUND = date(2026, 11, 1)
UNITS = [
    "北呈乡卫生院",
    "荫城镇中心卫生院",
    "潞州区疾病预防控制中心",
    "西火镇卫生院",
    "西火镇东村卫生室",
    "南街社区卫生服务站",
]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年11月20日至2026年12月15日", date(2026, 12, 15)),
        ("2026年11月20日至12月15日", date(2026, 12, 15)),
        ("11月20日-12月15日", date(2026, 12, 15)),
        ("2026年12月20日至1月15日", date(2027, 1, 15)),
        ("30日内", date(2026, 12, 1)),
        ("999天", date(2029, 7, 27)),
    ],
)
def test_f7_of_a_span_the_last_day_is_meant(text, day):
    assert parse_term(text, FOUND)[1] == day


@pytest.mark.parametrize("text", ["1000天", "0天", "00000000000000000005天", "2026年13月1日", "2月30日"])
def test_f7_never_no_days(text):
    with pytest.raises(TermError):
        parse_term(text, FOUND)


@given(st.integers(0, 10**6))
def test_days_are_never_past_and_never_cut(days):
    try:
        assert (parse_term(f"{days}天", FOUND)[1] - FOUND).days == days > 0
    except TermError:
        assert days == 0 or days > 999


def test_units_one_below_the_other():
    assert split_units("甲卫生院\n乙卫生院 丙卫生院、丁卫生院") == ["甲卫生院", "乙卫生院", "丙卫生院", "丁卫生院"]


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("北呈卫生院", ["北呈乡卫生院"]),
        ("荫城卫生院", ["荫城镇中心卫生院"]),
        ("荫城中心卫生院（西院）", ["荫城镇中心卫生院"]),
        ("区疾控中心", ["潞州区疾病预防控制中心"]),
        ("西火东村卫生所", ["西火镇东村卫生室"]),
        ("卫生院", []),
        ("不存在卫生院", []),
    ],
)
def test_h22_what_a_name_may_stand_for(name, units):
    assert likely_units(name, UNITS) == units


def test_h22_too_many_are_none():
    assert likely_units("东和卫生院", [f"{one}东和卫生院" for one in "甲乙丙丁"]) == []
    assert unit_core("潞州区疾病预防控制中心") == unit_core("潞州区疾控中心")


def picture(kind, size=64):
    stream = io.BytesIO()
    Image.effect_noise((size, size), 50).convert("RGB").save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_h26_a_photo_that_is_broken_off(kind):
    whole = picture(kind)
    assert is_whole_picture(whole)
    assert is_whole_picture(whole + b"camera")
    for share in (0.1, 0.5, 0.95):
        assert not is_whole_picture(whole[: int(len(whole) * share)])


def test_h26_a_preview_is_not_the_photo():
    preview, whole = picture("JPEG", 8), picture("JPEG")
    marked = b"\xff\xe1" + (len(preview) + 2).to_bytes(2, "big") + preview
    assert is_whole_picture(whole[:2] + marked + whole[2:])
    assert not is_whole_picture((whole[:2] + marked + whole[2:])[: len(marked) + 300])
    assert not is_whole_picture(b"%PDF-1.7")
    assert not is_whole_picture(b"\xff\xd8\xff\xe0\x00\x04ab\x00\xff\xd9")
