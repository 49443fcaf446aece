"""Keys, kinds and numbers of a replay document, broken one at a time: the field is named."""

import json

import pytest
from replay_sample import (
    CARRY,
    COUNTS,
    LINE,
    LISTS,
    MISSING,
    MONEY,
    OBJECTS,
    OPTIONAL,
    QUARTER,
    RATES,
    REQUIRED,
    SCHEME,
    SCORES,
    TEXTS,
    as_data,
    changed,
    check_refused,
    ids,
    sample,
    written,
)

from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_fund.tools.replay import replay


def test_the_sample_is_sound():
    assert json.loads(replay(as_data(sample())))["available"]


# ---------------------------------------------------------------------------
# Keys
# ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", REQUIRED, **ids)
def test_a_missing_key(path):
    check_refused(as_data(changed(path, MISSING)), written(path))


@pytest.mark.parametrize("path", OPTIONAL, **ids)
def test_an_optional_key_may_be_left_out(path):
    assert replay(as_data(changed(path, MISSING)))


@pytest.mark.parametrize("path", [(), *OBJECTS], **ids)
def test_an_unknown_key(path):
    where = (*path, "note")
    check_refused(as_data(changed(where, "x")), written(where))


@pytest.mark.parametrize("path", [(), *OBJECTS], **ids)
def test_a_key_given_twice(path):
    marked = as_data(changed((*path, "DUPLICATE"), 0)).decode()
    # Any key of the object will do: the marker is written twice, then met as a duplicate first.
    twice = marked.replace('"DUPLICATE": 0', '"DUPLICATE": 0, "DUPLICATE": 0')
    line = check_refused(twice.encode(), written((*path, "DUPLICATE")))
    assert "重复" in line


def test_a_known_key_given_twice_even_with_one_value():
    data = as_data(sample()).replace(b'"annual": "14850.00"', b'"annual": "1", "annual": "1"', 1)
    check_refused(data, "institutions[0].prepay.annual")


@pytest.mark.parametrize("key", ["", "a b", "x\ny", "\ud800", "键" * 300, "]", "\u202e"], ids=ascii)
def test_an_odd_key_is_shown_on_one_printable_line(key):
    with pytest.raises(ReplayError) as caught:
        replay(as_data(changed((*QUARTER, key), 1)))
    line = str(caught.value)
    assert line.startswith("institutions[0].quarters[2]") and line.isprintable()
    assert len(line) < 400


# ---------------------------------------------------------------------------
# Kinds of values
# ---------------------------------------------------------------------------

ODD = [None, True, False, 0, 1, -1, 1.5, 1e400, [], {}, [[]], {"a": 1}, "", "x", ["12.50"]]


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("path", [*MONEY, *SCORES, *RATES, CARRY], **ids)
def test_a_number_that_is_no_number_text(path, value):
    if value is None and path[-1] in ("pool", "cap"):
        assert replay(as_data(changed(path, value)))
    else:
        check_refused(as_data(changed(path, value)), written(path))


@pytest.mark.parametrize("value", [v for v in ODD if v not in ("x",)], ids=repr)
@pytest.mark.parametrize("path", TEXTS, **ids)
def test_a_text_that_is_no_text(path, value):
    check_refused(as_data(changed(path, value)), written(path))


@pytest.mark.parametrize("value", [v for v in ODD if type(v) is not int or v < 0], ids=repr)
@pytest.mark.parametrize("path", COUNTS, **ids)
def test_a_count_that_is_no_count(path, value):
    check_refused(as_data(changed(path, value)), written(path))


@pytest.mark.parametrize("value", [v for v in ODD if not isinstance(v, dict)], ids=repr)
@pytest.mark.parametrize("path", OBJECTS, **ids)
def test_an_object_that_is_no_object(path, value):
    check_refused(as_data(changed(path, value)), written(path))


@pytest.mark.parametrize("value", [v for v in ODD if not isinstance(v, list)], ids=repr)
@pytest.mark.parametrize("path", LISTS, **ids)
def test_a_list_that_is_no_list(path, value):
    check_refused(as_data(changed(path, value)), written(path))


@pytest.mark.parametrize("value", [None, 0, 1, "true", "false", [], {}], ids=repr)
def test_a_release_is_yes_or_no(value):
    path = (*QUARTER, "released")
    check_refused(as_data(changed(path, value)), written(path))


@pytest.mark.parametrize("value", [*ODD, "数"], ids=repr)
def test_a_document_that_is_no_object(value):
    check_refused(as_data(value), "scheme" if isinstance(value, dict) else "")


# ---------------------------------------------------------------------------
# Numbers
# ---------------------------------------------------------------------------

MALFORMED = [
    "01",
    "00.10",
    "1e5",
    "1E5",
    "+1",
    ".5",
    "1.",
    "1,000.00",
    "1_000",
    " 1",
    "1 ",
    "1\n",
    "--1",
    "-",
    "NaN",
    "Infinity",
    "-Infinity",
    "0x10",
    "１２.５０",
    "١٢",
    "1\u0660",
    "1．5",
    "1000000000000",
    "9" * 5000,
]


@pytest.mark.parametrize("value", MALFORMED, ids=lambda v: ascii(v)[:20])
@pytest.mark.parametrize("path", [*MONEY, *SCORES, *RATES, CARRY], **ids)
def test_a_number_in_another_shape(path, value):
    check_refused(as_data(changed(path, value)), written(path))


@pytest.mark.parametrize("path", [*MONEY, *SCORES, CARRY], **ids)
def test_more_than_two_decimals(path):
    check_refused(as_data(changed(path, "0.000")), written(path))


@pytest.mark.parametrize("path", RATES, **ids)
def test_more_than_four_decimals(path):
    check_refused(as_data(changed(path, "0.70000")), written(path))


@pytest.mark.parametrize("path", [*MONEY, *SCORES, *RATES], **ids)
def test_only_the_opening_carry_may_be_negative(path):
    check_refused(as_data(changed(path, "-0.01")), written(path))


@pytest.mark.parametrize("value", ["0.01", "1043.53"])
def test_the_opening_carry_is_not_positive(value):
    check_refused(as_data(changed(CARRY, value)), written(CARRY))


@pytest.mark.parametrize("value", ["0", "-0", "-0.00", "0.00"])
def test_a_zero_is_a_zero(value):
    expected = replay(as_data(sample()))
    assert replay(as_data(changed(CARRY, value))) == expected
    assert replay(as_data(changed((*QUARTER, "penalty"), value))) == expected
    assert "-0.00" not in expected


@pytest.mark.parametrize("path", SCORES, **ids)
def test_a_score_above_one_hundred(path):
    check_refused(as_data(changed(path, "100.01")), written(path))
    assert replay(as_data(changed(path, "100")))


@pytest.mark.parametrize("value", ["0.6999", "0.69", "0", "1.0001", "70"])
def test_a_ratio_out_of_bounds(value):
    check_refused(as_data(changed((*SCHEME, "prepay_ratio"), value)), "scheme.prepay_ratio")


@pytest.mark.parametrize("value", ["0.7", "0.70", "0.7000", "1", "1.0000"])
def test_a_ratio_at_its_bounds(value):
    assert replay(as_data(changed((*SCHEME, "prepay_ratio"), value)))


def test_a_count_has_a_limit():
    path = (*LINE, "reported")
    assert replay(as_data(changed(path, 10**9)))
    check_refused(as_data(changed(path, 10**9 + 1)), written(path))


def test_a_count_of_any_length_is_refused_at_once():
    data = as_data(changed((*LINE, "reported"), "HUGE")).replace(b'"HUGE"', b"9" * 5000)
    check_refused(data, written((*LINE, "reported")))


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1.0", "1e2", "-0.0"])
def test_a_count_that_json_writes_otherwise(text):
    data = as_data(changed((*LINE, "reported"), "ODD")).replace(b'"ODD"', text.encode())
    check_refused(data, written((*LINE, "reported")))


def test_invalid_and_false_do_not_exceed_what_was_reported():
    document = changed((*LINE, "reported"), 3)
    document["institutions"][0]["quarters"][2]["lines"][3] |= {"invalid": 2, "false": 2}
    line = check_refused(as_data(document), written((*LINE, "reported")))
    assert "invalid" in line and "false" in line
    document["institutions"][0]["quarters"][2]["lines"][3]["false"] = 1
    assert replay(as_data(document))


def test_large_numbers_are_computed_to_the_fen():
    line = {"item": "X", "price": "999999999999.9999", "reported": 10**9, "invalid": 0, "false": 1}
    document = changed((*QUARTER, "lines"), [line])
    quarter = document["institutions"][0]["quarters"][2]
    quarter["score"] = "83.57"
    del quarter["false_times"]  # nothing is deducted
    row = json.loads(replay(as_data(document)))["institutions"][0]["quarters"][2]
    base = 9999999999999999 * (10**9 - 1) // 100  # in fen, a remainder of 01 is dropped
    assert row["base"] == f"{base // 100}.{base % 100:02d}"
    settled = (base * 8357 + 5000) // 10000
    assert row["settled"] == f"{settled // 100}.{settled % 100:02d}"
