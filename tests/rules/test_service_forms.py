"""What is wanting in a record of a form, and what is unlikely."""

import pytest

from odoo.addons.bphs_service.tools.forms import Question, completeness, implausible, missing

PRESSURE = Question("systolic", "integer", required=True, low=60, high=260)
MEDICINE = Question("medicine", "selection", required=True)
REASON = Question("reason", "char", required=True, when=("medicine", frozenset({"irregular", "none"})))
SYMPTOMS = Question("symptoms", "tags", required=True)
OTHER = Question("other", "text", required=True, when=("symptoms", frozenset({"10"})))
SMOKES = Question("smokes", "boolean", required=True)
NOTE = Question("note", "text")
FORM = [PRESSURE, MEDICINE, REASON, SYMPTOMS, OTHER, SMOKES, NOTE]


@pytest.mark.parametrize(
    ("answers", "wanting"),
    [
        ({}, ["systolic", "medicine", "symptoms"]),
        ({"systolic": 0, "medicine": "regular", "symptoms": ["1"]}, []),
        ({"systolic": False, "medicine": "", "symptoms": []}, ["systolic", "medicine", "symptoms"]),
        ({"systolic": 130, "medicine": "none", "symptoms": ["1"]}, ["reason"]),
        ({"systolic": 130, "medicine": "none", "symptoms": ["1"], "reason": "经济"}, []),
        ({"systolic": 130, "medicine": "regular", "symptoms": ["2", "10"]}, ["other"]),
    ],
)
def test_what_is_wanting(answers, wanting):
    assert missing(FORM, answers) == wanting
    done, asked = completeness(FORM, answers)
    assert asked - done == len(wanting)


@pytest.mark.parametrize(("value", "odd"), [(59, True), (60, False), (260, False), (261, True), (None, False)])
def test_a_number_outside_what_is_plausible_is_asked_back(value, odd):
    assert implausible(FORM, {"systolic": value}) == (["systolic"] if odd else [])


def test_one_without_bounds_is_never_odd():
    assert implausible([Question("x", "float"), Question("y", "text", low=1)], {"x": -1e9, "y": "0"}) == []
