"""Every rule an input must keep, broken one at a time: one line, the field named, exit 2."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from settlement_documents import documents
from test_replay_vectors import ROOT, refused, run

from odoo.addons.bphs_base.tools.money import MoneyError
from odoo.addons.bphs_fund.tools.replay import input_document, replay
from odoo.addons.bphs_fund.tools.replay_input import parse
from odoo.addons.bphs_fund.tools.replay_reader import ReplayError
from odoo.addons.bphs_fund.tools.terms import SettlementError

MISSING = object()


def sample():
    """A document that uses every key: both prepay bases, a pool, a cap, all kinds of events."""
    document = json.loads((ROOT / "tests/vectors/clinic-a.in.json").read_bytes())
    other = copy.deepcopy(document["institutions"][0])
    amounts = dict.fromkeys(document["scheme"]["year_periods"], "3120.40")
    other |= {"code": "B", "prepay": {"basis": "last_year", "quarters": amounts}, "cap": None}
    document["institutions"].append(other)
    document["pool"] = "20000.00"
    code = document["institutions"][0]["code"]
    document["events"].append({"type": "return", "code": code, "amount": "481.69"})
    return document


def as_data(document):
    return json.dumps(document).encode()


def changed(path, value):
    """Return the sample with the value at ``path`` (keys and indexes) replaced or removed."""
    document = sample()
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def written(path):
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}"
    return text.lstrip(".")


def check_refused(data, field):
    with pytest.raises(ReplayError) as caught:
        replay(data)
    line = str(caught.value)
    assert caught.value.path == field, line
    assert line.startswith(f"{field or 'document'}: ")
    assert line.isprintable() and len(line) < 400
    return line


def test_the_sample_is_sound():
    assert json.loads(replay(as_data(sample())))["available"]


SCHEME = ("scheme",)
CLINIC = ("institutions", 0)
LAST_YEAR = ("institutions", 1, "prepay")
QUARTER = (*CLINIC, "quarters", 2)
LINE = (*QUARTER, "lines", 3)
EVENTS = {"arrival": ("events", 0), "payment": ("events", 4), "return": ("events", 6)}

REQUIRED = [
    ("scheme",),
    ("institutions",),
    *[
        (*SCHEME, key)
        for key in ("prepay_ratio", "full_score", "hold_score", "annual_mode", "year_periods")
    ],
    *[(*CLINIC, key) for key in ("code", "prepay", "opening_carry", "cap", "quarters")],
    (*CLINIC, "prepay", "basis"),
    (*CLINIC, "prepay", "annual"),
    (*LAST_YEAR, "quarters"),
    (*LAST_YEAR, "quarters", "2025Q3"),
    *[(*QUARTER, key) for key in ("period", "score", "penalty", "released", "lines")],
    *[(*LINE, key) for key in ("item", "price", "reported", "invalid", "false")],
    *[(*EVENTS["arrival"], key) for key in ("type", "source", "amount")],
    *[(*EVENTS["payment"], key) for key in ("type", "code", "period", "kind", "amount")],
    *[(*EVENTS["return"], key) for key in ("type", "code", "amount")],
]
OPTIONAL = [("pool",), ("events",), (*CLINIC, "annual_score")]
MONEY = [
    ("pool",),
    (*CLINIC, "cap"),
    (*CLINIC, "prepay", "annual"),
    (*LAST_YEAR, "quarters", "2025Q1"),
    (*QUARTER, "penalty"),
    *[(*event, "amount") for event in EVENTS.values()],
]
SCORES = [
    (*SCHEME, "full_score"),
    (*SCHEME, "hold_score"),
    (*CLINIC, "annual_score"),
    (*QUARTER, "score"),
]
RATES = [(*SCHEME, "prepay_ratio"), (*LINE, "price")]
CARRY = (*CLINIC, "opening_carry")
COUNTS = [(*LINE, key) for key in ("reported", "invalid", "false")]
TEXTS = [
    (*SCHEME, "annual_mode"),
    (*SCHEME, "year_periods", 1),
    (*CLINIC, "code"),
    (*CLINIC, "prepay", "basis"),
    (*QUARTER, "period"),
    (*LINE, "item"),
    (*EVENTS["arrival"], "type"),
    (*EVENTS["arrival"], "source"),
    (*EVENTS["payment"], "code"),
    (*EVENTS["payment"], "kind"),
    (*EVENTS["payment"], "period"),
]
LISTS = [
    ("institutions",),
    ("events",),
    (*SCHEME, "year_periods"),
    (*CLINIC, "quarters"),
    (*QUARTER, "lines"),
]
OBJECTS = [
    SCHEME,
    CLINIC,
    (*CLINIC, "prepay"),
    (*LAST_YEAR, "quarters"),
    QUARTER,
    LINE,
    *EVENTS.values(),
]
ids = {"ids": written}


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
    document["institutions"][0]["quarters"][2]["score"] = "83.57"
    row = json.loads(replay(as_data(document)))["institutions"][0]["quarters"][2]
    base = 9999999999999999 * (10**9 - 1) // 100  # in fen, a remainder of 01 is dropped
    assert row["base"] == f"{base // 100}.{base % 100:02d}"
    settled = (base * 8357 + 5000) // 10000
    assert row["settled"] == f"{settled // 100}.{settled % 100:02d}"


# ---------------------------------------------------------------------------
# What belongs together
# ---------------------------------------------------------------------------


@pytest.mark.parametrize("score", [None, MISSING])
def test_a_quarter_without_a_score_names_clinic_and_quarter(score):
    path = (*QUARTER, "score")
    line = check_refused(as_data(changed(path, score)), written(path))
    assert "140404102201" in line and "2025Q3" in line


def test_a_year_without_periods():
    document = changed((*SCHEME, "year_periods"), [])
    check_refused(as_data(document), "scheme.year_periods")


def test_a_year_with_a_period_twice():
    document = changed((*SCHEME, "year_periods"), ["2025Q1", "2025Q1"])
    check_refused(as_data(document), "scheme.year_periods")


def test_quarters_are_a_prefix_of_the_year():
    document = sample()
    document["institutions"][0]["quarters"][1:3] = document["institutions"][0]["quarters"][2:0:-1]
    check_refused(as_data(document), "institutions[0].quarters[1].period")


def test_quarters_beyond_the_year():
    document = changed((*SCHEME, "year_periods"), ["2025Q1", "2025Q2"])
    check_refused(as_data(document), "institutions[0].quarters[2].period")


def test_quarters_are_the_same_for_all_institutions():
    document = sample()
    document["institutions"][1]["quarters"].pop()
    check_refused(as_data(document), "institutions[1].quarters")


def test_institution_codes_are_unique():
    document = changed(("institutions", 1, "code"), sample()["institutions"][0]["code"])
    check_refused(as_data(document), "institutions[1].code")


def test_items_are_unique_within_a_quarter():
    path = (*LINE, "item")
    check_refused(as_data(changed(path, "EHR_UPDATE")), written(path))


def test_a_basis_brings_its_own_keys_only():
    both = {"basis": "plan", "annual": "1.00", "quarters": {}}
    document = changed((*CLINIC, "prepay"), both)
    check_refused(as_data(document), "institutions[0].prepay.quarters")
    document = changed(LAST_YEAR, sample()["institutions"][1]["prepay"] | {"annual": "1.00"})
    check_refused(as_data(document), "institutions[1].prepay.annual")


def test_last_year_has_no_period_but_the_year_s():
    path = (*LAST_YEAR, "quarters", "2024Q1")
    check_refused(as_data(changed(path, "1.00")), written(path))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((*SCHEME, "annual_mode"), "RESCORE"),
        ((*CLINIC, "prepay", "basis"), "Plan"),
        ((*EVENTS["arrival"], "type"), "refund"),
        ((*EVENTS["payment"], "kind"), "bonus"),
        ((*EVENTS["payment"], "code"), "140404102299"),
        ((*EVENTS["return"], "code"), "nobody"),
    ],
)
def test_an_unknown_word(path, value):
    check_refused(as_data(changed(path, value)), written(path))


def test_an_event_brings_its_own_keys_only():
    path = (*EVENTS["arrival"], "code")
    check_refused(as_data(changed(path, "B")), written(path))
    path = (*EVENTS["return"], "kind")
    check_refused(as_data(changed(path, "pay")), written(path))


def test_a_rescoring_year_needs_its_annual_score():
    document = changed((*SCHEME, "annual_mode"), "rescore")
    del document["institutions"][1]["annual_score"]
    line = check_refused(as_data(document), "institutions[1].annual_score")
    assert "B" in line


def test_a_rescoring_year_under_way_needs_none():
    document = changed((*SCHEME, "annual_mode"), "rescore")
    for clinic in document["institutions"]:
        clinic["quarters"].pop()
        del clinic["annual_score"]
    assert json.loads(replay(as_data(document)))["totals"]["final"] is None


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("amount", ["0", "0.00", "-0.00"])
def test_an_event_moves_something(event, amount):
    path = (*EVENTS[event], "amount")
    check_refused(as_data(changed(path, amount)), written(path))


def test_a_payment_beyond_the_sources_names_the_shortfall():
    path = (*EVENTS["payment"], "amount")
    line = check_refused(as_data(changed(path, "28496695.01")), written(path))
    assert "0.01" in line


def test_a_return_beyond_what_was_received():
    path = (*EVENTS["return"], "amount")
    line = check_refused(as_data(changed(path, "3348.01")), written(path))
    assert "0.01" in line
    assert replay(as_data(changed(path, "3348.00")))


def test_a_clinic_that_received_nothing_returns_nothing():
    path = (*EVENTS["return"], "code")
    check_refused(as_data(changed(path, "B")), written((*EVENTS["return"], "amount")))


# ---------------------------------------------------------------------------
# Text that is no document at all, through the command
# ---------------------------------------------------------------------------

DEEP = 200_000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"{",
        b"{} {}",
        b"[1]",
        b"null",
        b"NaN",
        b"9" * 9999,
        b'"\xff"',
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        '{"scheme": 1}'.encode("utf-16"),
        b"[" * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b'{"scheme":' * DEEP + b"1" + b"}" * DEEP,
        b'{"a\x00b": 1}',
        b"{'scheme': 1}",
    ],
    ids=lambda v: ascii(v)[:24],
)
def test_no_document_at_all(data):
    check_refused(data, "")
    assert refused(run("-", data=data)).startswith("document: ")


@pytest.mark.parametrize("code", ["\ud800", "a\udfffb"], ids=ascii)
@pytest.mark.parametrize("path", [(*CLINIC, "code"), (*LINE, "item")], **ids)
def test_half_a_character_is_refused(path, code):
    data = as_data(changed(path, code))
    check_refused(data, written(path))
    assert written(path) in refused(run("-", data=data))


def test_a_code_with_a_line_break_still_gives_one_line():
    document = changed((*CLINIC, "code"), "A\nB\u2028C")
    document["institutions"][0]["quarters"][0]["score"] = None
    line = refused(run("-", data=as_data(document)))
    assert len(line.splitlines()) == 1
    assert line.startswith("institutions[0].quarters[0].score: ")


# ---------------------------------------------------------------------------
# Empty, but sound
# ---------------------------------------------------------------------------


def test_no_institution():
    document = sample() | {"institutions": [], "events": []}
    assert json.loads(replay(as_data(document))) == {
        "institutions": [],
        "totals": {"final": None, "paid": "0.00"},
        "events": [],
        "available": {},
    }


def test_no_quarter_yet():
    document = sample()
    for clinic in document["institutions"]:
        clinic["quarters"] = []
    result = json.loads(replay(as_data(document)))
    assert result["institutions"][0] == {"code": "140404102201", "quarters": [], "annual": None}
    assert result["totals"] == {"final": None, "paid": "0.00"}


def test_no_work():
    row = json.loads(replay(as_data(changed((*QUARTER, "lines"), []))))
    assert row["institutions"][0]["quarters"][2]["base"] == "0.00"


def test_an_empty_pool_pays_nobody():
    result = json.loads(replay(as_data(changed(("pool",), "0.00"))))
    assert {row["annual"]["final"] for row in result["institutions"]} == {"0.00"}
    assert result["totals"]["final"] == "0.00"


def test_codes_come_in_code_point_order():
    document = sample()
    template = document["institutions"][0]
    codes = ["中", "a", "Z", "10", "2", "\U00020000", "\uffee"]
    document["institutions"] = [{**template, "code": code} for code in codes]
    document["events"] = []
    result = json.loads(replay(as_data(document)))
    expected = ["10", "2", "Z", "a", "中", "\uffee", "\U00020000"]
    assert [row["code"] for row in result["institutions"]] == expected


# ---------------------------------------------------------------------------
# Anything whatever
# ---------------------------------------------------------------------------

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["1.00", "plan", "arrival", "2025Q1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value, path=()):
    yield path
    if isinstance(value, (dict, list)):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


@given(documents(), st.data())
def test_anything_anywhere_gives_a_result_or_one_line(document, data):
    where = data.draw(st.sampled_from(list(places(document))[1:]))
    place = document
    for key in where[:-1]:
        place = place[key]
    place[where[-1]] = data.draw(anything)
    try:
        result = replay(json.dumps(document).encode())
    except MoneyError as error:
        assert isinstance(error, ReplayError)
        assert str(error).isprintable()
    else:
        assert json.loads(result)["totals"]


@given(st.binary(max_size=200) | anything.map(lambda v: json.dumps(v).encode()))
def test_any_bytes_give_one_line(data):
    with pytest.raises(ReplayError):
        replay(data)


def test_a_number_that_the_format_cannot_hold_is_not_exported():
    document = parse(changed((*LINE, "price"), "2.1250"))
    assert '"price": "2.125"' in json.dumps(input_document(document))
    line = document.clinics[0].quarters[2].lines[3]
    object.__setattr__(line, "price", line.price / 1000)
    with pytest.raises(SettlementError, match="小数") as caught:
        input_document(document)
    assert caught.value.field == "price"
