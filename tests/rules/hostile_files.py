"""Files of a few kilobytes that unfold to gigabytes, or take minutes: invented, one for each way found."""

import io
import zipfile

import docx
import openpyxl
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from files import made_files


def _members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def sheet_of(rows, tail=b"", shared=None):
    """An xlsx whose first sheet holds this XML."""
    members = _members(made_files.made("xlsx", [["a"]]))
    members["xl/worksheets/sheet1.xml"] = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData>"
        + tail
        + b"</worksheet>"
    )
    if shared is not None:
        members["xl/sharedStrings.xml"] = (
            b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b</sst>'
            % shared
        )
    return _zip(members)


def far_corner_xls():
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    page.write(0, 0, 1)
    page.write(65_535, 255, 2)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def far_corner_xlsx():
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"] = 2
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repeated_text(cells=200_000, length=32_000):
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (at, at) for at in range(1, 40_001))
    rows = rows.replace(b"</c></row>", b'</c><c t="s"><v>0</v></c></row>') if cells > 100_000 else rows
    return sheet_of(rows, shared=b"<si><t>%b</t></si>" % (b"x" * length))


def rows_without_places(count=3_000_000):
    return sheet_of(b"<row><c><v>1</v></c></row>" * count)


def cells_without_places(count=3_000_000):
    return sheet_of(b'<row r="1">' + b"<c><v>1</v></c>" * count + b"</row>")


def wide_and_deep_without_places():
    return sheet_of(b'<row r="1">' + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 40_000)


def endless_merges():
    merges = b"".join(b'<mergeCell ref="A%d:A%d"/>' % (at, at + 1) for at in range(1, 400_000, 2))
    return sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>', b"<mergeCells>%b</mergeCells>" % merges)


def word_span(width=100_000_000):
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "单位"
    table.cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="{width}"/>'))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_text_over_rows(rows=20_000, length=100_000):
    """One long text merged over all rows."""
    document = docx.Document()
    document.add_table(1, 2)
    stream = io.BytesIO()
    document.save(stream)
    members = _members(stream.getvalue())
    xml = members["word/document.xml"]
    row = b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"
    first = row.replace(b"<w:vMerge/>", b'<w:vMerge w:val="restart"/>').replace(
        b"<w:p/>", b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>" % (b"x" * length), 1
    )
    start, end = xml.index(b"<w:tr"), xml.rindex(b"</w:tr>") + len(b"</w:tr>")
    members["word/document.xml"] = xml[:start] + first + row * rows + xml[end:]
    return _zip(members)


def repeated_ods(rows=40_000, columns=200):
    cell = (
        f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}">'
        "<text:p>1</text:p></table:table-cell>"
    )
    return made_files.ods_file(
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        "</table:table>"
    )


def repeated_ods_text():
    text = "x" * 30_000
    told = 'office:value-type="string" table:number-columns-repeated="100"'
    cell = f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"
    return made_files.ods_file(
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="40000">{cell}</table:table-row>'
        "</table:table>"
    )


def deep_ods():
    return made_files.ods_file('<table:table table:name="a">' + "<table:table-row>" * 200_000)


def many_members():
    return _zip({f"xl/{at}.xml": b"" for at in range(6_000)})


def bomb_in_a_sheet():
    return sheet_of(b" " * (250 * 2**20))


HOSTILE = {
    make.__name__: make
    for make in (
        far_corner_xls, far_corner_xlsx, repeated_text, rows_without_places, cells_without_places,
        wide_and_deep_without_places, endless_merges, word_span, word_text_over_rows, repeated_ods, repeated_ods_text,
        deep_ods, many_members, bomb_in_a_sheet,
    )
}  # fmt: skip
HOSTILE["zip_in_zip"] = lambda: made_files.zipped(made_files.zipped(bomb_in_a_sheet()), "表.zip")
HOSTILE["one_endless_cell"] = lambda: b"x" * (9 * 2**20)
HOSTILE["one_endless_quote"] = lambda: b'"' + b"x\n" * (4 * 2**20)
HOSTILE["quotes_alone"] = lambda: b'"a' * (3 * 2**20)
HOSTILE["separators_alone"] = lambda: b"," * (9 * 2**20)
