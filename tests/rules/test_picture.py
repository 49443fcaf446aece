"""Tables as pictures: as wide as a phone reads, in the faces of the paper, refused where it would not be read."""

import io

import pytest
from PIL import Image

from odoo.addons.bphs_base.tools.paper.form import Column, FormError, Table
from odoo.addons.bphs_base.tools.paper.pdf_text import MissingGlyphError
from odoo.addons.bphs_base.tools.paper.picture import MARGIN, MOST_ROWS, WIDTH, Picture, picture_bytes

COLUMNS = (Column("no", "序号", "index"), Column("name", "姓名"), Column("late", "未做项目", weight=3))


def drawn(rows, **values):
    picture = Picture(Table(COLUMNS, rows), **values)
    return Image.open(io.BytesIO(picture_bytes(picture)))


def ink(image):
    return sum(count for value, count in enumerate(image.histogram()) if value < 128)


def test_as_wide_as_a_phone_reads_and_as_high_as_its_rows():
    one, two = (drawn([{"name": "张*丰", "late": "血压随访"}] * number) for number in (1, 2))
    assert one.format == "PNG" and one.size[0] == two.size[0] == WIDTH
    assert two.size[1] > one.size[1]
    assert ink(two) > ink(one) > 0


def test_long_text_is_broken_and_stays_within_its_column():
    short, long = (drawn([{"name": "张*丰", "late": text}]) for text in ("血压随访", "血压随访、" * 12 + "\n年度体检"))
    assert long.size[1] > short.size[1]
    margin = long.crop((WIDTH - MARGIN + 3, 0, WIDTH, long.size[1]))
    assert ink(margin) == 0


def test_heading_and_notes_stand_around_it():
    bare, dressed = drawn([]), drawn([], heading=("到期名单", "甲一村"), notes=("姓名已脱敏",))
    assert dressed.size[1] > bare.size[1] and ink(dressed) > ink(bare)


def test_a_rare_character_is_set_in_another_face():
    assert ink(drawn([{"name": "㛃*", "late": ""}])) > ink(drawn([{"name": "*", "late": ""}]))


def test_what_cannot_be_read_is_refused():
    with pytest.raises(FormError, match=f"最多列 {MOST_ROWS} 行"):
        drawn([{"name": "张", "late": ""}] * (MOST_ROWS + 1))
    with pytest.raises(MissingGlyphError):
        drawn([{"name": "\ue000", "late": ""}])
