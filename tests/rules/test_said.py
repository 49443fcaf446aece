import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.said import holds_values, ids_in_text, ids_of_lines, said_ids


@pytest.mark.parametrize(
    ("command", "does"),
    [([1, 7, {"name": "x"}], True), ([0, "virtual_1", {}], True), ((1, 7, {"name": "x"}, 0), True), ([4, 7], False),
     ([6, 0, [7]], False), ({"name": "x"}, False), (7, False)],
)  # fmt: skip
def test_values_are_the_third_word_however_many_follow(command, does):
    assert holds_values(command) is does


@pytest.mark.parametrize(
    ("words", "ids"),
    [([7], (7,)), (["7"], (7,)), ([" 7 ", "+7"], (7, 7)), ([7.5], (7,)), ([True], (1,)), ([0, -7, "-7"], ()),
     (["virtual_3", None, [7], float("inf")], ()), ("7", ()), (7, ()), (None, ()), ({7}, (7,))],
)  # fmt: skip
def test_ids_are_what_odoo_makes_of_them(words, ids):
    assert said_ids(words) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [("[7, 8]", (7, 8)), ("7", (7,)), ("['7']", (7,)), ([7], (7,)), ("(7,)", (7,)), ("seven", ()), ("[", ())],
)
def test_ids_in_a_text(text, ids):
    assert ids_in_text(text) == ids


@pytest.mark.parametrize(
    ("said", "ids"),
    [([[4, 7]], (7,)), ([[4, "7"]], (7,)), ([7, 8], (7, 8)), (["7"], (7,)), ([[6, 0, [7, "8"]]], (7, 8)),
     ([[6, 0, {"7": 0}]], (7,)), ([[6, 0, None]], ()), ([[6, 0]], ()), ([[5]], ()), ([{"id": 7}], ()),
     ([[1, 7, {"name": "x"}, 0]], (7,)), ([[0, "virtual_1", {}]], ())],
)  # fmt: skip
def test_ids_of_lines(said, ids):
    assert ids_of_lines(said) == ids


@given(st.integers(min_value=1), st.sampled_from([int, str, lambda number: f" {number}"]))
def test_an_id_is_found_in_whichever_dress(number, dress):
    dressed = dress(number)
    assert said_ids([dressed]) == ids_of_lines([dressed]) == ids_of_lines([[4, dressed]]) == (number,)
