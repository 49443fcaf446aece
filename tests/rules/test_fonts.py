"""Fonts: found wherever they are, and every character in a face that has an outline for it."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from odoo.addons.bphs_base.tools.paper import fonts as kit
from odoo.addons.bphs_base.tools.paper.fonts import BODY, FontError, FontFile, Fonts, default_fonts


def installed(font):
    return kit._find(font, kit._folders(()))


def test_common_text_is_one_run_of_the_text_face():
    runs = default_fonts().split_by_font("荫城镇河下村卫生室 1,234.50 元")
    assert [run.text for run in runs] == ["荫城镇河下村卫生室 1,234.50 元"]
    assert "zenhei" in runs[0].font


def test_rare_characters_are_set_in_another_face():
    runs = default_fonts().split_by_font("赵𬭎同志")
    assert [run.text for run in runs] == ["赵", "𬭎", "同志"]
    assert runs[0].font == runs[2].font != runs[1].font


def test_heading_face_lacks_characters_that_the_others_give():
    fonts = default_fonts()
    heading, rare = fonts.split_by_font("钱䶮", bold=True)
    assert "microhei" in heading.font
    assert "zenhei" in rare.font


def test_characters_of_the_name_table_are_all_there():
    """One of each block that the table of standard characters draws names from (A to G)."""
    assert default_fonts().missing_glyphs("㛃䶮𫖯𬭎𬀩𠅤𪚥𫚭𬬻鿍鿔𫟅𬶐𫠊𨭉𫓶𰻞") == []


def test_gbk_is_complete():
    gbk = (bytes((high, low)) for high in range(0x81, 0xFE) for low in range(0x40, 0xFF))
    chars = {char for code in gbk for char in code.decode("gbk", "ignore")}
    han = "".join(sorted(char for char in chars if "\u4e00" <= char <= "\u9fa5"))
    assert len(han) > 20000
    assert default_fonts().missing_glyphs(han) == []


@pytest.mark.parametrize(
    "char",
    ["\ue863", "\U000f0000", "\ud800", "🫠", "\u3164"],
    ids=["private use", "plane 15", "lone surrogate", "emoji", "mapped to an empty outline"],
)
def test_what_cannot_be_printed_is_named(char):
    assert default_fonts().missing_glyphs(f"张{char}明{char}") == [char]
    # It stays in the text, so that nobody's name is silently shortened.
    assert "".join(run.text for run in default_fonts().split_by_font(char)) == char


def test_invisible_marks_and_blanks():
    assert kit.clean_text("张\u200b明\ufe00\U000e0100\r\n一\t二\u00a0三\x07\r四") == ("张明\n一 二 三\n四")
    assert kit.clean_text("全\u3000角") == "全\u3000角"
    assert kit.clean_text("plain") == "plain"
    assert default_fonts().missing_glyphs("一\u3000 \n二") == []


@given(st.text(max_size=40))
def test_runs_hold_the_whole_text(text):
    fonts = default_fonts()
    runs = fonts.split_by_font(text)
    assert "".join(run.text for run in runs) == kit.clean_text(text)
    assert all(one.font != other.font for one, other in zip(runs, runs[1:], strict=False))


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))
def test_advances_are_those_reportlab_draws(char):
    font, advance = default_fonts().glyph(char)
    assert pdfmetrics.stringWidth(char, font, 1000) == pytest.approx(advance * 1000)


def test_absent_text_face_names_its_package():
    with pytest.raises(FontError, match="apt install fonts-nowhere"):
        Fonts(body=FontFile("nowhere.ttf", "fonts-nowhere"))


def test_absent_other_faces_are_remembered():
    nowhere = FontFile("nowhere.ttf", "fonts-nowhere")
    fonts = Fonts(bold=nowhere, rare=(nowhere,))
    assert fonts.missing_glyphs("𬭎") == ["𬭎"]
    assert fonts.absent == [nowhere, nowhere]
    assert fonts.split_by_font("一", bold=True) == fonts.split_by_font("一")


def test_a_font_without_truetype_outlines_is_refused(tmp_path):
    (tmp_path / "bad.ttf").write_bytes(b"OTTO" + bytes(200))
    with pytest.raises(FontError, match="不是可嵌入的 TrueType"):
        Fonts(body=FontFile("bad.ttf", "none"), folders=(tmp_path,))


def test_folders_come_from_caller_environment_and_system(tmp_path, monkeypatch):
    below = tmp_path / "deep" / "down"
    below.mkdir(parents=True)
    copy = below / "copy.ttc"
    shutil.copy(installed(BODY), copy)
    font = FontFile("copy.ttc", "none")
    with pytest.raises(FontError):
        Fonts(body=font)
    assert Fonts(body=font, folders=(tmp_path,)).glyph("一")
    assert Fonts(body=FontFile(str(copy), "none")).glyph("一")
    monkeypatch.setenv(kit.FOLDERS_VARIABLE, f"/nonexistent:{tmp_path}")
    assert Fonts(body=font).glyph("一")
    with pytest.raises(FontError):
        Fonts(body=FontFile(str(Path(tmp_path, "gone.ttc")), "none"))
