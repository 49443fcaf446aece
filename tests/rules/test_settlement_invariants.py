"""Whole documents against the independent oracle, and the invariants that hold for every input."""

import copy
import json
from decimal import Decimal, localcontext
from fractions import Fraction

import settlement_oracle
from hypothesis import given, note, settings
from hypothesis import strategies as st
from settlement_documents import documents

from odoo.addons.bphs_fund.tools.replay import compute, dump, input_document, replay
from odoo.addons.bphs_fund.tools.replay_input import parse
from odoo.addons.bphs_fund.tools.settlement import prepayments, settle
from odoo.addons.bphs_fund.tools.terms import PlanPrepay

D = Decimal


# Making a document up takes far longer than settling it, so every invariant is tried on each: on four times as many as
# a test of its own would see.
@settings(max_examples=settings().max_examples * 4)
@given(documents(), st.randoms(use_true_random=False))
def test_every_invariant_holds_for_every_document(document, random):
    for holds in INVARIANTS:
        note(holds.__name__)
        holds(copy.deepcopy(document))
    order_of_the_institutions_does_not_matter(copy.deepcopy(document), random)


def as_data(document):
    return json.dumps(document).encode()


def settled(document):
    parsed = parse(document)
    return parsed, settle(parsed.scheme, parsed.pool, parsed.clinics)


def a_generated_document_gives_what_the_oracle_gives(document):
    assert json.loads(replay(as_data(document))) == settlement_oracle.settle(document)


def order_of_the_institutions_does_not_matter(document, random):
    expected = replay(as_data(document))
    random.shuffle(document["institutions"])
    assert replay(as_data(document)) == expected


def the_exported_document_replays_byte_for_byte(document):
    parsed = parse(document)
    exported = input_document(parsed)
    assert parse(exported) == parsed
    assert input_document(parse(exported)) == exported
    assert replay(dump(exported).encode()) == dump(compute(parsed)) == replay(as_data(document))


def settling_again_changes_nothing(document):
    assert settled(document)[1] == settled(document)[1]


def the_result_does_not_depend_on_the_thread_context(document):
    expected = replay(as_data(document))
    with localcontext() as context:
        context.prec = 30  # what parsing and printing need, far less than the products
        context.rounding = "ROUND_DOWN"
        assert replay(as_data(document)) == expected


def prepaid_never_falls_below_the_ratio(document):
    parsed = parse(document)
    for one in parsed.clinics:
        amounts = prepayments(parsed.scheme, one.prepay)
        ratio = Fraction(parsed.scheme.prepay_ratio)
        if isinstance(one.prepay, PlanPrepay):
            needed = ratio * Fraction(one.prepay.annual)
            assert 0 <= Fraction(sum(amounts.values())) - needed < Fraction(1, 100)
            assert max(amounts.values()) - min(amounts.values()) <= D("0.01")
        else:
            for period, amount in amounts.items():
                needed = ratio * Fraction(one.prepay.quarters[period])
                assert 0 <= Fraction(amount) - needed < Fraction(1, 100)


def every_fen_of_a_quarter_is_somewhere(document):
    parsed, results = settled(document)
    for one, result in zip(sorted(parsed.clinics, key=lambda c: c.code), results, strict=True):
        carry = one.opening_carry
        for row in result.quarters:
            assert row.carry_in == carry
            assert row.settled - row.prepaid + carry == row.pay + row.frozen + row.carry
            assert row.carry <= 0 <= min(row.pay, row.frozen, row.settled, row.prepaid)
            assert not (row.carry and (row.pay or row.frozen))
            assert not (row.pay and row.frozen)
            carry = row.carry


def every_fen_of_a_year_is_somewhere(document):
    parsed, results = settled(document)
    terms = {one.code: one for one in parsed.clinics}
    for result in results:
        if not (year := result.annual):
            continue
        opening = terms[result.code].opening_carry
        held = sum(row.frozen for row in result.quarters)
        assert year.final + opening == year.paid + year.payable + year.frozen + year.carry
        assert year.frozen + year.capped == held  # held money never disappears
        assert year.carry <= 0 <= min(year.payable, year.frozen, year.capped, year.final)
        assert year.final <= year.limited <= year.claim
        if terms[result.code].cap is not None:
            assert year.limited <= terms[result.code].cap


def the_finals_close_on_the_pool(document):
    parsed, results = settled(document)
    if parsed.pool is None or not all(result.annual for result in results):
        return
    limited = sum(result.annual.limited for result in results)
    assert sum(result.annual.final for result in results) == min(parsed.pool, limited)


def a_hold_released_in_time_pays_what_was_held(document):
    _, before = settled(document)
    for one in document["institutions"]:
        for row in one["quarters"]:
            row["released"] = True
    _, after = settled(document)
    for held, freed in zip(before, after, strict=True):
        for old, new in zip(held.quarters, freed.quarters, strict=True):
            assert new.frozen == 0 and new.pay == old.pay + old.frozen
            assert new.carry == old.carry


def a_carry_is_deducted_once(document):
    """What the opening carry takes off is exactly its own amount, over payments and last carry."""
    _, with_carry = settled(document)
    opening = {one["code"]: D(one["opening_carry"]) for one in document["institutions"]}
    for one in document["institutions"]:
        one["opening_carry"] = "0.00"
    _, without = settled(document)
    for a, b in zip(with_carry, without, strict=True):
        total = [sum(r.due for r in x.quarters) + (x.quarters[-1].carry if x.quarters else 0) for x in (a, b)]
        assert total[0] - total[1] == (opening[a.code] if a.quarters else 0)
        assert [r.prepaid for r in a.quarters] == [r.prepaid for r in b.quarters]


INVARIANTS = (
    a_generated_document_gives_what_the_oracle_gives,
    the_exported_document_replays_byte_for_byte,
    settling_again_changes_nothing,
    the_result_does_not_depend_on_the_thread_context,
    prepaid_never_falls_below_the_ratio,
    every_fen_of_a_quarter_is_somewhere,
    every_fen_of_a_year_is_somewhere,
    the_finals_close_on_the_pool,
    a_hold_released_in_time_pays_what_was_held,
    a_carry_is_deducted_once,
)
