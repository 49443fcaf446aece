"""Scores of a round: the vectors byte for byte, a second scoring, and what always holds."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from evaluation_oracle import score_document
from evaluation_rounds import rounds
from hypothesis import given
from test_replay_vectors import ROOT, replays_byte_for_byte

from odoo.addons.bphs_evaluation.tools.replay import compute, input_document, parse, replay
from odoo.addons.bphs_evaluation.tools.scores import cut_off, ranking, score_units

VECTORS = sorted((ROOT / "tests" / "vectors" / "evaluation").glob("*.in.json"))
named = pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.name)


def test_there_are_vectors():
    assert len(VECTORS) == 7


@named
def test_a_vector_replays_byte_for_byte(path):
    replays_byte_for_byte(path)


@named
def test_a_document_is_written_as_it_was_read(path):
    document = parse(json.loads(path.read_bytes()))
    assert parse(input_document(document)) == document
    assert compute(parse(input_document(document))) == json.loads(replay(path.read_bytes()))


def test_the_worked_scheme_is_written_as_it_was_read():
    given_ = json.loads((ROOT / "tests/vectors/evaluation/example.in.json").read_bytes())
    assert json.dumps(input_document(parse(given_))) == json.dumps(given_)


@given(rounds())
def test_two_scorings_agree(document):
    assert json.loads(replay(json.dumps(document).encode())) == score_document(document)


@given(rounds())
def test_what_is_written_is_read_back(document):
    read = parse(document)
    assert parse(input_document(read)) == read


@given(rounds())
def test_never_above_the_points_never_below_zero(document):
    read = parse(document)
    scores = score_units(read.scheme, read.units)
    for score in scores:
        for item in read.scheme.items:
            points = score.items[item.code]
            assert points is None or 0 <= points <= item.points
            assert points is None or (points * 100).denominator == 1
        assert 0 <= score.scored <= score.assessable <= read.scheme.total
        if score.final is not None:
            assert 0 <= score.final <= read.scheme.total
            assert 0 <= score.percent - cut_off(score.percent) < Fraction(1, 100)
            lowest = [line.value for line in read.scheme.red_lines if line.code in score.unit.red_lines]
            assert all(score.final <= value for value in lowest)
        assert (score.final is None) == (score.rank is None) == (score.group is None)
    order = ranking(scores)
    for above, below in zip(order, order[1:], strict=False):
        clean, crossed = not above.unit.red_lines, bool(below.unit.red_lines)
        assert clean >= (not crossed)
        if clean == (not crossed):
            assert above.final >= below.final
            assert (above.rank == below.rank) == (above.final == below.final)


def test_what_cannot_be_assessed_is_neither_nothing_nor_full_marks():
    scheme = {
        "code": "s", "name": "试", "total": "100.00", "rescale": True, "min_assessable": "0.5", "red_lines": [],
        "items": [
            {"code": "A", "points": "50.00", "method": "at_least", "target": "0.5"},
            {"code": "B", "points": "50.00", "method": "manual"},
        ],
        "groups": [{"name": "全部", "from": "0"}],
    }  # fmt: skip

    def final(a, **changes):
        unit = {"code": "u", "results": {"A": a, "B": {"score": "40.00"}}, "red_lines": []}
        return compute(parse({"evaluation": {**scheme, **changes}, "units": [unit]}))["units"][0]["final"]

    assert final(None) == final({"numerator": 0, "denominator": 0}) == "80.00"
    assert final({"numerator": 0, "denominator": 9}) == "40.00"
    assert final({"numerator": 9, "denominator": 9}) == "90.00"
    assert final(None, rescale=False) == "40.00"
    assert final(None, min_assessable="0.5001") is None


def test_a_half_of_a_hundredth_goes_up_once_and_a_final_is_cut_off():
    scheme = {
        "code": "s", "name": "试", "total": "0.03", "rescale": True, "min_assessable": "0", "red_lines": [],
        "items": [
            {"code": "A", "points": "0.01", "method": "at_least", "target": "1"},
            {"code": "B", "points": "0.02", "method": "manual"},
        ],
        "groups": [{"name": "好", "from": "66.67"}, {"name": "差", "from": "0"}],
    }  # fmt: skip
    unit = {
        "code": "u", "results": {"A": {"numerator": 1, "denominator": 2}, "B": {"score": "0.01"}}, "red_lines": [],
    }  # fmt: skip
    row = compute(parse({"evaluation": scheme, "units": [unit]}))["units"][0]
    # 0.02 of 0.03 are 66.666… per cent: not yet 66.67.
    assert (row["items"]["A"], row["final"], row["percent"], row["group"]) == ("0.01", "0.02", "66.66", "差")
    assert Decimal(row["percent"]) < Decimal("66.67")
