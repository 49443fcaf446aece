from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_service.tools.authenticity import verdicts
from odoo.addons.bphs_service.tools.authenticity.chance import below_the_limit, tail
from odoo.addons.bphs_service.tools.authenticity.seen import parted, without


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ([], None),
        (["true"], "true"),
        (["true", "unverifiable"], "unverifiable"),
        (["unverifiable", "partly"], "partly"),
        (["true", "partly", "false"], "false"),
    ],
)
def test_the_worst_decides(found, outcome):
    assert verdicts.outcome(found) == outcome


def test_few_are_all_looked_at():
    assert (verdicts.sample_size(3, 10), verdicts.sample_size(40, 10)) == (3, 10)


@pytest.mark.parametrize(
    ("seen", "hidden", "told"),
    [
        ("5", 0, "5"),
        ("5", 2, "3"),
        ("1", 3, "0"),
        ("131/77 × 5", 1, "131/77 × 4"),
        ("45/60 = 75.0%", 1, "45/60 = 75.0%"),
        ("12:3", 1, "12:3"),
        ("", 1, ""),
    ],
)
def test_what_was_seen_is_told_without_what_is_hidden(seen, hidden, told):
    assert without(seen, hidden) == told


@pytest.mark.parametrize(
    ("seen", "parts"),
    [("131/77 × 5", ("131/77", "5")), ("5", ("", "5")), ("12:3", ("", "12:3")), ("", ("", ""))],
)
def test_what_was_seen_is_a_count_of_something_or_itself(seen, parts):
    assert parted(seen) == parts


def _counted(hits, trials, share):
    """The chance by its definition, in exact fractions: each possible number of hits, one by one."""
    share = Fraction(share)
    return sum(
        comb(trials, number) * share**number * (1 - share) ** (trials - number) for number in range(hits, trials + 1)
    )


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 64))
def test_the_chance_is_the_exact_one(one, other, parts):
    (hits, trials), share = sorted((one, other)), parts / 64
    assert tail(hits, trials, share) == pytest.approx(float(_counted(hits, trials, share)), rel=1e-7, abs=1e-12)


@given(st.integers(0, 900), st.integers(1, 900), st.floats(0, 1, allow_nan=False))
def test_more_of_the_same_number_are_never_likelier(hits, trials, share):
    hits = min(hits, trials - 1)
    assert 0 <= tail(hits + 1, trials, share) <= tail(hits, trials, share) + 1e-9 <= 1 + 1e-9


@pytest.mark.parametrize(
    ("hits", "trials", "share", "chance"),
    [(0, 0, 0.5, 1), (0, 9, 0, 1), (1, 9, 0, 0), (9, 9, 1, 1), (1, 1, 0.25, 0.25), (10, 10, 0.5, 0.5**10)],
)
def test_chance_at_its_ends(hits, trials, share, chance):
    assert tail(hits, trials, share) == pytest.approx(chance)


@pytest.mark.parametrize(("hits", "trials", "share"), [(-1, 3, 0.5), (4, 3, 0.5), (1, 3, 1.1), (1, 3, -0.1)])
def test_what_is_no_chance_is_refused(hits, trials, share):
    with pytest.raises(ValueError, match=" of 3 at "):
        tail(hits, trials, share)


def test_of_very_many_it_is_still_told():
    assert tail(100_000, 100_000, 0.9) == 0
    assert tail(1, 100_000, 0.9) == 1
    assert 0.4 < tail(90_000, 100_000, 0.9) < 0.6


def test_few_values_are_chance_where_many_are_not():
    # The same ratio of 15 to 1, where all others have 9 to 1.
    assert below_the_limit(60, 4, 9000, 1000, 12) > 0.1
    assert below_the_limit(1500, 100, 9000, 1000, 12) < 0.001


def test_where_all_embellish_the_limit_is_the_measure():
    assert below_the_limit(200, 0, 5000, 0, 12) == pytest.approx((12 / 13) ** 200)
    assert below_the_limit(200, 0, 0, 0, 12) == pytest.approx((12 / 13) ** 200)
    assert below_the_limit(200, 0, 5000, 5000, 12) == pytest.approx(0.5**200)


def test_just_inside_and_just_outside_the_chance_that_ships():
    # Of 0.9 as the others have: 0.9 ** 65 is 0.00106, one more is 0.00095.
    assert below_the_limit(65, 0, 900, 100, 12) > 0.001 > below_the_limit(66, 0, 900, 100, 12)
