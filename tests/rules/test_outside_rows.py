"""A row from another system: what it says, and every reason why it is refused, of a sheet and of a program alike."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.reading.cells import Unread
from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_service.tools.forms import Question
from odoo.addons.bphs_service.tools.outside.answers import read_answers
from odoo.addons.bphs_service.tools.outside.columns import CHOICES, COLUMNS, CONDITION, DEATH, RECORD, VISIT
from odoo.addons.bphs_service.tools.outside.medicines import MOST, read_medicines
from odoo.addons.bphs_service.tools.outside.row import Form, Known, OutsideReader, Problem, told

TODAY = date(2026, 3, 10)
EHR, ID = "14040410220012345", "11010519491231002X"
QUESTIONS = (
    Question("systolic", "integer", required=True, low=60, high=260),
    Question("result", "selection", required=True),
    Question("next_on", "date"),
    Question("salt", "selection", required=True),
    Question("symptoms", "tags"),
    Question("steps", "integer", low=0, high=30),
    Question("alcohol", "float"),
    Question("smokes", "boolean"),
    Question("since", "date"),
    Question("words", "char"),
)
SALT = {"light": "light", "轻": "light", "medium": "medium", "中": "medium"}
SYMPTOMS = {"1": "1", "无症状": "1", "2": "2", "头痛": "2"}
OTHER = {"steps": {}, "alcohol": {}, "smokes": {}, "since": {}, "words": {}}
FORM = Form(7, 3, False, "management", False, QUESTIONS, {"salt": SALT, "symptoms": SYMPTOMS, **OTHER})
KNOWN = Known(
    {"HIS": (5, "imported")},
    {"hypertension": FORM},
    {"D1": (11, 21)},
    {"I2": 22},
    {"home": ("home", True), "入户": ("home", True), "phone": ("phone", False)},
    {"hypertension": "hypertension", "高血压": "hypertension"},
    {name: {"satisfied": "satisfied", "控制满意": "satisfied"} for name in CHOICES},
)


def read(of=VISIT, /, **cells):
    usual = {"system": "HIS", "external_id": "A1", "ehr_number": EHR, "name": "张 三", "day": "2026-02-01"}
    if of == VISIT:
        usual["form"] = "hypertension"
    return OutsideReader(of, KNOWN, TODAY).read({**usual, **cells})


def kinds(of=VISIT, /, **cells):
    return [(problem.kind, problem.column) for problem in read(of, **cells)[1]]


def test_what_a_visit_says():
    row, problems = read(
        systolic="128", result="控制满意", mode="入户", worker="D1", medicines="氨氯地平 5mg 每日1次", answers="salt=轻"
    )
    assert not problems
    assert (row["system_id"], row["source"], row["external_id"], row["name"]) == (5, "imported", "A1", "张三")
    assert (row["template_id"], row["item_id"], row["day"]) == (7, 3, date(2026, 2, 1))
    assert (row["mode"], row["face_to_face"], row["worker_id"], row["institution_id"]) == ("home", True, 11, 21)
    assert (row["systolic"], row["result"], row["answers"]) == (128, "satisfied", {"salt": "light"})
    assert row["medicines"] == [{"name": "氨氯地平", "dose": "5", "dose_unit": "mg", "times_a_day": "1"}]
    assert (row["is_complete"], row["missing"]) == (True, "")


def test_what_it_leaves_open():
    row, problems = read(ehr_number="", id_number=ID.lower(), institution="I2")
    assert not problems
    assert (row["id_number"], row["mode"], row["worker_id"], row["institution_id"]) == (ID, "clinic", None, 22)
    assert (row["missing"], row["is_complete"], row["answers"]) == ("systolic,result,salt", False, None)
    assert "systolic" not in read(systolic=" ")[0]
    assert "systolic" not in read(systolic=0)[0], "what was not measured"
    assert read(next_on="2026-02-01")[0]["next_on"] == date(2026, 2, 1), "the same day is read once"
    assert read(id_number="护照E1234")[0]["id_number"], "of another document only the register can tell"


@pytest.mark.parametrize(
    ("expected", "cells"),
    [
        (("missing", "name"), {"name": ""}),
        (("missing", "id_number"), {"ehr_number": ""}),
        (("missing", "external_id"), {"external_id": None}),
        (("missing", "external_id"), {"external_id": " "}),
        (("missing", "day"), {"day": " "}),
        (("unreadable", "name"), {"name": 1e200}),
        (("number", "ehr_number"), {"ehr_number": "123"}),
        (("number", "id_number"), {"id_number": "110105194912310021"}),
        (("system", "system"), {"system": "XX"}),
        (("form", "form"), {"form": "none"}),
        (("worker", "worker"), {"worker": "D9"}),
        (("worker", "institution"), {"institution": "I9"}),
        (("date", "day"), {"day": "2026-03-11"}),
        (("date", "day"), {"day": "1899-01-01"}),
        (("unreadable", "day"), {"day": "昨天"}),
        (("date", "next_on"), {"next_on": "2026-01-01"}),
        (("choice", "mode"), {"mode": "飞"}),
        (("choice", "result"), {"result": "好"}),
        (("bounds", "systolic"), {"systolic": 30}),
        (("bounds", "systolic"), {"systolic": 12800}),
        (("unreadable", "systolic"), {"systolic": 128.5}),
        (("unreadable", "systolic"), {"systolic": True}),
        (("unreadable", "systolic"), {"systolic": [1]}),
        (("answer", "diastolic"), {"diastolic": 80}),
        (("answer", "answers"), {"answers": "what=1"}),
        (("unreadable", "medicines"), {"medicines": "=cmd"}),
        (("unreadable", "medicines"), {"medicines": [{"name": "甲", "x": 1}]}),
        (("unreadable", "note"), {"note": "字" * 201}),
        (("unreadable", "note"), {"note": Unread("?", "unreadable")}),
        (("unreadable", "status"), {"status": "died"}),
    ],
)
def test_why_a_visit_is_refused(expected, cells):
    assert expected in kinds(**cells)


def test_the_other_kinds():
    row, problems = read(CONDITION, kind="高血压", stage="2级")
    assert not problems
    assert (row["kind"], row["day"], row["stage"]) == ("hypertension", date(2026, 2, 1), "2级")
    assert kinds(CONDITION) == [("missing", "kind")]
    row, problems = read(DEATH, note="死亡证明")
    assert not problems
    assert row["note"] == "死亡证明"
    row, problems = read(RECORD, fasting_glucose="8.10", place="县医院")
    assert not problems
    assert (row["fasting_glucose"], row["place"]) == (Decimal("8.10"), "县医院")
    assert kinds(RECORD) == [("missing", "systolic")]
    assert kinds(RECORD, hba1c=90) == [("bounds", "hba1c")]


def test_each_kind_has_a_column_of_its_own():
    required = [frozenset(one.label for one in columns if one.required) for columns in COLUMNS.values()]
    assert all(not one <= other for one in required for other in required if one is not other)


def test_the_same_content_is_the_same():
    same = {"systolic": "128", "answers": "salt=轻"}
    first = read(**same)[0]["digest"]
    assert read(**{**same, "systolic": 128.0}, day=datetime(2026, 2, 1), external_id="A2")[0]["digest"] == first
    assert read(**{**same, "systolic": 129})[0]["digest"] != first
    assert read(RECORD, hba1c="7.50")[0]["digest"] == read(RECORD, hba1c=7.5)[0]["digest"]
    assert read(worker="D1")[0]["digest"] == read(worker=" D1")[0]["digest"] != read()[0]["digest"]


def test_reasons_in_the_words_of_the_sheet():
    assert told(VISIT, [Problem("missing", "name", "必填"), Problem("unreadable", "x", "坏")]) == "姓名：必填；x：坏"
    assert told(VISIT, []) is None


# === MEDICINES === #


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苯磺酸氨氯地平片", [{"name": "苯磺酸氨氯地平片"}]),
        ("二甲双胍 0.50g 每日2次", [{"name": "二甲双胍", "dose": "0.5", "dose_unit": "g", "times_a_day": "2"}]),
        ("甲 1片 一日3次；乙 每天1次\n丙", [
            {"name": "甲", "dose": "1", "dose_unit": "片", "times_a_day": "3"},
            {"name": "乙", "times_a_day": "1"},
            {"name": "丙"},
        ]),
        ("", []),
        ([{"name": "甲", "dose": 5, "dose_unit": "mg", "times_a_day": 1}],
         [{"name": "甲", "dose": "5", "dose_unit": "mg", "times_a_day": "1"}]),
    ],
)  # fmt: skip
def test_medicines(text, expected):
    assert read_medicines(text) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        "甲 5",
        5,
        {"name": "甲"},
        "甲 0mg",
        "甲 5mg 每日99次",
        "=甲",
        "甲" * 101,
        "；".join(f"药{at}" for at in range(MOST + 1)),
        ["甲"],
        [{"name": 1}],
        [{"name": "甲", "dose_unit": 5}],
        [{"name": "甲", "dose_unit": "长" * 11}],
        [{"dose": 5}],
    ],
)
def test_medicines_refused(wrong):
    with pytest.raises(SheetError):
        read_medicines(wrong)


# === ANSWERS === #


def test_answers():
    text = "salt=中; symptoms=头痛、1；steps=3；alcohol=0.5；smokes=是；since=2020/1/2；words=好；"
    expected = {
        "salt": "medium",
        "symptoms": ["2", "1"],
        "steps": 3,
        "alcohol": 0.5,
        "smokes": True,
        "since": "2020-01-02",
        "words": "好",
    }
    assert read_answers(text, QUESTIONS, FORM.choices) == expected
    sent = {**expected, "symptoms": ["2", "1"], "smokes": False}
    assert read_answers(sent, QUESTIONS, FORM.choices) == sent
    assert read_answers(None, QUESTIONS, FORM.choices) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        "salt",
        "salt=",
        "what=1",
        "systolic=120",
        "salt=重",
        "symptoms=9",
        "steps=31",
        "steps=1.5",
        "alcohol=少",
        {"alcohol": None},
        "smokes=也许",
        "since=昨天",
        {"words": ["a"]},
        {"words": "字" * 1001},
        {"words": "\x07"},
    ],
)
def test_answers_refused(wrong):
    with pytest.raises(SheetError):
        read_answers(wrong, QUESTIONS, FORM.choices)


# === WHATEVER COMES === #

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@given(kind=st.sampled_from([*COLUMNS]), data=st.data())
def test_whatever_a_program_sends_is_answered(kind, data):
    """A row is either taken or refused with its reasons, whatever it holds."""
    keys = st.sampled_from([column.key for column in COLUMNS[kind]]) | st.text(max_size=10)
    row, problems = read(kind, **data.draw(st.dictionaries(keys, json, max_size=6)))
    assert problems or row["digest"]
    assert all(problem.kind and problem.text for problem in problems)
