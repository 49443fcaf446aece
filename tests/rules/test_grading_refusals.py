"""A broken grading document: one line that names the field."""

import json

import pytest
from grading_people import ruleset
from hypothesis import given
from hypothesis import strategies as st
from replay_sample import MISSING, put, written
from test_replay_vectors import ROOT, refused, run

from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_elderly.tools.grading.replay import replay

PERSON = {
    "code": "E1",
    "birth_date": "1950-02-28",
    "values": [
        {"id": "v1", "fact": "adl_score", "value": "5", "date": "2025-03-01"},
        {"id": "v2", "fact": "mood_screen", "value": "positive", "date": "2025-03-01"},
        {"id": "v3", "fact": "bmi", "value": "-18.25", "date": "2025-03-01"},
    ],
    "ranges": [{"id": "r1", "fact": "condition", "code": "copd", "from": "2019-05-01", "to": None}],
    "events": [{"id": "e1", "code": "stroke", "date": "2025-09-09"}],
    "control": [{"id": "c1", "disease": "copd", "is": "uncontrolled", "date": "2025-08-01"}],
    "manual": [{"id": "m1", "colour": "red", "from": "2025-10-01", "to": "2026-01-31"}],
}
GATE = [
    {"fact": "adl_score", "months": 12},
    {"fact": "mood_screen", "months": 12},
    {"fact": "exam", "months": 12},
    {"fact": "sbp", "op": ">=", "value": "90.50", "months": 1200},
]
CONDITIONS = [
    {"fact": "age", "op": ">=", "value": "80"},
    {"fact": "hba1c", "op": "<", "value": "7.0", "months": 1},
    {"fact": "smi_state", "is": "stable", "months": 24},
    {"fact": "condition", "in": ["copd", "ckd"], "at_least": 1},
    {"fact": "event", "in": ["fall"], "months": 12},
    {"fact": "event", "in": ["fall"], "older_than_months": 6},
    {"fact": "control", "in": ["copd"], "last": 2, "is": "controlled", "months": 6},
    {"fact": "unsettled", "in": ["copd"], "months": 6},
    {"fact": "manual", "is": "yellow"},
]
RULE = {"code": "R1", "colour": "red", "text": "文", "action": "做", "any": [CONDITIONS]}
AGE, NUMBER, WORD, RUNNING, HAPPENED, PAST, CONTROL, UNSETTLED, MANUAL = (
    ("ruleset", "rules", 0, "any", 0, place) for place in range(9)
)
WHO = ("people", 0)


def sample():
    rules = {"code": "s", "name": "名", "source": "县", "gate": GATE, "rules": [RULE, {**RULE, "code": "R2"}]}
    document = {"ruleset": rules, "as_of": "2025-12-31", "people": [PERSON, {**PERSON, "code": "E2"}]}
    return json.loads(json.dumps(document))  # nothing of it is shared


def changed(path, value):
    return put(sample(), path, value)


def check(document, field):
    with pytest.raises(ReplayError) as caught:
        replay(json.dumps(document).encode())
    assert caught.value.path == field, str(caught.value)
    assert str(caught.value).isprintable()


def places(value, path=()):
    """Every key of every object, and every object."""
    if isinstance(value, dict):
        yield path, None
        for key, item in value.items():
            yield path, key
            yield from places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*path, index))


OBJECTS = [path for path, key in places(sample()) if key is None]
KEYS = [(*path, key) for path, key in places(sample()) if key is not None]
# Without them a condition of the gate is another kind, or the key may be left out.
OTHERWISE = {(*RUNNING, "at_least"), (*RUNNING[:2], 1, *RUNNING[3:], "at_least")}
ids = {"ids": written}


def test_the_sample_is_sound():
    assert json.loads(replay(json.dumps(sample()).encode()))["counts"]


@pytest.mark.parametrize("path", [path for path in KEYS if path not in OTHERWISE], **ids)
def test_a_missing_key(path):
    named = written(path)
    if path[:2] == ("ruleset", "gate") and path[-1] in ("op", "value"):
        named = written((*path[:-1], path[-1]))
    if path == (*PAST, "older_than_months") or path == (*PAST[:2], 1, *PAST[3:], "older_than_months"):
        named = written((*path[:-1], "months"))  # an event needs the one or the other
    check(changed(path, MISSING), named)


@pytest.mark.parametrize("path", sorted(OTHERWISE), **ids)
def test_a_key_that_may_be_left_out(path):
    assert replay(json.dumps(changed(path, MISSING)).encode())


@pytest.mark.parametrize("path", OBJECTS, **ids)
def test_an_unknown_key(path):
    check(changed((*path, "note"), "x"), written((*path, "note")))


# What may be empty.
LISTS = {("people",), *[("people", n, key) for n in (0, 1) for key in PERSON if isinstance(PERSON[key], list)]}
NO_VALUES = [
    (path, value)
    for path in KEYS
    if path[-1] != "to"
    for value in (None, True, 1.5, {}, [])
    if not (value == [] and path in LISTS)
]


@pytest.mark.parametrize(("path", "value"), NO_VALUES, ids=[f"{written(p)}={v}" for p, v in NO_VALUES])
def test_a_value_of_the_wrong_kind(path, value):
    with pytest.raises(ReplayError) as caught:
        replay(json.dumps(changed(path, value)).encode())
    assert caught.value.path.startswith(written(path))


WRONG = [
    ((*AGE, "op"), "=", None),
    ((*AGE, "value"), "80.0", None),
    ((*AGE, "value"), "-0", None),
    ((*AGE, "value"), "080", None),
    ((*NUMBER, "value"), "7.001", None),
    ((*NUMBER, "value"), "1000000", None),
    ((*NUMBER, "months"), 0, None),
    ((*NUMBER, "months"), 1201, None),
    ((*NUMBER, "months"), "12", None),
    ((*NUMBER, "fact"), "weight", None),
    ((*WORD, "is"), "positive", None),
    ((*RUNNING, "in"), ["copd", "copd"], "ruleset.rules[0].any[0][3].in[1]"),
    ((*RUNNING, "in"), [""], "ruleset.rules[0].any[0][3].in[0]"),
    ((*RUNNING, "at_least"), 0, None),
    ((*HAPPENED, "older_than_months"), 3, "ruleset.rules[0].any[0][4].months"),
    ((*CONTROL, "is"), "red", None),
    ((*CONTROL, "last"), True, None),
    ((*MANUAL, "is"), "green", None),
    (("ruleset", "rules", 0, "any", 0), [{"fact": "sbp", "months": 12}], "ruleset.rules[0].any[0][0].op"),
    (("ruleset", "rules", 0, "any", 0), [{"fact": "mood_screen", "months": 12}], "ruleset.rules[0].any[0][0].is"),
    (("ruleset", "rules", 0, "colour"), "green", None),
    (("ruleset", "rules", 1, "code"), "R1", None),
    (("ruleset", "gate", 0, "is"), "positive", "ruleset.gate[0].op"),
    (("as_of",), "2025-02-29", None),
    (("as_of",), "20251231", None),
    (("as_of",), "２０２５-12-31", None),
    ((*WHO, "birth_date"), "2026-01-01", None),
    (("people", 1, "code"), "E1", None),
    ((*WHO, "values", 0, "value"), "5.0", None),
    ((*WHO, "values", 0, "value"), "positive", None),
    ((*WHO, "values", 1, "value"), "5", None),
    ((*WHO, "values", 2, "value"), "1.234", None),
    ((*WHO, "values", 0, "fact"), "age", None),
    ((*WHO, "ranges", 0, "fact"), "event", None),
    ((*WHO, "ranges", 0, "to"), "2019-04-30", None),
    ((*WHO, "ranges", 0, "to"), "", None),
    ((*WHO, "manual", 0, "to"), "2025-09-30", None),
    ((*WHO, "manual", 0, "colour"), "green", None),
    ((*WHO, "control", 0, "is"), "unknown", None),
    ((*WHO, "events", 0, "id"), "v1", None),
    ((*WHO, "events", 0, "code"), "", None),
]


@pytest.mark.parametrize(("path", "value", "field"), WRONG, ids=[f"{written(p)}={v}" for p, v, _f in WRONG])
def test_what_breaks_a_rule(path, value, field):
    check(changed(path, value), field or written(path))


def test_a_thousand_facts_are_the_most():
    many = [{"id": f"x{n}", "code": "fall", "date": "2025-01-01"} for n in range(994)]
    assert replay(json.dumps(changed((*WHO, "events"), many)).encode())
    check(changed((*WHO, "events"), [*many, {**many[0], "id": "y"}]), "people[0]")


def test_what_may_be_odd():
    for path, value in [
        ((*WHO, "ranges", 0, "to"), "2019-05-01"),
        ((*WHO, "events", 0, "date"), "1900-01-01"),
        ((*WHO, "values", 2, "value"), "-0"),
        ((*WHO, "code"), "王 大\n爷"),
        ((*RUNNING, "at_least"), 1200),
        (("people",), []),
    ]:
        assert replay(json.dumps(changed(path, value)).encode())


def test_the_command_knows_the_document_and_says_what_is_wrong_in_one_line():
    line = refused(run("-", data=json.dumps(changed((*AGE, "op"), "≥")).encode()))
    assert line.startswith("ruleset.rules[0].any[0][0].op: ")
    both = {**sample(), "scheme": {}}
    assert refused(run("-", data=json.dumps(both).encode())).startswith("scheme: ")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(KEYS), anything)
def test_anything_anywhere_is_refused_in_one_line_or_graded(path, value):
    try:
        result = replay(json.dumps(changed(path, value)).encode())
    except ReplayError as error:
        assert str(error).isprintable()
    else:
        assert json.loads(result)["counts"]


def test_the_shipped_sets_are_sound():
    for name in ("strict-2025", "own-clock-2025"):
        assert replay(json.dumps({"ruleset": ruleset(name), "as_of": "2025-12-31", "people": []}).encode())
    assert (ROOT / "docs" / "rules" / "grading.md").exists()
