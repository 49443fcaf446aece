"""What a file is, and whether it may be opened: asked before its cells are unfolded in memory.

A workbook is a zip. A few kilobytes may unpack to gigabytes, so the real bytes are counted; what its cells would
unfold to is for the reader of each format to bound (:mod:`.reading`).
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .reading.cells import LONGEST_CELL, Covered

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "文件已损坏或不完整，请重新导出后上传"
ENCRYPTED = "文件已加密，请取消密码后重新上传"
_CHUNK = 1 << 20
_MOST_MEMBERS = 5_000
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")
_WANTED = "请上传 xlsx、xls、ods 或 csv 文件"
# What people take for a workbook, by how it begins.
_OTHERS = (
    (b"%pdf", "PDF 文件"),
    (b"\x89png", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"gif8", "图片"),
    (b"bm", "图片"),
    (b"rar!", "压缩包（rar）"),
    (b"7z\xbc\xaf", "压缩包（7z）"),
    (b"\x1f\x8b", "压缩包（gz）"),
    (b"{\\rtf", "写字板文件（rtf）"),
    (b"mz", "程序"),
)


class SheetError(ValueError):
    """A file or a cell that cannot be taken; the text is fit for the user."""


@dataclass(frozen=True)
class Limits:
    """What one file may hold, and what the process that reads it may take.

    ``cells`` are those that hold something, ``text`` the characters in them. ``memory`` in bytes; ``seconds`` for a
    small file, more by ``seconds_per_mb``. ``broken_text``: a text in no encoding is taken, its broken cells refused.
    """

    size: int = 10 * 2**20
    unpacked: int = 200 * 2**20
    rows: int = 50_000
    columns: int = 200
    cells: int = 300_000
    text: int = 10_000_000
    memory: int = 2**30
    seconds: float = 8
    seconds_per_mb: float = 0
    broken_text: bool = False


@dataclass
class Inspected:
    """Kind of the file (``xlsx``, ``ods``, ``xls``, ``docx``, ``text``); of a zip, its members unpacked."""

    kind: str
    members: dict[str, bytes] = field(default_factory=dict, repr=False)


def inspect_file(content: bytes, limits: Limits) -> Inspected:
    """Tell the kind of a file by its bytes, whatever its name, and refuse what must not be opened.

    :raise SheetError: empty, too big, damaged, encrypted, a web page, or of another kind
    """
    check_size(content, limits)
    if content.startswith(ZIP):
        return _inspect_zip(content, limits)
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise SheetError(ENCRYPTED)
        if _OLD_WORD in content:
            raise SheetError("文件是旧版 Word 文件（doc），请用 Word 或 WPS 另存为 docx 后上传")
        return Inspected("xls")
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")):
        raise SheetError("文件是网页或 XML，不是工作簿；请用 Excel 或 WPS 打开后另存为 xlsx")
    for mark, name in _OTHERS:
        # Two letters may begin a word as well: what is text throughout is text.
        if start.startswith(mark) and (len(mark) > 2 or b"\0" in start):
            raise SheetError(f"文件是{name}，不是工作簿，{_WANTED}")
    return Inspected("text")


def check_size(content: bytes, limits: Limits):
    """Refuse a file by its length alone.

    :raise SheetError: empty or too big
    """
    if not content:
        raise SheetError("文件是空的")
    if len(content) > limits.size:
        raise SheetError(f"文件大小为 {len(content) / 2**20:.1f} MB，超过上限 {limits.size / 2**20:g} MB")


def _inspect_zip(content, limits):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _unpack(archive, limits)
    except SheetError:
        raise
    # A broken table of contents also asks for places before the beginning: ValueError.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise SheetError(DAMAGED) from error
    except RuntimeError as error:  # the zip itself asks for a password
        raise SheetError(ENCRYPTED) from error
    if b"oasis.opendocument.spreadsheet" in members.get("mimetype", b"") or (
        "content.xml" in members and "xl/workbook.xml" not in members
    ):
        return Inspected("ods", members)
    if "word/document.xml" in members:
        return Inspected("docx", members)
    if "xl/workbook.xml" in members:
        return Inspected("xlsx", members)
    if "xl/workbook.bin" in members:
        raise SheetError("文件是二进制工作簿（xlsb），请用 Excel 另存为 xlsx 后上传")
    inside = [
        name for name in members if name.lower().endswith((".xlsx", ".xls", ".ods", ".csv", ".docx", ".et", ".zip"))
    ]
    if inside:
        raise SheetError(f"文件是压缩包，请解压后逐个上传其中的文件：{'、'.join(inside[:3])[:100]}")
    raise SheetError("文件不是 Excel 或 WPS 工作簿（xlsx、xls、ods），也不是 Word 文件（docx）")


def _unpack(archive, limits):
    """Unpack every member, counting real bytes: what a zip says of itself may be a lie."""
    members, left = {}, limits.unpacked
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise SheetError(f"压缩包内超过 {_MOST_MEMBERS} 个文件，请重新导出后上传")
    for info in archive.infolist():
        parts = []
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise SheetError(f"文件解压后超过上限 {limits.unpacked / 2**20:g} MB，请拆分后上传")
                parts.append(chunk)
        members[info.filename] = b"".join(parts)
        if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in members[info.filename]:
            raise SheetError("文件含有不允许的 XML 声明，请重新导出后上传")
    return members


def check_corner(name: str, rows: int, columns: int, limits: Limits):
    """Refuse a sheet whose last used cell lies beyond the limits.

    :raise SheetError: naming the sheet and the limit
    """
    if rows > limits.rows:
        raise SheetError(f"工作表“{name}”超过 {limits.rows} 行，请删除多余的行或拆分后上传")
    if columns > limits.columns:
        raise SheetError(f"工作表“{name}”超过 {limits.columns} 列，请删除多余的列")


def bounded(rows: Iterable, name: str, limits: Limits) -> Iterator:
    """The rows of a sheet, as long as they stay within the limits; blank cells at the end of each are cut off.

    :raise SheetError: naming the sheet and the limit
    """
    cells = characters = 0
    for row in rows:
        check_corner(name, row.number, len(row.values), limits)
        for value in row.values:
            if value is not None and value != "":
                cells += 1
                if type(value) is Covered:
                    value = value.value
                if type(value) is str:
                    characters += len(value)
                    if len(value) > LONGEST_CELL:
                        raise SheetError(
                            f"第{row.number}行有单元格超过 {LONGEST_CELL} 个字符，请检查引号是否配对，或删减后上传"
                        )
        if cells > limits.cells:
            raise SheetError(f"工作表“{name}”超过 {limits.cells} 个单元格，请拆分后上传")
        check_text(characters, limits)
        yield row


def check_text(characters: int, limits: Limits):
    """Refuse more text than any table of work holds.

    :raise SheetError: naming the limit
    """
    if characters > limits.text:
        raise SheetError(f"文件中的文字超过 {limits.text} 个字符，请删除多余内容或拆分后上传")
