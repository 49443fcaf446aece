"""Grades against a second, slow and obvious grading that shares no line with them."""

import json
from collections import Counter
from random import Random

import pytest
from grading_oracle import grade_document
from grading_people import DAY, SHIPPED, documents, ruleset, some_person
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.bphs_elderly.tools.grading.grade import Grader
from odoo.addons.bphs_elderly.tools.grading.replay import compute, parse, replay


def graded(document):
    return json.loads(replay(json.dumps(document).encode()))


@given(documents())
def test_two_gradings_agree(document):
    assert graded(document) == grade_document(document)


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=100)
@given(st.integers())
def test_two_gradings_agree_on_ten_thousand_people(name, seed):
    chance = Random(seed)
    document = {
        "ruleset": ruleset(name),
        "as_of": DAY.isoformat(),
        "people": [some_person(chance, f"E{place}") for place in range(100)],
    }
    assert compute(parse(document)) == grade_document(document)


@given(documents(), st.integers())
def test_the_order_of_people_decides_nothing(document, seed):
    chance = Random(seed)
    shuffled = {**document, "people": sorted(document["people"], key=lambda _: chance.random())}
    assert graded(shuffled) == graded(document)


@given(documents())
def test_a_grade_keeps_what_it_promises(document):
    result = graded(document)
    colours = Counter(row["colour"] or "none" for row in result["people"])
    assert result["counts"] == {name: colours[name] for name in ("red", "yellow", "green", "unrated", "none")}
    places = {rule["code"]: place for place, rule in enumerate(document["ruleset"]["rules"])}
    ids = {
        person["code"]: {fact["id"] for facts in person.values() if isinstance(facts, list) for fact in facts}
        for person in document["people"]
    }
    for row in result["people"]:
        hit = {hit["colour"] for hit in row["hits"]}
        assert row["colour"] in (
            [None] if row["age"] < 65 else ["red"] if "red" in hit else ["yellow"] if hit else ["green", "unrated"]
        )
        if row["colour"] in ("green", "unrated"):
            assert row["assessed"] == (row["colour"] == "green")
        order = [places[hit["rule"]] for hit in row["hits"]]
        assert order == sorted(order)
        for hit in row["hits"]:
            assert hit["because"] == sorted(set(hit["because"]))
            assert set(hit["because"]) <= ids[row["code"]]


@given(documents())
def test_what_is_dated_later_is_unknown(document):
    day = document["as_of"]

    def known(person):
        kept = {key: [fact for fact in person[key] if fact["date"] <= day] for key in ("values", "events", "control")}
        return {**person, **kept}

    earlier = {**document, "people": [known(person) for person in document["people"]]}
    assert graded(earlier) == graded(document)


def test_a_window_that_begins_before_the_calendar_holds_everything():
    condition = {"fact": "event", "in": ["fall"], "months": 1200}
    document = {
        "ruleset": {**ruleset("strict-2025"), "rules": [{**ruleset("strict-2025")["rules"][0], "any": [[condition]]}]},
        "as_of": "0099-12-31",
        "people": [
            {
                "code": "x", "birth_date": "0001-01-01", "values": [], "ranges": [], "control": [], "manual": [],
                "events": [{"id": "e", "code": "fall", "date": "0001-01-02"}],
            }
        ],
    }  # fmt: skip
    assert graded(document)["people"][0]["hits"][0]["because"] == ["e"]


def test_a_grader_serves_many():
    document = parse({"ruleset": ruleset("strict-2025"), "as_of": DAY.isoformat(), "people": []})
    assert Grader(document.ruleset, document.day).day == DAY
