"""The process that reads: what it gives, what it costs, and that a hostile file costs nobody else anything."""

import io
import json
import os
import resource

import pytest
from files import made_files
from hostile_files import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.importing.spreadsheet_in import read_sheet
from odoo.addons.bphs_base.tools.reading import child, process
from odoo.addons.bphs_base.tools.reading.cells import Covered, Unread, decoded, decoded_line, encoded
from odoo.addons.bphs_base.tools.reading.process import OpenFile
from odoo.addons.bphs_base.tools.sheet_guard import Limits, SheetError
from odoo.addons.bphs_resident.tools.roll_reader import LIMITS as ROLL

MB = 2**20
GROWTH = 200 * MB


def memory():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * resource.getpagesize()


def drawn(content, limits=None):
    with OpenFile(content, limits) as file:
        return [row for sheet in file.sheets for row in file.rows(sheet)]


@pytest.mark.parametrize("kind", made_files.FORMATS)
def test_the_process_gives_what_is_read_here(kind):
    content = made_files.made(kind, [["甲", "1.5"], ["乙", "2025-01-05"]])
    with OpenFile(content) as file:
        sheet = file.sheets[0]
        rows = list(file.rows(sheet))
        assert rows == read_sheet(content).rows == sheet.head
        assert list(file.rows(sheet)) == rows, "and a second time"
        assert file.kind == {"gbk": "text", "csv": "text", "tsv": "text"}.get(kind, kind)


@pytest.mark.parametrize("limits", [Limits(), ROLL], ids=["form", "roll"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_and_the_worker_stays_small(name, limits):
    content = HOSTILE[name]()
    before = memory()
    with pytest.raises(SheetError):
        with OpenFile(content, limits) as file:
            if limits is ROLL and file.kind == "docx":
                raise SheetError("no roll")
            # Every route refuses a file in which nothing stands.
            if not sum(1 for _row in file.rows(file.sheets[0])):
                raise SheetError("empty")
    assert memory() - before < GROWTH


# What a hostile hand may put together: parts that are repeated without an end, in every order.
_PIECES = st.lists(
    st.tuples(
        st.sampled_from(
            (
                b"<row>", b"</row>", b'<row r="1">', b'<row r="1048576">', b"<c><v>1</v></c>", b"<c/>", b"<row/>",
                b'<c r="XFD1048576"><v>1</v></c>', b'<c r="A1" t="s"><v>0</v></c>', b'<c t="e"><v>#N/A</v></c>',
                b'<c r="ZZZ9999999"><v>1e308</v></c>', b'<c><f>1</f></c>', b"<x:c><v>1</v></x:c>", b"<", b">",
            )
        ),
        st.sampled_from((1, 2, 100, 50_000)),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=15)
@given(_PIECES)
def test_whatever_is_put_together_is_read_or_refused(pieces):
    from hostile_files import sheet_of

    content = sheet_of(
        b"".join(piece * times for piece, times in pieces), shared=b"<si><t>%b</t></si>" % (b"x" * 30_000)
    )
    before = memory()
    try:
        drawn(content)
    except SheetError as error:
        assert str(error)
    assert memory() - before < GROWTH


def test_cells_travel_as_they_are():
    from datetime import date, datetime, time, timedelta
    from decimal import Decimal

    from odoo.addons.bphs_base.tools.reading.cells import SheetRow

    values = (
        None, "甲", 1, Decimal("1.10"), True, date(2025, 1, 5), datetime(2025, 1, 5, 8), time(8), timedelta(hours=30),
        Unread("#N/A", "x"), Covered("乙"), Covered(Decimal("2")),
    )  # fmt: skip
    (row,) = decoded(decoded_line(encoded([SheetRow(3, values, True)]).encode()))
    assert row == (3, values, True)
    assert decoded_line(b'{"x": 1}') == {"x": 1}


def asked(content, *places, limits=None):
    out = io.BytesIO()
    child.answer(content, limits or Limits(), [b"%d\n" % place for place in places], out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_answers_line_by_line():
    told = asked(made_files.made("xlsx", [["甲"], ["乙"]]), 0)
    assert told[0]["kind"] == "xlsx" and told[0]["sheets"][0]["height"] == 2
    assert told[1] == {"rows": [[1, False, ["甲"]], [2, False, ["乙"]]]}
    assert told[2] == {"end": True}
    assert asked(b"") == [{"error": "文件是空的"}]


@pytest.mark.parametrize(("raised", "key"), [(MemoryError(), "error"), (KeyError("secret"), "failed")])
def test_what_fails_in_the_process(raised, key, monkeypatch):
    def fails(*_arguments):
        raise raised

    monkeypatch.setattr(child, "open_here", fails)
    ((told,),) = [[one] for one in asked(b"x")]
    assert set(told) == {key}
    assert "secret" not in told[key]


def test_the_process_confines_itself(monkeypatch, tmp_path):
    bounds = {}
    monkeypatch.setattr(resource, "getrlimit", lambda what: (0, 1000 if what == resource.RLIMIT_CPU else -1))
    monkeypatch.setattr(resource, "setrlimit", lambda what, told: bounds.update({what: told}))
    child.confine(Limits(memory=5 * MB), 5_000)
    assert bounds == {
        resource.RLIMIT_AS: (5 * MB, -1), resource.RLIMIT_CPU: (1000, 1000), resource.RLIMIT_CORE: (0, -1),
    }  # fmt: skip
    place = tmp_path / "a.csv"
    place.write_bytes("甲,乙\n".encode())
    order = {"limits": {"rows": 5}, "seconds": 5, "file": os.open(place, os.O_RDONLY)}
    answers = tmp_path / "answers"
    answers.touch()
    out = os.open(answers, os.O_WRONLY)
    monkeypatch.setattr(child.sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(order).encode() + b"\n0\n")))
    monkeypatch.setattr(child.os, "dup", lambda _number: out)
    monkeypatch.setattr(child.os, "dup2", lambda _from, _to: None)
    child.main()
    assert [list(json.loads(line)) for line in answers.read_bytes().splitlines()] == [
        ["kind", "sheets"], ["rows"], ["end"],
    ]  # fmt: skip


def test_a_process_that_says_nothing_is_ended():
    with pytest.raises(SheetError, match="超过 0 秒"):
        OpenFile(made_files.made("csv", [["甲"]]), Limits(seconds=0))


def test_an_answer_without_an_end_is_not_taken(monkeypatch):
    monkeypatch.setattr(process, "_LONGEST_LINE", -1)
    with pytest.raises(SheetError, match="占用内存或时间过多"):
        OpenFile(made_files.made("csv", [["甲"]]))


def test_a_reader_that_fails_is_told_without_its_values(monkeypatch, caplog):
    monkeypatch.setattr(process, "_PROGRAM", 'import sys; sys.stdin.readline(); print(\'{"failed": "KeyError, x:1"}\')')
    with pytest.raises(SheetError, match="损坏或无法识别"):
        OpenFile(b"secret")
    assert "KeyError, x:1" in caplog.text and "secret" not in caplog.text


def test_a_process_that_died_is_closed_all_the_same():
    with OpenFile(made_files.made("csv", [["甲"]])) as file:
        file._process.kill()
        file._process.wait()
        file._process.stdin.write(b"x")
        with pytest.raises(SheetError):
            file._line()


@settings(max_examples=25)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_arbitrary_bytes_are_read_or_refused(content, mark):
    try:
        drawn(mark + content)
    except SheetError as error:
        assert str(error)
