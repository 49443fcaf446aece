"""Uploads: exact values with their row numbers, and one clear error for every bad file."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.importing.spreadsheet_in import read_sheet, sheet_names
from odoo.addons.bphs_base.tools.reading import xlsx_in
from odoo.addons.bphs_base.tools.sheet_guard import Limits, SheetError, inspect_file

SMALL = Limits(size=200_000, unpacked=1_000_000, rows=50, columns=10)


def xlsx(*sheets, **named):
    """A workbook; each sheet a dict of cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in {**{f"表{at}": told for at, told in enumerate(sheets, 1)}, **named}.items():
        page = book.create_sheet(name)
        for place, value in cells.items():
            page[place] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rezipped(content, change):
    """The same zip with its members changed by ``change(name, bytes)``."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            told = change(name, old.read(name))
            if told is not None:
                new.writestr(name, told)
    return stream.getvalue()


def ods(rows, name="表1"):
    """A small ods of the given rows of XML."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    marks = " ".join(f'xmlns:{key}="{value}"' for key, value in spaces.items())
    body = (
        f'<?xml version="1.0"?><office:document-content {marks}><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", body)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>',
        )
    return stream.getvalue()


def number(value, repeated=1):
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" '
        f'table:number-columns-repeated="{repeated}"><text:p>{value}</text:p></table:table-cell>'
    )


def test_values_keep_their_types_and_rows_their_numbers():
    cells = {
        "A2": 140404102201, "B2": "00123", "C2": 1234.5, "D2": date(2025, 3, 31), "E2": True,
        "F2": datetime(2025, 3, 31, 8, 30), "G2": time(8, 1), "H2": 0.1 + 0.2, "A5": " 荫城 ",
        "B5": "   ", "H5": None,
    }  # fmt: skip
    data = read_sheet(xlsx(cells))
    assert data.name == "表1"
    assert [row.number for row in data.rows] == [2, 5]
    values = data.rows[0].values
    assert values == (
        140404102201, "00123", Decimal("1234.5"), date(2025, 3, 31), True,
        datetime(2025, 3, 31, 8, 30), time(8, 1), Decimal("0.3"),
    )  # fmt: skip
    assert [type(value) for value in values[:3]] == [int, str, Decimal]
    assert data.rows[1].values[:2] == ("荫城", None)


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_money_comes_back_to_the_fen(amount):
    (row,) = read_sheet(xlsx({"A1": amount})).rows
    assert row.values == (amount,)
    assert not isinstance(row.values[0], float)


def test_broken_formulas_are_shown_not_blank():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("表")
        page.write_formula("B2", "=1/0", None, "#DIV/0!")
        page.write("C2", 5)
        page.write("A9", 1)
    rows = read_sheet(stream.getvalue()).rows
    assert [cell and str(cell) for cell in rows[0].values] == [None, "“#DIV/0!”是错误值，请改正后再上传", "5"]
    assert rows[1].number == 9
    blank = rezipped(stream.getvalue(), lambda _name, told: told.replace(b"<v>#DIV/0!</v>", b"<v/>"))
    assert "#VALUE!" in [cell.shown for cell in read_sheet(blank).rows[0].values if hasattr(cell, "shown")]


def test_a_day_with_a_midnight_is_a_day():
    cell = '<table:table-cell office:value-type="date" office:date-value="{}"/>'
    days = "".join(map(cell.format, ("2025-03-31T00:00:00", "2025-03-31", "2025-03-31T08:30:00")))
    told = read_sheet(ods(f"<table:table-row>{days}</table:table-row>")).rows[0].values
    assert told == (date(2025, 3, 31), date(2025, 3, 31), datetime(2025, 3, 31, 8, 30))
    assert not isinstance(told[0], datetime)


def test_choice_of_the_sheet():
    content = xlsx(空={}, 二={"A1": 2}, 三={"A1": 3})
    assert sheet_names(content) == ["空", "二", "三"]
    assert read_sheet(content).name == "二"
    assert read_sheet(content, "三").rows[0].values == (3,)
    with pytest.raises(SheetError, match="找不到工作表“四”，文件中有：空、二、三"):
        read_sheet(content, "四")
    with pytest.raises(SheetError, match="工作表“空”是空的"):
        read_sheet(content, "空")
    assert read_sheet(xlsx({"A1": 1}), "别名").name == "表1"
    with pytest.raises(SheetError, match="别名"):
        read_sheet(xlsx({"A1": 1}), "别名", only_sheet=False)


def test_hidden_sheets_are_not_read():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("看").write("A1", "看")
        hidden = book.add_worksheet("选项")
        hidden.write("A1", "藏")
        hidden.hide()
    assert sheet_names(stream.getvalue()) == ["看"]
    with pytest.raises(SheetError):
        read_sheet(stream.getvalue(), "选项", only_sheet=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_the_encodings_of_china(encoding, separator):
    lines = [["单位", "金额"], ['"荫城"', "00123"], [], ["䶮村", "1.50"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    data = read_sheet(text.encode(encoding))
    assert data.name == ""
    assert [(row.number, row.values) for row in data.rows] == [
        (1, ("单位", "金额")), (2, ("荫城", "00123")), (4, ("䶮村", "1.50")),
    ]  # fmt: skip
    assert sheet_names(text.encode(encoding)) == []


def test_names_in_the_private_use_area_come_back_in_their_places():
    assert read_sheet("钱\ue863,张\ue81e".encode()).rows[0].values == ("钱䶮", "张龴")
    assert read_sheet(xlsx({"A1": "钱\ue863"})).rows[0].values == ("钱䶮",)


def test_ods():
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f"<table:table-row>{number(1234.5)}{number(7, 2)}"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = read_sheet(ods(rows))
    assert [(row.number, row.values[:3]) for row in data.rows] == [(3, (Decimal("1234.5"), 7, 7))]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            f'<table:table-row table:number-rows-repeated="99">{number(1)}</table:table-row>',
            "50 行",
        ),
        (f"<table:table-row>{number(1, 99)}</table:table-row>", "10 列"),
        ('<table:table-row table:number-rows-repeated="x"></table:table-row>', "损坏"),
        ("<table:table-row>", "损坏"),
    ],
)
def test_ods_beyond_the_limits(rows, message):
    with pytest.raises(SheetError, match=message):
        read_sheet(ods(rows), limits=SMALL)


def test_a_far_corner_is_refused_before_it_is_unfolded():
    """Two cells in opposite corners would make the reader reserve 17 thousand million."""
    with pytest.raises(SheetError, match="“表1”超过 50 行"):
        read_sheet(xlsx({"A1": 1, "XFD1048576": 2}), limits=SMALL)
    with pytest.raises(SheetError, match="“表1”超过 10 列"):
        read_sheet(xlsx({"A1": 1, "K1": 2}), limits=SMALL)
    assert read_sheet(xlsx({"A1": 1, "J50": 2}), limits=SMALL).rows[1].number == 50


@pytest.mark.parametrize(
    "disguise",
    [
        lambda told: told.replace(b'r="XFD1048576"', b"r = 'xfd1048576'"),
        lambda told: told.replace(b'r="XFD1048576"', b'r="XFD1048576" x="/>"'),
        lambda told: told.replace(b'r="XFD1048576"', b'\n r="XFD1048576"'),
    ],
)
def test_disguised_far_corners_are_found(disguise):
    content = rezipped(xlsx({"A1": 1, "XFD1048576": 2}), lambda _name, told: disguise(told))
    with pytest.raises(SheetError, match="行"):
        read_sheet(content)


def test_styled_blanks_do_not_count():
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["AZ900"].font = openpyxl.styles.Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    assert len(read_sheet(stream.getvalue(), limits=SMALL).rows) == 1


def test_cells_without_references_are_read_in_sequence():
    content = rezipped(
        xlsx({"A1": 1, "B1": 2}),
        lambda _name, told: told.replace(b' r="A1"', b"").replace(b' r="B1"', b""),
    )
    assert read_sheet(content).rows[0].values == (1, 2)


def test_a_bomb_is_not_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2_000_000)
    assert len(stream.getvalue()) < 5000
    with pytest.raises(SheetError, match="解压后超过上限"):
        read_sheet(stream.getvalue(), limits=SMALL)


def test_entities_are_refused():
    content = rezipped(xlsx({"A1": 1}), lambda _n, told: told.replace(b"<workbook", b"<!DOCTYPE a><workbook"))
    with pytest.raises(SheetError, match="XML 声明"):
        read_sheet(content)


def encrypted_zip():
    content = bytearray(xlsx({"A1": 1}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + at] |= 1
    return bytes(content)


WORKBOOK = xlsx({"A1": 1, "B2": "文"})
BAD = {
    "empty": (b"", "文件是空的"),
    "blank text": (b" \r\n , \r\n", "文件是空的"),
    "too big": (b"a" * 300_000, "超过上限"),
    "truncated xlsx": (xlsx({"A1": 1})[:3000], "损坏"),
    "damaged member": (xlsx({"A1": 1}).replace(b"xl/workbook.xml", b"xl/workbook.xmk", 1), "损坏"),
    "no workbook": (rezipped(xlsx({"A1": 1}), lambda name, told: told if "book.xml" not in name
                             else None), "不是 Excel 或 WPS 工作簿"),
    "workbook not XML": (rezipped(xlsx({"A1": 1}), lambda name, told: b"<a" if name ==
                                  "xl/workbook.xml" else told), "损坏"),
    "sheet not XML": (rezipped(xlsx({"A1": 1}), lambda name, told: b"<a></b>" if "sheet1" in name
                               else told), "表1”是空的"),
    "encrypted zip": (encrypted_zip(), "已加密"),
    "encrypted xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
                       + "EncryptedPackage".encode("utf-16-le"), "已加密"),
    "broken xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
    "html as xls": ("\ufeff\r\n<html><table><tr><td>1".encode(), "网页"),
    "xml as xls": (b'<?xml version="1.0"?><Workbook>', "网页或 XML"),
    "pdf": (b"%PDF-1.4 ...", "不是工作簿"),
    "picture": (b"\x89PNG\r\n\x1a\n", "不是工作簿"),
    "binary": (b"a,b\0c", "不是文本"),
    "no encoding": (b"\xff\xfe\xff", "文字编码"),
    "neither encoding": (b"abc\xff\xff\xff", "文字编码"),
    "too many rows": (b"a\n" * 60, "超过 50 行"),
    "too many columns": (b"a," * 60, "超过 10 列"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD.keys())
def test_bad_files_have_one_clear_error(content, message):
    with pytest.raises(SheetError, match=message):
        read_sheet(content, limits=SMALL)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_arbitrary_bytes_never_crash(content, mark):
    try:
        read_sheet(mark + content)
    except SheetError as error:
        assert str(error)


@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_workbooks_never_crash(changes):
    content = bytearray(WORKBOOK)
    for place, byte in changes:
        content[int(place * len(content))] = byte
    try:
        read_sheet(bytes(content))
    except SheetError as error:
        assert str(error)


@given(st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=3)), min_size=1, max_size=4))
def test_damaged_parts_never_crash(changes):
    """Here the zip is in order, and what it holds is not."""

    def damage(name, told):
        if "sheet1" in name or name == "xl/workbook.xml":
            for place, more in changes:
                at = int(place * len(told))
                told = told[:at] + more + told[at + 1 :]
        return told

    try:
        read_sheet(rezipped(WORKBOOK, damage))
    except SheetError as error:
        assert str(error)


class PanicException(BaseException):
    """Stands for what the reader raises when its own code panics."""


@pytest.mark.parametrize(
    ("raised", "expected", "message"),
    [
        (python_calamine.PasswordError("x"), SheetError, "已加密"),
        (python_calamine.CalamineError("x"), SheetError, "损坏"),
        (PanicException(), SheetError, "损坏"),
        (KeyboardInterrupt(), KeyboardInterrupt, None),
    ],
)
def test_failures_of_the_reader(raised, expected, message, monkeypatch):
    def fails(_stream):
        raise raised

    monkeypatch.setattr(xlsx_in.python_calamine, "load_workbook", fails)
    with pytest.raises(expected, match=message):
        read_sheet(xlsx({"A1": 1}))


def test_kinds_are_told_by_bytes():
    assert inspect_file(xlsx({"A1": 1}), Limits()).kind == "xlsx"
    assert inspect_file(ods(""), Limits()).kind == "ods"
    assert inspect_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Limits()).kind == "xls"
    assert inspect_file("单位".encode("gb18030"), Limits()).kind == "text"
