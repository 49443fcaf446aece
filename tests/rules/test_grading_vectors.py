"""The worked gradings, through the command itself, byte for byte; and what is written is read back as the same."""

import json

import pytest
from grading_people import RULESETS, SHIPPED
from test_replay_vectors import ROOT, replays_byte_for_byte

from odoo.addons.bphs_elderly.tools.grading.replay import compute, input_document, parse, replay
from odoo.addons.bphs_elderly.tools.grading.ruleset_document import read_ruleset, ruleset_document

VECTORS = sorted((ROOT / "tests" / "vectors" / "grading").glob("*.in.json"))
named = pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.name)


def test_there_are_vectors():
    assert len(VECTORS) == 4


@named
def test_a_vector_replays_byte_for_byte(path):
    replays_byte_for_byte(path)


@named
def test_a_document_is_written_as_it_was_read(path):
    given = json.loads(path.read_bytes())
    document = parse(given)
    written = input_document(document.ruleset, document.day, document.people)
    assert json.dumps(written) == json.dumps(given)
    assert compute(parse(written)) == json.loads(replay(path.read_bytes()))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_set_is_the_one_of_the_vectors_and_comes_out_as_it_went_in(name):
    shipped = json.loads((RULESETS / f"{name}.json").read_bytes())
    assert json.dumps(ruleset_document(read_ruleset(shipped))) == json.dumps(shipped)
    used = [json.loads(path.read_bytes())["ruleset"] for path in VECTORS]
    assert used.count(shipped) == 2
