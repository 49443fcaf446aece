"""The zip of a unit's evidence, numbers of documents, and pictures without what stands beside them."""

import io
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from odoo.addons.bphs_evaluation.tools import packing
from odoo.addons.bphs_evaluation.tools.numbers import document_number
from odoo.addons.bphs_evaluation.tools.packing import PackError, pack, plain_name
from odoo.addons.bphs_rectification.tools.pictures import bare_picture, is_whole_picture

NAME = "张三家"


def index(packed):
    return "00-目录.txt", "\n".join(f"{one.name} {one.words} {one.size} {one.digest}" for one in packed).encode()


def test_files_and_their_list_lie_in_the_zip():
    stream = io.BytesIO()
    files = [("a/照片.jpg", "照片", b"123"), ("a/照片.jpg", "照片", b"45"), ("单", "表", b"6"), ("单", "表", b"7")]
    packed = pack(stream, iter(files), index)
    archive = zipfile.ZipFile(stream)
    assert archive.namelist() == ["a/照片.jpg", "a/照片(2).jpg", "单", "单(2)", "00-目录.txt"]
    assert archive.read("a/照片(2).jpg") == b"45"
    assert (packed[0].size, packed[0].digest) == (3, sha256(b"123").hexdigest())
    assert packed[1].digest in archive.read("00-目录.txt").decode()
    again = io.BytesIO()
    pack(again, iter(files), index)
    assert again.getvalue() == stream.getvalue()


def test_one_file_is_held_at_a_time():
    stream, asked = io.BytesIO(), []

    def files():
        for number in range(3):
            asked.append((number, stream.tell()))
            yield f"{number}.jpg", "", b"x" * 1000

    pack(stream, files(), index)
    assert [place >= 1000 * number for number, place in asked] == [True] * 3


def test_a_zip_has_an_end(monkeypatch):
    with pytest.raises(PackError, match="0 MB"):
        pack(io.BytesIO(), [("a", "", b"12"), ("b", "", b"34")], index, most=3)
    monkeypatch.setattr(packing, "MOST_FILES", 1)
    with pytest.raises(PackError, match="超过 1 个"):
        pack(io.BytesIO(), [("a", "", b""), ("b", "", b"")], index)


@given(st.text(max_size=30))
def test_a_name_is_one_on_any_system(text):
    name = plain_name(text)
    assert name and not set(name) & set('\\/:*?"<>|\0\n')
    assert name not in (".", "..")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("长上卫字〔2026〕2号", "长上卫字〔2026〕2号"),
        (" 长上卫字[2026] 第12号 ", "长上卫字〔2026〕12号"),
        ("县卫（2026）3号", "县卫〔2026〕3号"),
        ("长上卫字〔2026〕02号", None),
        ("2号", None),
        ("长上卫字〔226〕2号", None),
    ],
)
def test_numbers_of_documents_in_whatever_brackets(typed, printed):
    assert document_number(typed) == printed


def told_picture(kind):
    """A picture that tells where and of whom it was taken."""
    image, stream = Image.effect_noise((40, 30), 60).convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = NAME
    values = {"exif": exif.tobytes()}
    if kind == "JPEG":
        values["comment"] = NAME.encode()
    elif kind == "PNG":
        values["pnginfo"] = PngInfo()
        values["pnginfo"].add_text("Comment", NAME)
    else:
        values["xmp"] = NAME.encode()
    image.save(stream, kind, **values)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_bare_picture_is_the_picture_alone(kind):
    told = told_picture(kind)
    bare = bare_picture(told)
    assert len(bare) < len(told)
    assert is_whole_picture(bare)
    before, after = (Image.open(io.BytesIO(content)) for content in (told, bare))
    assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    assert not dict(after.getexif())
    assert NAME.encode() not in bare
    assert "xmp" not in after.info and "comment" not in {name.lower() for name in after.info}
    assert bare_picture(bare) == bare


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_picture_breaks_nothing(kind):
    told = told_picture(kind)
    for length in range(len(told)):
        assert bare_picture(bare_picture(told[:length])) == bare_picture(told[:length])


def test_what_is_no_picture_comes_back():
    assert bare_picture(b"%PDF-1.7") == b"%PDF-1.7"
    assert bare_picture(b"RIFF0000WAVE") == b"RIFF0000WAVE"
