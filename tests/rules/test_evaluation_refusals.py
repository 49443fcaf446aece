"""A broken document of a round: one line that names the field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replay_sample import MISSING, put, written
from test_replay_vectors import ROOT, refused, run

from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_evaluation.tools.replay import replay

EXAMPLE = (ROOT / "tests/vectors/evaluation/example.in.json").read_text(encoding="utf-8")
SCHEME = ("evaluation",)
ITEM = ("evaluation", "items")
UNIT = ("units", 0)
RESULTS = (*UNIT, "results")


def sample():
    document = json.loads(EXAMPLE)
    document["units"] = document["units"][:2]
    document["units"][0]["red_lines"] = ["R2"]
    return document


def changed(path, value):
    return put(sample(), path, value)


def places(value, path=()):
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
COUNTED = {path for path in KEYS if path[-2:-1] == ("counts",)}
# Where null has a meaning, and where a list may be empty.
NULL = {path for path in KEYS if path[-1] in ("most", "value") or path[-2:-1] == ("results",)}
EMPTY = {path for path in KEYS if path[-1] in ("red_lines", "units")}


@pytest.mark.parametrize("path", [path for path in KEYS if path not in COUNTED], ids=written)
def test_a_missing_key(path):
    with pytest.raises(ReplayError) as caught:
        replay(json.dumps(changed(path, MISSING)).encode())
    assert caught.value.path == written(path)


@pytest.mark.parametrize("path", sorted(COUNTED), ids=written)
def test_a_count_that_is_not_named_is_nothing(path):
    assert replay(json.dumps(changed(path, MISSING)).encode())


@pytest.mark.parametrize("path", OBJECTS, ids=written)
def test_an_unknown_key_and_one_given_twice(path):
    where = (*path, "note")
    with pytest.raises(ReplayError) as caught:
        replay(json.dumps(changed(where, "x")).encode())
    assert caught.value.path == written(where)
    twice = json.dumps(changed(where, 0)).replace('"note": 0', '"note": 0, "note": 0')
    with pytest.raises(ReplayError, match="重复"):
        replay(twice.encode())


WRONG_KINDS = [
    (path, value)
    for path in KEYS
    for value in (None, True, 94.0, {}, [])
    if not (value is None and (path in NULL or path[-1] == "value"))
    and not (value == [] and path in EMPTY)
    and not (value is True and path[-1] in ("rescale", "value"))
    and not (value == {} and path[-1] == "counts")
]


@pytest.mark.parametrize(("path", "value"), WRONG_KINDS, ids=[f"{written(p)}={v}" for p, v in WRONG_KINDS])
def test_a_value_of_the_wrong_kind(path, value):
    with pytest.raises(ReplayError) as caught:
        replay(json.dumps(changed(path, value)).encode())
    assert caught.value.path.startswith(written(path))


WRONG = [
    ((*SCHEME, "code"), "", None),
    ((*SCHEME, "name"), "", None),
    ((*SCHEME, "total"), "0", None),
    ((*SCHEME, "total"), "100.001", None),
    ((*SCHEME, "total"), "99.00", "evaluation.items"),
    ((*SCHEME, "total"), "1000000", None),
    ((*SCHEME, "total"), "+100", None),
    ((*SCHEME, "min_assessable"), "1.0001", None),
    ((*SCHEME, "min_assessable"), "-0", None),
    ((*SCHEME, "min_assessable"), "0.60000", None),
    ((*SCHEME, "items"), [], None),
    ((*SCHEME, "groups"), [], None),
    ((*ITEM, 0, "method"), "egt", None),
    ((*ITEM, 0, "method"), "manual", "evaluation.items[0].target"),
    ((*ITEM, 0, "points"), "0.00", None),
    ((*ITEM, 0, "target"), "0", None),
    ((*ITEM, 1, "code"), "A1", None),
    ((*ITEM, 2, "cases"), [], None),
    ((*ITEM, 2, "cases", 1, "code"), "late", None),
    ((*ITEM, 2, "cases", 0, "each"), "0.001", None),
    ((*ITEM, 2, "cases", 0, "most"), "-1", None),
    ((*ITEM, 3, "steps"), [], None),
    ((*ITEM, 3, "steps", 1, "from"), "0.95", None),
    ((*ITEM, 3, "steps", 1, "share"), "1.01", None),
    ((*ITEM, 4, "zero_at"), "0.05", None),
    ((*SCHEME, "red_lines", 0, "value"), "100.01", None),
    ((*SCHEME, "red_lines", 0, "value"), None, None),
    ((*SCHEME, "red_lines", 1, "value"), "0", None),
    ((*SCHEME, "red_lines", 0, "effect"), "zero", "evaluation.red_lines[0].value"),
    ((*SCHEME, "red_lines", 1, "code"), "R1", None),
    ((*SCHEME, "groups", 0, "from"), "100.01", None),
    ((*SCHEME, "groups", 1, "from"), "90", None),
    ((*SCHEME, "groups", 3, "from"), "1", None),
    ((*SCHEME, "groups", 1, "name"), "优秀", None),
    (("units", 1, "code"), "140404102", None),
    ((*UNIT, "red_lines"), ["R3"], "units[0].red_lines[0]"),
    ((*UNIT, "red_lines"), ["R1", "R1"], "units[0].red_lines[1]"),
    ((*RESULTS, "A1"), {"numerator": 1, "denominator": 0}, "units[0].results.A1.denominator"),
    ((*RESULTS, "A1", "numerator"), -1, None),
    ((*RESULTS, "A1", "numerator"), 10**12 + 1, None),
    ((*RESULTS, "A1"), {"value": True}, "units[0].results.A1.numerator"),
    ((*RESULTS, "A2", "value"), "true", None),
    ((*RESULTS, "A2", "value"), None, None),
    ((*RESULTS, "A3", "counts", "early"), 1, None),
    ((*RESULTS, "A3", "counts", "late"), "1", None),
    ((*RESULTS, "C1", "score"), "20.01", None),
    ((*RESULTS, "C1", "score"), "1.005", None),
]


@pytest.mark.parametrize(("path", "value", "field"), WRONG, ids=[f"{written(p)}={v}" for p, v, _f in WRONG])
def test_what_breaks_a_rule(path, value, field):
    with pytest.raises(ReplayError) as caught:
        replay(json.dumps(changed(path, value)).encode())
    assert caught.value.path == (field or written(path)), str(caught.value)


def test_what_may_be_odd():
    for path, value in [
        (("units",), []),
        ((*SCHEME, "red_lines"), []),
        ((*RESULTS, "A1"), {"numerator": 10**12, "denominator": 10**12}),
        ((*RESULTS, "A1"), {"numerator": 3, "denominator": 2}),
        ((*ITEM, 4, "target"), "0"),
        ((*ITEM, 2, "cases", 0, "most"), "0"),
        ((*SCHEME, "min_assessable"), "0"),
    ]:
        document = changed(path, value)
        if path[-1] == "red_lines":
            document["units"] = []
        assert replay(json.dumps(document).encode())


def test_the_command_says_what_is_wrong_in_one_line():
    assert refused(run("-", data=b'{"evaluation": [], "units": []}')).startswith("evaluation: ")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(KEYS), anything)
def test_anything_anywhere_is_refused_in_one_line_or_scored(path, value):
    try:
        result = replay(json.dumps(changed(path, value)).encode())
    except ReplayError as error:
        assert str(error).isprintable()
    else:
        assert json.loads(result)["evaluation"]
