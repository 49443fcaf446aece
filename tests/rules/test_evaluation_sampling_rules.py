"""Opaque references, the ladder of untrue records, and shipped schemes."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_evaluation.tools import references
from odoo.addons.bphs_evaluation.tools.penalties import (
    Ladder,
    Verdicts,
    consequence,
    genuine_told,
    looks_abnormal,
    untrue_rate,
)
from odoo.addons.bphs_evaluation.tools.references import (
    OpaqueError,
    frame_text,
    read_frame,
    read_references,
    tells_of_person,
)
from odoo.addons.bphs_evaluation.tools.shipped import read_shipped

SHIPPED = Path(__file__).parents[2] / "addons" / "bphs_evaluation" / "data" / "schemes"


def test_references_are_sorted_and_blanks_left_out():
    assert read_references("b-2\n\n a1 \n") == ["a1", "b-2"]
    assert read_references("") == []


def test_doubts_stand_behind_a_reference():
    assert read_frame("b-2 3\na1\nV7\t0") == {"b-2": 3, "a1": 0, "V7": 0}
    assert frame_text({"b-2": 3, "a1": 0}) == "a1\nb-2 3"
    with pytest.raises(OpaqueError, match="第 1 行"):
        read_frame("a1 many")


@given(st.dictionaries(st.integers(1, 10**9).map("V{}".format), st.integers(0, 9999)))
def test_a_frame_is_read_as_it_is_written(frame):
    assert read_frame(frame_text(frame)) == frame


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("电话13800000000无人接听", True),
        ("身份证99049919700101001X与档案不符", True),
        ("990499700101001", True),
        ("随访血压138/88，建档310869人", False),
        ("V138000000001", False),
        ("", False),
    ],
)
def test_numbers_of_people_are_found_within_words(words, told):
    assert tells_of_person(words) is told


def test_a_contradiction_or_many_doubts_look_abnormal():
    assert [looks_abnormal(*counts, 3) for counts in ((0, 0), (1, 0), (0, 2), (0, 3))] == [False, True, False, True]


@pytest.mark.parametrize("told", ["张三", "990499197001010017", "99049919700101001X", "990499700101001", "13800000000"])
def test_what_tells_of_a_person_is_refused_without_repeating_it(told):
    with pytest.raises(OpaqueError) as refusal:
        read_references(f"a1\n{told}")
    assert "第 2 行" in str(refusal.value)
    assert told not in str(refusal.value)


def test_each_reference_stands_once():
    with pytest.raises(OpaqueError, match="第 3 行与前面的编号重复"):
        read_references("a1\na2\na1")


def test_a_frame_has_an_end(monkeypatch):
    monkeypatch.setattr(references, "MOST", 2)
    with pytest.raises(OpaqueError, match="最多 2 个"):
        read_references("a1\na2\na3")


@pytest.mark.parametrize(
    ("verdicts", "rate", "step"),
    [
        (Verdicts(), None, "none"),
        (Verdicts(genuine=20), Fraction(0), "none"),
        (Verdicts(genuine=99, false=1), Fraction(1, 100), "reduce"),
        (Verdicts(genuine=19, false=1), Fraction(1, 20), "zero"),
        (Verdicts(genuine=18, partly=1, false=1), Fraction(3, 40), "zero"),
        (Verdicts(genuine=18, false=2), Fraction(1, 10), "cap"),
        (Verdicts(genuine=16, false=4), Fraction(1, 5), "veto"),
        # A fifth that nobody could verify is not yet over a fifth.
        (Verdicts(genuine=16, unverifiable=4), Fraction(0), "none"),
        (Verdicts(genuine=15, unverifiable=5), Fraction(1, 8), "cap"),
    ],
)
def test_the_ladder(verdicts, rate, step):
    assert untrue_rate(verdicts, Ladder()) == rate
    assert consequence(rate, Ladder()) == step


counts = st.integers(0, 50)


@given(counts, counts, counts, counts)
def test_a_rate_is_a_share_and_more_untrue_records_never_lower_it(genuine, partly, false, unverifiable):
    found = Verdicts(genuine, partly, false, unverifiable)
    rate = untrue_rate(found, Ladder())
    if rate is None:
        assert not found.checked
        return
    assert 0 <= rate <= 1
    if genuine:
        assert untrue_rate(Verdicts(genuine - 1, partly, false + 1, unverifiable), Ladder()) > rate


@pytest.mark.parametrize("name", ["county-1000", "county-100"])
def test_shipped_schemes_name_what_they_hold(name):
    value = json.loads((SHIPPED / f"{name}.json").read_text("utf-8"))
    document, details = read_shipped(value)
    assert document == value["scheme"]
    codes = [item["code"] for item in document["items"]]
    assert [code for heading in details.headings for code in heading["items"]] == codes
    cases = {f"{item['code']}/{case['code']}" for item in document["items"] for case in item.get("cases", ())}
    lines = {line["code"] for line in document["red_lines"]}
    assert set(details.rows) == {*codes, *cases, *lines}
    assert all(details.rows[code]["problem"] and details.rows[code]["values"]["channel"] for code in codes)
    assert details.source


def test_samples_of_a_unit_add_up():
    first, second = Verdicts(genuine=9, false=1), Verdicts(genuine=17, partly=1, unverifiable=2)
    assert first + second == Verdicts(genuine=26, partly=1, false=1, unverifiable=2)


@pytest.mark.parametrize(("false", "told"), [(0, 100), (4, 96), (5, 0), (10, 0), (20, 0)])
def test_from_a_step_of_the_ladder_on_the_item_is_nothing(false, told):
    verdicts = Verdicts(genuine=100 - false, false=false)
    assert genuine_told(verdicts, consequence(untrue_rate(verdicts, Ladder()), Ladder())) == told
