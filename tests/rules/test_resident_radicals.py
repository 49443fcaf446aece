"""Radicals become the characters they look like."""

import unicodedata

from odoo.addons.bphs_resident.tools.radicals import fold


def test_by_example():
    assert fold("⻢⼩试") == "马小试"
    assert fold("⻩⻰⻋⻘⺟") == "黄龙车青母"
    assert fold("plain 张三") == "plain 张三"
    assert fold("") == ""


def test_every_radical_becomes_an_ordinary_character():
    for code in range(0x2F00, 0x2FD6):
        (character,) = fold(chr(code))
        assert unicodedata.name(character).startswith("CJK UNIFIED IDEOGRAPH"), hex(code)
    left = [chr(code) for code in range(0x2E80, 0x2EF4) if code != 0x2E9A and fold(chr(code)) == chr(code)]
    assert left == ["⺌", "⺗", "⺵"]  # parts of characters, which are none by themselves
