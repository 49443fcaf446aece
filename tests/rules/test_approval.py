"""Approval: which steps exist, which stages apply, what a decision lacks, what a hash covers."""

import base64
from datetime import date, datetime
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_approval.tools import demands, states
from odoo.addons.bphs_approval.tools.canonical import canonical, changed_keys, fingerprint

D = Decimal
amounts = st.decimals(-(10**14), 10**14, places=2)
leaves = st.none() | st.booleans() | st.integers() | st.text() | amounts | st.dates()
contents = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


# === STATES === #


@given(st.lists(st.tuples(st.sampled_from(states.VERDICTS), st.booleans()), max_size=12))
def test_no_path_leads_to_approved_but_a_last_approval_of_something_submitted(steps):
    state = states.DRAFT
    for verdict, last in steps:
        after = states.next_state(state, verdict, last)
        if after == states.APPROVED:
            assert (state, verdict, last) == (states.SUBMITTED, states.APPROVE, True)
        state = after or state


@pytest.mark.parametrize("last", [False, True])
def test_the_steps_of_what_is_submitted(last):
    assert states.next_state(states.SUBMITTED, states.APPROVE, last) == (states.APPROVED if last else states.SUBMITTED)
    assert states.next_state(states.SUBMITTED, states.RETURN, last) == states.DRAFT
    assert states.next_state(states.SUBMITTED, states.WITHDRAW, last) == states.DRAFT
    assert states.next_state(states.SUBMITTED, states.SUBMIT, last) is None


def test_a_draft_is_submitted_and_nothing_else():
    assert states.next_state(states.DRAFT, states.SUBMIT) == states.SUBMITTED
    for verdict, last in product((states.APPROVE, states.RETURN, states.WITHDRAW), (False, True)):
        assert states.next_state(states.DRAFT, verdict, last) is None


def test_nothing_leaves_approved():
    for verdict, last in product(states.VERDICTS, (False, True)):
        assert states.next_state(states.APPROVED, verdict, last) is None


def test_what_is_no_state_or_verdict_leads_nowhere():
    assert states.next_state("done", states.APPROVE, True) is None
    assert states.next_state(states.SUBMITTED, "forge", True) is None
    assert states.next_state(states.DRAFT, states.APPROVE, True) is None


# === STAGES === #


@given(amounts, st.decimals(0, 10**14, places=2))
def test_a_reversal_passes_the_stages_of_what_it_reverses(amount, threshold):
    rule = demands.StageRule(threshold, True, threshold)
    assert demands.applies(rule, amount) is demands.applies(rule, -amount)
    assert demands.demands_minutes(rule, amount) is (abs(amount) >= threshold)


def test_threshold_belongs_to_the_stage():
    rule = demands.StageRule(amount_from=D(1000))
    assert not demands.applies(rule, D("999.99"))
    assert demands.applies(rule, D(1000))
    assert not demands.demands_minutes(rule, D(10**9))


@pytest.mark.parametrize("amount", [D(0), D("0.01"), D("-0.01")])
def test_a_stage_without_thresholds_is_for_every_amount(amount):
    assert demands.applies(demands.StageRule(), amount)
    assert demands.demands_minutes(demands.StageRule(minutes_required=True), amount)
    assert not demands.demands_minutes(demands.StageRule(), amount)


# === DEMANDS === #

FULL = {
    "comment": "同意",
    "minutes_number": "党组会纪要〔2025〕3号",
    "external_number": "财社〔2025〕12号",
    "external_scan": "scan",
}


def lacking(verdict, *, external=False, minutes_required=False, **given_vals):
    return demands.missing(
        verdict,
        external=external,
        minutes_required=minutes_required,
        **{**dict.fromkeys(FULL), **given_vals},
    )


def test_everything_given_lacks_nothing():
    for verdict, external, minutes in product(
        (states.APPROVE, states.RETURN, states.WITHDRAW), (False, True), (False, True)
    ):
        assert not lacking(verdict, external=external, minutes_required=minutes, **FULL)


@pytest.mark.parametrize("verdict", [states.RETURN, states.WITHDRAW])
@pytest.mark.parametrize("comment", [None, False, "", " \t"])
def test_who_returns_or_withdraws_says_why(verdict, comment):
    assert lacking(verdict, comment=comment) == ["comment"]
    assert lacking(verdict, external=True, minutes_required=True, comment="金额有误") == []


def test_approval_lacks_what_its_stage_demands():
    assert lacking(states.APPROVE) == []
    assert lacking(states.APPROVE, minutes_required=True, minutes_number=" ") == ["minutes_number"]
    assert lacking(states.APPROVE, external=True) == ["external_number", "external_scan"]
    assert lacking(states.APPROVE, external=True, minutes_required=True) == [
        "minutes_number",
        "external_number",
        "external_scan",
    ]


@pytest.mark.parametrize("start", demands.SCAN_STARTS)
def test_scans_are_read(start):
    assert demands.read_scan(base64.b64encode(start + b"rest")) == start + b"rest"
    limit = base64.b64encode(start.ljust(demands.SCAN_LIMIT, b"x"))
    assert len(demands.read_scan(limit)) == demands.SCAN_LIMIT


@pytest.mark.parametrize(
    ("scan", "reason"),
    [
        (None, "base64"),
        (5, "base64"),
        ("not base64!", "base64"),
        ("=", "base64"),
        (base64.b64encode(b"MZ program"), "kind"),
        ("", "kind"),
        (base64.b64encode(b"<svg onload='x'/>"), "kind"),
        (base64.b64encode(b"%PDF-".ljust(demands.SCAN_LIMIT + 1, b"x")), "size"),
    ],
)
def test_what_is_no_scan_is_refused(scan, reason):
    with pytest.raises(ValueError, match=reason):
        demands.read_scan(scan)


# === CONTENT === #


@given(contents)
def test_one_content_has_one_text(content):
    assert canonical(content) == canonical(content)
    assert len(fingerprint(content)) == 64


@given(st.dictionaries(st.text(), leaves))
def test_order_of_keys_does_not_matter(content):
    assert fingerprint(dict(reversed(content.items()))) == fingerprint(content)


@given(st.integers(-(10**14), 10**14))
def test_an_amount_is_one_amount_however_it_is_held(fen):
    amount = D(fen).scaleb(-2)
    assert canonical(amount) == canonical(amount.quantize(D("1.0000")))
    assert canonical(amount) == canonical(float(amount)) == canonical(amount.normalize())
    assert D(canonical(amount).strip('"')) == amount


@given(amounts, amounts)
def test_different_amounts_have_different_hashes(one, other):
    assert (fingerprint({"a": one}) == fingerprint({"a": other})) is (one == other)


def test_more_digits_than_a_float_holds_are_kept():
    assert canonical(D("12345678901234567890123456789.12")) == '"12345678901234567890123456789.12"'
    assert canonical(D("-0.00")) == '"0"'
    assert canonical(D("1E+3")) == '"1000"'


def test_kinds_of_values():
    assert canonical({"日": date(2025, 3, 1), "时": datetime(2025, 3, 1, 9, 0)}) == (
        '{"日":"2025-03-01","时":"2025-03-01T09:00:00"}'
    )
    assert canonical((1, True, None)) == "[1,true,null]"
    assert fingerprint({"a": 1}) != fingerprint({"a": "1"})
    assert fingerprint({"a": True}) != fingerprint({"a": 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), D("NaN"), {1: "a", "1": "b"}])
def test_what_cannot_be_told_apart_is_refused(value):
    with pytest.raises(ValueError, match="approved|alike"):
        canonical(value)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes"])
def test_other_values_are_refused(value):
    with pytest.raises(TypeError, match="content of an approval"):
        canonical({"a": [value]})


def test_changed_keys_are_named():
    before = canonical({"a": 1, "b": [1], "c": None})
    assert changed_keys(before, canonical({"a": 1, "b": [2], "d": 1})) == ["b", "c", "d"]
    assert changed_keys(before, before) == []
    assert changed_keys("[1]", before) == []
    assert changed_keys(before, "[1]") == []
