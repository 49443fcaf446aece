"""What a file is, and whether it may be opened: asked before its cells are unfolded in memory.

A workbook is a zip. A few kilobytes may unpack to gigabytes, and two cells in opposite corners
make a reader reserve every cell between them, so the real bytes are counted and the used corner
of each sheet is found first.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A cell that holds something, as <c r="B2" t="e"><v>#N/A</v></c>; styled blanks hold nothing.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?P<attributes>(?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+)>\s*<(?!/)""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""", re.IGNORECASE)
_ERROR_CELL = re.compile(rb"""\bt\s*=\s*["']e["']""")
_ERROR_TEXT = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,30})<")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


class SheetError(ValueError):
    """A file or a cell that cannot be taken; the text is fit for the user."""


@dataclass(frozen=True)
class Limits:
    """What one file may hold."""

    size: int = 10 * 2**20
    unpacked: int = 200 * 2**20
    rows: int = 50_000
    columns: int = 200


@dataclass
class Inspected:
    """Kind of the file (``xlsx``, ``ods``, ``xls``, ``docx``, ``text``), and what a reader would hide.

    ``errors``: error values (#N/A, ...) of each sheet by (row, column) from 0. A reader gives them
    as blanks, and a blank amount is not the same as a broken one.
    """

    kind: str
    errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)


def inspect_file(content: bytes, limits: Limits) -> Inspected:
    """Tell the kind of a file by its bytes, whatever its name, and refuse what must not be opened.

    :raise SheetError: empty, too big, damaged, encrypted, a web page, or of another kind
    """
    if not content:
        raise SheetError("文件是空的")
    if len(content) > limits.size:
        raise SheetError(f"文件大小为 {len(content) / 2**20:.1f} MB，超过上限 {limits.size / 2**20:g} MB")
    if content.startswith(ZIP):
        return _inspect_zip(content, limits)
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise SheetError("文件已加密，请取消密码后重新上传")
        return Inspected("xls")
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")):
        raise SheetError("文件是网页或 XML，不是工作簿；请用 Excel 或 WPS 打开后另存为 xlsx")
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc\xaf", b"{\\rtf")):
        raise SheetError("文件不是工作簿，请上传 xlsx、xls、ods 或 csv 文件")
    return Inspected("text")


def _inspect_zip(content, limits):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _unpack(archive, limits)
    except SheetError:
        raise
    # A broken table of contents also asks for places before the beginning: ValueError.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise SheetError("文件已损坏或不完整，请重新导出后上传") from error
    except RuntimeError as error:  # the zip itself asks for a password
        raise SheetError("文件已加密，请取消密码后重新上传") from error
    if b"oasis.opendocument.spreadsheet" in members.get("mimetype", b"") or (
        "content.xml" in members and "xl/workbook.xml" not in members
    ):
        _check_ods(members.get("content.xml", b""), limits)
        return Inspected("ods")
    if "word/document.xml" in members:
        return Inspected("docx")
    if "xl/workbook.xml" not in members:
        raise SheetError("文件不是 Excel 或 WPS 工作簿（xlsx、xls、ods），也不是 Word 文件（docx）")
    return Inspected("xlsx", _check_xlsx(members, limits))


def _unpack(archive, limits):
    """Unpack every member, counting real bytes: what a zip says of itself may be a lie."""
    members, left = {}, limits.unpacked
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


def _check_xlsx(members, limits):
    """Check the used corner of every part that holds cells; return error values by sheet name."""
    errors = {}
    names = {path.lower(): name for name, path in _sheet_paths(members)}
    for path, content in members.items():
        name = names.get(path.lower(), path)
        found = {}
        for cell in _CELL.finditer(content):
            reference = _REFERENCE.search(cell["attributes"])
            if not reference:
                continue  # cells in sequence: there are as many as the file is long
            row, column = int(reference[2]), _column_number(reference[1].decode().upper())
            check_corner(name, row, column, limits)
            if _ERROR_CELL.search(cell["attributes"]):
                text = _ERROR_TEXT.search(content, cell.start(), cell.end() + 400)
                found[row - 1, column - 1] = text[1].decode() if text else "#VALUE!"
        if found:
            errors[name] = found
    return errors


def _sheet_paths(members):
    """Yield (sheet name, path of its part) of an xlsx."""
    try:
        book = ElementTree.fromstring(members["xl/workbook.xml"])
        links = ElementTree.fromstring(members.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    except ElementTree.ParseError as error:
        raise SheetError("文件已损坏或不完整，请重新导出后上传") from error
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in (element for element in book.iter() if element.tag.endswith("}sheet")):
        linked = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = targets.get(linked, "")
        yield sheet.get("name", ""), target[1:] if target.startswith("/") else f"xl/{target}"


def _check_ods(content, limits):
    """Walk the sheets of an ods: rows and cells there are repeated by number."""
    name, row, column = "", 0, 0
    last_row = last_column = 0
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
            tag, start = element.tag, event == "start"
            if tag == f"{_TABLE}table" and start:
                name, row = element.get(f"{_TABLE}name", ""), 0
            elif tag == f"{_TABLE}table-row" and start:
                column, last_column = 0, 0
            elif tag == f"{_TABLE}table-row":
                row += int(element.get(f"{_TABLE}number-rows-repeated", 1))
                last_row = row if last_column else 0
                check_corner(name, last_row, last_column, limits)
                element.clear()
            elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell") and not start:
                column += int(element.get(f"{_TABLE}number-columns-repeated", 1))
                if element.get(f"{_OFFICE}value-type") or len(element):
                    last_column = column
    except (ElementTree.ParseError, ValueError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError("文件已损坏或不完整，请重新导出后上传") from error


def check_corner(name: str, rows: int, columns: int, limits: Limits):
    """Refuse a sheet whose last used cell lies beyond the limits.

    :raise SheetError: naming the sheet and the limit
    """
    if rows > limits.rows:
        raise SheetError(f"工作表“{name}”超过 {limits.rows} 行，请删除多余的行或拆分后上传")
    if columns > limits.columns:
        raise SheetError(f"工作表“{name}”超过 {limits.columns} 列，请删除多余的列")


def _column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
