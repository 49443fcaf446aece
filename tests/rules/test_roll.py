"""Rolls of residents: what a file gives, what a row is refused for, what is invented to try it."""

import csv
import io
from collections import Counter
from datetime import date, datetime

import docx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.importing.import_columns import template
from odoo.addons.bphs_base.tools.importing.refill import LOOK_AT
from odoo.addons.bphs_base.tools.reading.cells import Covered, Unread
from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_demo.invented.county import TODAY, Village, draw_county, villages_of
from odoo.addons.bphs_demo.invented.dirty import KINDS, TWICE, spoilt
from odoo.addons.bphs_demo.invented.files import HEADINGS, cells_of, roll_row, write_csv, write_xlsx
from odoo.addons.bphs_resident.tools import tokens
from odoo.addons.bphs_resident.tools.identity import is_ehr_number, is_phone, read_id_number
from odoo.addons.bphs_resident.tools.pinyin import readings
from odoo.addons.bphs_resident.tools.roll_columns import ROLL_COLUMNS
from odoo.addons.bphs_resident.tools.roll_reader import expected_rows, open_roll
from odoo.addons.bphs_resident.tools.roll_rejects import REASON, reject_workbook
from odoo.addons.bphs_resident.tools.roll_row import Place, Problem, RowReader
from odoo.addons.bphs_resident.tools.row_stream import RowStream

VILLAGES = villages_of(26)
PLACES = {village.code: Place(1, 2, 3) for village in VILLAGES}
AT = {heading: at for at, heading in enumerate(HEADINGS)}


def county(count=400, seed=1):
    return list(draw_county(VILLAGES, count, seed))


def written(person):
    return cells_of(roll_row(person))


def csv_bytes(rows, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def reader(positions=None):
    return RowReader(positions or {key: at for at, key in enumerate(_keys())}, PLACES, TODAY)


def _keys():
    return [column.key for column in ROLL_COLUMNS]


# --- The invented county ---


def test_the_same_seed_gives_the_same_people():
    assert county() == county()
    assert county(seed=1) != county(seed=2)


def test_everybody_could_be_and_nobody_is():
    people = county(5000)
    assert len(people) == 5000
    for number in ("ehr_number", "id_number", "phone"):
        given_ = [getattr(person, number) for person in people if getattr(person, number)]
        if number != "phone":  # a household may share one
            assert len(set(given_)) == len(given_)
    for person in people:
        assert is_ehr_number(person.ehr_number)
        assert person.birth_date <= person.file_created_on <= TODAY
        assert not person.phone or (is_phone(person.phone) and person.phone.startswith("1540"))
        if person.id_type == "resident_id":
            identity = read_id_number(person.id_number, TODAY)
            assert (identity.birth_date, identity.sex) == (person.birth_date, person.sex)
            assert person.id_number.startswith("140499")


def test_the_county_is_like_the_notice():
    people = county(20000)
    share = Counter()
    for person in people:
        age = (TODAY - person.birth_date).days / 365.25
        share.update(person.groups)
        share["65"] += age >= 65
        share["7"] += age < 7
    for what, expected in (
        ("65", 18.9), ("7", 6.0), ("hypertension", 23.2), ("diabetes", 5.7), ("smi", 0.44), ("pregnant", 0.6),
    ):  # fmt: skip
        found = 100 * share[what] / len(people)
        assert found == pytest.approx(expected, rel=0.25 if expected < 1 else 0.06), what


def test_a_household_has_one_head_or_says_none_and_one_village():
    heads = Counter(person.household for person in county(3000) if person.relation == "head")
    assert set(heads.values()) == {1}
    unstated = Counter(person.household for person in county(3000) if not person.relation)
    assert set(unstated.values()) == {1}
    assert 0.02 < len(unstated) / len(heads) < 0.06
    assert set(heads) | set(unstated) == {person.household for person in county(3000)}
    assert not set(heads) & set(unstated)


def test_numbers_do_not_run_on():
    for village in {person.village for person in county(3000)}:
        numbers = [person.ehr_number for person in county(3000) if person.village == village]
        assert numbers != sorted(numbers)


def test_more_people_than_numbers_are_refused():
    with pytest.raises(ValueError, match="3000000"):
        next(draw_county(VILLAGES, 3_000_001))
    with pytest.raises(ValueError, match=r"99,999|one sex"):
        list(draw_county([Village("140499101200")], 150_000))


def test_every_invented_name_is_found_by_its_spelling():
    for name in {person.name for person in county(3000)}:
        plain = tokens.plain_name(name)
        fragments = tokens.fragments_of(plain)
        for reading in readings(plain):
            for letters in ("".join(reading), "".join(syllable[0] for syllable in reading if syllable)):
                term = tokens.Term("spelling", letters)
                assert any(set(way) <= fragments for way in tokens.alternatives(term)), (name, letters)
                assert tokens.match(term, name), (name, letters)


def test_yu_after_n_is_not_always_u_umlaut():
    for letters, name in (("longxuanyue", "龙萱悦"), ("lyubo", "吕波"), ("nvwa", "女娲"), ("nyuwa", "女娲")):
        assert tokens.match(tokens.Term("spelling", letters), name), letters
        fragments = tokens.fragments_of(name)
        assert any(set(way) <= fragments for way in tokens.alternatives(tokens.Term("spelling", letters))), letters


# --- Rows ---


def test_what_is_written_is_read_again():
    read = reader()
    for person in county():
        facts, problems = read.read(written(person))
        assert problems == []
        for name in ("ehr_number", "name", "sex", "birth_date", "relation", "residence_kind", "file_created_on"):
            assert (facts.get(name) or "") == getattr(person, name)
        assert facts.get("id_number", "") == person.id_number
        assert facts.get("phone", "") == person.phone
        assert facts.get("groups", ()) == person.groups
        assert facts["household_number"] == person.household
        assert {name for name in ("living_alone", "minimum_living") if facts.get(name)} <= set(person.facts)


def test_each_mistake_is_called_by_its_name():
    read = reader()
    found = Counter()
    for row, mistake in spoilt(map(roll_row, county(600)), 0.5):
        _facts, problems = read.read(cells_of(row))
        if mistake != TWICE:
            assert [problem.kind for problem in problems[:1]] == [mistake][: bool(mistake)], row
        found[mistake] += 1
    assert set(found) == {"", *KINDS}


@pytest.mark.parametrize(
    ("heading", "cell", "kind"),
    [
        ("联系电话", "+8615400000001", None),
        ("联系电话", "0355-8085678", None),
        ("联系电话", 15400000001.0, None),
        ("村（社区）代码", int(VILLAGES[0].code), None),
        ("出生日期", date(1961, 3, 7), "birth_date"),
        ("证件号码", 1.4049919610307e17, "unreadable"),
        ("姓名", "@SUM(A1)", "formula"),
        ("姓名", "-", None),
        ("姓名", "王\x00小", "encoding"),
        ("姓名", "　王\u200b小 ", None),
        ("建档日期", "1850-01-01", "date"),
        ("证件类型", "暂无证件", "id_number"),
        ("户编号", "99999", None),
        ("户编号", "100000", "household"),
        ("重点人群", "高血压，2型糖尿病", None),
        ("重点人群", "高血压、超人", "choice"),
        ("重点人群", "高血压、、 ", None),
        ("户编号", "", None),
        ("建档日期", datetime(2020, 5, 6, 7, 8), None),
    ],
)
def test_single_cells(heading, cell, kind):
    cells = written(county()[0])
    cells[AT[heading]] = cell
    _facts, problems = reader().read(cells)
    assert (problems[0].kind if problems else None) == kind, problems


def test_somebody_without_a_document_says_why():
    cells = written(county()[0])
    cells[AT["证件号码"]], cells[AT["证件类型"]] = "", "暂无证件"
    assert [problem.column for problem in reader().read(cells)[1]] == ["id_reason"]
    cells[AT["无证件原因"]] = "新生儿"
    assert reader().read(cells)[1] == []
    cells[AT["健康档案编号"]] = ""
    assert reader().read(cells)[1][0].kind == "missing"


def test_other_documents_are_not_too_short():
    cells = written(county()[0])
    cells[AT["证件类型"]], cells[AT["证件号码"]] = "护照", "E12"
    (problem,) = reader().read(cells)[1]
    assert str(problem) == "证件号码：过短"
    cells[AT["证件号码"]] = "E12345678"
    assert reader().read(cells)[1] == []
    assert str(Problem("repeated", "", "在文件中重复")) == "在文件中重复"


def test_no_file_is_older_than_its_person():
    person = next(person for person in county() if person.birth_date.year > 1950)
    cells = written(person)
    cells[AT["建档日期"]] = "1949-10-01"
    assert [(problem.kind, problem.column) for problem in reader().read(cells)[1]] == [("date", "file_created_on")]


@given(st.lists(st.one_of(st.text(max_size=60), st.integers(), st.floats(allow_nan=False), st.none(), st.dates(),
                          st.booleans()), max_size=20))  # fmt: skip
def test_whatever_a_row_holds_it_is_judged(cells):
    facts, problems = reader().read(["" if cell is None else cell for cell in cells])
    assert problems or facts["village"] in PLACES


# --- Files ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_told_by_the_headings(encoding):
    rows = [written(person) for person in county(50)]
    rows[3][AT["姓名"]] = "王𬭎"
    roll = open_roll(csv_bytes([HEADINGS, *rows], encoding))
    assert [cells for _number, cells in roll.rows()] == rows
    assert [number for number, _cells in roll.rows()] == list(range(2, 52)), "and a second time"


def test_one_broken_row_is_the_matter_of_that_row():
    rows = [written(person) for person in county(5)]
    content = csv_bytes([HEADINGS, *rows]).replace(rows[2][AT["姓名"]].encode(), "王".encode("gb18030"))
    roll = open_roll(content)
    read = reader(roll.positions)
    assert [bool(read.read(cells)[1]) for _number, cells in roll.rows()] == [False, False, True, False, False]


def test_a_workbook_gives_the_same_rows(tmp_path):
    people = county(300)
    assert write_csv(tmp_path / "a.csv", map(roll_row, people)) == 300
    assert write_xlsx(tmp_path / "a.xlsx", map(roll_row, people)) == 300
    rolls = [open_roll((tmp_path / name).read_bytes()) for name in ("a.csv", "a.xlsx")]
    assert list(rolls[0].rows()) == list(rolls[1].rows())
    assert [expected_rows((tmp_path / name).read_bytes()) for name in ("a.csv", "a.xlsx")] == [301, 301]


def test_titles_blank_columns_and_error_cells_of_a_workbook(tmp_path):
    cells = written(county()[0])
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet()
        page.write(0, 1, "某县居民名册")
        page.write_row(3, 1, HEADINGS)
        page.write_row(5, 1, cells)
        page.write_row(6, 1, cells)
        page.write_formula(6, 2, "=NA()", None, "#N/A")
    roll = open_roll((tmp_path / "a.xlsx").read_bytes())
    (first, second) = roll.rows()
    assert (roll.heading_row, first[0], second[0]) == (4, 6, 7)
    read = reader(roll.positions)
    assert read.read(first[1])[1] == []
    assert second[1][2].shown == "#N/A"
    assert "#N/A" in read.read(second[1])[1][0].text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"%PDF-1.7", "不是工作簿"),
        ("姓名,性别\n".encode(), "缺少以下列"),
        (csv_bytes([["姓名", *HEADINGS]]), "重复"),
        ("啊,波\n".encode("gb18030"), "无法识别表头"),
        (b"a\0b", "不是文本"),
        (b",,\n,,\n", "空"),
        (b"PK\x03\x04damaged", "损坏"),
    ],
)
def test_what_is_no_roll(content, words):
    assert expected_rows(content) >= 0
    with pytest.raises(SheetError, match=words):
        open_roll(content)


def test_a_document_and_an_empty_workbook_are_no_rolls():
    letter, empty = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "姓名"
    document.save(letter)
    with pytest.raises(SheetError, match="文件是 Word 文件，不是工作簿"):
        open_roll(letter.getvalue())
    with xlsxwriter.Workbook(empty) as book:
        book.add_worksheet()
    with pytest.raises(SheetError, match="空"):
        open_roll(empty.getvalue())


def test_the_sheet_that_names_most_columns_is_the_roll(tmp_path):
    cells = written(county()[0])
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("填表说明").write_row(0, 0, ["姓名", "说明"])
        page = book.add_worksheet("名册")
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, cells)
        book.add_worksheet("备注").write_row(0, 0, ["姓名"])
    assert [found for _number, found in open_roll((tmp_path / "a.xlsx").read_bytes()).rows()] == [cells]


def test_too_many_rows(monkeypatch):
    roll = open_roll(csv_bytes([HEADINGS, *map(written, county(20))]))
    monkeypatch.setattr("odoo.addons.bphs_resident.tools.roll_reader.MOST_ROWS", 10)
    with pytest.raises(SheetError, match="超过 10 行"):
        list(roll.rows())


def test_rejects_come_back_as_they_were():
    rows = [written(person) for person in county(3)]
    rows[0][AT["住址"]] = "=cmd|'/c calc'!A1"
    rows[1][AT["姓名"]] = "王" * 2000
    content = reject_workbook([*HEADINGS, REASON], [([*cells, "old"], f"reason {at}") for at, cells in enumerate(rows)])
    roll = open_roll(content)
    assert roll.headings == [*HEADINGS, REASON]
    found = [cells for _number, cells in roll.rows()]
    assert found[0] == [*rows[0], "reason 0"]
    assert found[1][AT["姓名"]] == "王" * 1000
    assert found[2] == [*rows[2], "reason 2"]


def test_a_row_that_was_rejected_before_says_what_is_to_be_done():
    cells = written(county()[0])
    lost, twice = list(cells), list(cells)
    lost[AT["联系电话"]] = Unread("1.54E+17", "末尾数字已丢失")
    rows = [(lost, "错"), (twice, "重复" + LOOK_AT), (cells, "mended")]
    with open_roll(reject_workbook([*HEADINGS, REASON], rows)) as roll:
        read = reader(roll.positions)
        found = [[str(one) for one in read.read(row, roll.is_unseen(row))[1]] for _number, row in roll.rows()]
        again = reject_workbook(roll.headings, [(row, "错") for _number, row in roll.rows()])
    assert found[0] == ["联系电话：在原文件中无法读取，须重新填写；如确实没有，请删除本行的原因"]
    assert found[1] == ["与其他行重复而被退回，尚未核对；核对后请删除本行的原因"]
    assert found[2] == []
    with open_roll(again) as roll:
        assert len(reader(roll.positions).read(next(roll.rows())[1])[1]) == 1, "however often it comes back"
    with open_roll(csv_bytes([HEADINGS, cells])) as roll:
        assert not roll.is_unseen(cells)
    with open_roll(csv_bytes([[*HEADINGS, REASON], cells])) as roll:
        assert list(roll.rows()) == [(2, cells)]


def test_cells_that_are_no_values_refuse_their_row():
    cells = written(county()[0])
    cells[AT["住址"]], cells[AT["联系电话"]] = Covered("东街"), Unread("#N/A", "是错误值")
    assert [problem.text for problem in reader().read(cells)[1]] == [
        "“#N/A”是错误值", "“东街”是与上一行合并的单元格，请取消合并后逐行填写",
    ]  # fmt: skip


def test_f10_the_other_names_of_columns():
    headings = [{"联系电话": "电话", "证件号码": "身份证号", "住址": "家庭住址"}.get(one, one) for one in HEADINGS]
    with open_roll(csv_bytes([[*headings, "包村医生"], [*written(county()[0]), "甲"]])) as roll:
        assert len(roll.positions) == len(HEADINGS)
        assert len(list(roll.rows())) == 1
        assert roll.remarks() == ["以下列未使用：包村医生"]


def test_f3_two_rolls_in_one_file(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name in ("甲镇", "乙镇"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, HEADINGS)
            page.write_row(1, 0, written(county()[0]))
    with pytest.raises(SheetError, match="有多个工作表都是居民名册：甲镇、乙镇"):
        open_roll((tmp_path / "a.xlsx").read_bytes())


def test_how_many_rows_a_file_says_it_has():
    assert expected_rows(b"PK\x03\x04") == 0
    assert expected_rows(b"PK\x03\x04" + b"PK\x05\x06" + bytes(18)) == 0
    assert expected_rows(b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18) == 0
    assert expected_rows(b"PK\x03\x04" + b"PK\x05\x06" + bytes(8) + b"\x2e" + bytes(9)) == 0


# --- The stream ---


@given(st.lists(st.text(min_size=1, max_size=40)), st.integers(1, 50))
def test_a_stream_gives_every_byte_once(lines, size):
    stream, parts = RowStream(iter(lines)), []
    while part := stream.read(size):
        assert len(part) <= size
        parts.append(part)
    assert b"".join(parts) == "".join(lines).encode("utf-8", "surrogatepass")


def test_a_stream_tells_what_went_wrong():
    def lines():
        yield "a"
        raise SheetError("x")

    stream = RowStream(lines())
    with pytest.raises(SheetError):
        stream.read()
    assert isinstance(stream.error, SheetError)
    assert RowStream(iter("ab")).read() == b"ab"


def test_the_template_is_a_roll():
    roll = open_roll(template("居民名册", ROLL_COLUMNS, ()))
    assert [roll.headings[at] for at in roll.positions.values()] == HEADINGS
    assert list(roll.rows()) == []


def test_two_counties_side_by_side_share_no_document():
    one, other = (
        {person.id_number for person in draw_county(VILLAGES, 3000, used=used) if person.id_number} for used in (0, 20)
    )
    assert not one & other
