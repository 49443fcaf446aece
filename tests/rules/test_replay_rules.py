"""What belongs together in a replay document, what is no document, and anything whatever."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replay_sample import (
    CLINIC,
    EVENTS,
    LAST_YEAR,
    LINE,
    MISSING,
    QUARTER,
    SCHEME,
    as_data,
    changed,
    check_refused,
    ids,
    sample,
    written,
)
from settlement_documents import documents
from test_replay_vectors import refused, run

from odoo.addons.bphs_base.tools.money import MoneyError
from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_fund.tools.replay import input_document, replay
from odoo.addons.bphs_fund.tools.replay_input import parse
from odoo.addons.bphs_fund.tools.terms import SettlementError


def test_what_a_document_leaves_out_is_left_out_of_what_is_written():
    document = sample()
    del document["events"]
    document["institutions"][0].pop("annual_score", None)
    told = input_document(parse(document))
    assert "events" not in told and "annual_score" not in told["institutions"][0]


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
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
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
