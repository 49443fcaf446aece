"""Characters that look right: radicals from PDF, odd blanks, unseen marks, blanks in names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.characters import standard_name, standard_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("荫城镇中⼼卫⽣院", "荫城镇中心卫生院"),
        ("⻢⼩试", "马小试"),
        ("⻩⻰⻓", "黄龙长"),
        ("\uf979\u3000州", "凉 州"),
        ("钱\ue863", "钱䶮"),
        ("东\u00a0街\r\n三\u2028号\u200b", "东 街\n三\n号"),
        ("⺀", "⺀"),
    ],
)
def test_text(text, expected):
    assert standard_text(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张\u3000三", "张三"),
        ("测 试\n村", "测试村"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("John  Smith", "John Smith"),
        ("王 A", "王 A"),
        ("\u3007 一", "\u3007一"),
    ],
)
def test_f8_f16_names(name, expected):
    assert standard_name(name) == expected


def test_f9_every_radical_becomes_a_character():
    for code in (*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)):
        (plain,) = standard_text(chr(code))
        assert unicodedata.category(plain) == "Lo", hex(code)


@given(st.text(max_size=40))
def test_twice_is_once(text):
    assert standard_text(standard_text(text)) == standard_text(text)
    assert standard_name(standard_name(text)) == standard_name(text)
