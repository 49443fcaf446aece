"""Township institutions: the worked pool of four, and closure to the fen on any other."""

from decimal import Decimal
from fractions import Fraction

import pytest
import settlement_oracle
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.money import MoneyError, from_fen, round_up, to_fen
from odoo.addons.bphs_fund.tools.terms import SettlementError
from odoo.addons.bphs_fund.tools.township import (
    Member,
    Population,
    capitation,
    points_fixed_value,
    points_zero_sum,
)

D = Decimal
FULL = D(85)
POOL = D("17098017.00")
TOWNSHIPS = (
    Member("1甲", D(412500), D("93.2")),
    Member("2乙", D(305800), D("86.4")),
    Member("3丙", D(268400), D("81.7")),
    Member("4丁", D(153300), D("58.9")),
)


def column(shares, name):
    return [str(getattr(share, name)) for share in shares]


def test_example_b_zero_sum():
    shares = points_zero_sum(POOL, TOWNSHIPS, FULL)
    assert [f"{share.corrected:.1f}" for share in shares] == [
        "412500.0",
        "305800.0",
        "219282.8",
        "90293.7",
    ]
    assert column(shares, "amount") == ["6861653.14", "5086772.19", "3647618.21", "1501973.46"]


def test_example_b_fixed_value():
    result = points_fixed_value(POOL, TOWNSHIPS, FULL)
    shares = result.shares
    assert column(shares, "raw") == ["6186782.47", "4586468.07", "4025533.12", "2299233.34"]
    assert column(shares, "coefficient") == ["1.0000", "1.0000", "0.8170", "0.5890"]
    assert column(shares, "earned") == ["6186782.47", "4586468.07", "3288860.56", "1354248.44"]
    assert column(shares, "amount") == ["6805460.72", "4586468.07", "3288860.56", "1354248.44"]
    assert (str(result.deducted), str(result.bonus)) == ("1681657.46", "618678.25")
    assert str(result.carried) == "1062979.21"
    assert sum(share.amount for share in shares) == D("16035037.79")
    # Prepayments are rounded up wherever they are made, so that no ratio falls below its floor:
    # a fen more for 丙 than half-up gives, and a fen less in its balance.
    prepaid = [round_up(D("0.70") * share.raw) for share in shares]
    assert [str(share.amount - paid) for share, paid in zip(shares, prepaid, strict=True)] == [
        "2474712.99",
        "1375940.42",
        "470987.37",
        "-255214.90",
    ]


def test_capitation_by_example():
    members = [Population("B", 1000, D("80")), Population("A", 316289, D("92"))]
    shares = capitation(D("36.5"), members, FULL)
    assert column(shares, "code") == ["A", "B"]
    assert column(shares, "amount") == ["11544548.50", "29200.00"]


def test_what_is_deducted_stays_where_nobody_may_have_it():
    members = [Member("A", D(1), D("50")), Member("B", D(1), D("89.99"))]
    result = points_fixed_value(D("100.00"), members, FULL)
    assert (result.deducted, result.bonus, result.carried) == (D("25.00"), 0, D("25.00"))
    poor = [Member("A", D(0), D("95")), Member("B", D(1), D("50"))]
    result = points_fixed_value(D("100.00"), poor, FULL)
    assert result.carried == D("50.00") and not result.shares[0].eligible


def test_a_bonus_below_the_cap_is_paid_whole():
    members = [Member("A", D(99), D("95")), Member("B", D(1), D("50"))]
    result = points_fixed_value(D("100.00"), members, FULL)
    assert (result.bonus, result.carried) == (D("0.50"), 0)


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("score", lambda: Member("A", D(1), None)),
        ("score", lambda: Member("A", D(1), D("100.01"))),
        ("points", lambda: Member("A", D(-1), D(1))),
        ("persons", lambda: Population("A", -1, D(1))),
        ("score", lambda: Population("A", 1, None)),
        ("standard", lambda: capitation(D(-1), [], FULL)),
        ("bonus_cap", lambda: points_fixed_value(D(1), [], FULL, bonus_cap=D("1.01"))),
        ("code", lambda: points_zero_sum(POOL, TOWNSHIPS[:1] * 2, FULL)),
    ],
)
def test_a_broken_term_is_refused_and_named(field, make):
    with pytest.raises(SettlementError) as caught:
        make()
    assert caught.value.field == field


def test_money_without_points_is_refused():
    for method in (points_zero_sum, points_fixed_value):
        with pytest.raises(MoneyError):
            method(D("1.00"), [Member("A", D(0), D(90))], FULL)
        with pytest.raises(MoneyError):
            method(D("1.00"), [], FULL)


members = st.dictionaries(
    st.text(max_size=2),
    st.tuples(
        st.integers(0, 10**7).map(lambda n: D(n) / 10),
        st.integers(0, 10_000).map(from_fen) | st.sampled_from((D(60), D(85), D(90))),
    ),
    max_size=6,
).map(lambda rows: [Member(code, *row) for code, row in rows.items()])
pools = st.integers(0, 10**11).map(from_fen)


def factor(member):
    return settlement_oracle.k_of(str(member.score), {"full_score": "85"})


@given(pools, members.filter(lambda ms: any(m.points and m.score for m in ms)))
def test_zero_sum_closes_and_is_what_the_rule_says(pool, members):
    shares = points_zero_sum(pool, members, FULL)
    assert sum(share.amount for share in shares) == pool
    weights = {m.code: Fraction(m.points) * factor(m) for m in members}
    expected = settlement_oracle.share_out(to_fen(pool), weights)
    assert {share.code: to_fen(share.amount) for share in shares} == expected
    assert [share.code for share in shares] == sorted(weights)


@given(
    pools,
    members.filter(lambda ms: any(m.points for m in ms)),
    st.sampled_from((D(90), D(0), D(100))),
    st.sampled_from((D("0.10"), D(0), D(1), D("0.003"))),
)
def test_fixed_value_closes_and_is_what_the_rule_says(pool, members, bonus_score, bonus_cap):
    result = points_fixed_value(pool, members, FULL, bonus_score, bonus_cap)
    assert sum(share.amount for share in result.shares) + result.carried == pool
    assert result.bonus + result.carried == result.deducted
    assert result.carried >= 0

    raw = settlement_oracle.share_out(to_fen(pool), {m.code: Fraction(m.points) for m in members})
    earned = {m.code: settlement_oracle.half_up(raw[m.code] * factor(m)) for m in members}
    best = {m.code: earned[m.code] for m in members if m.score >= bonus_score}
    bonus = dict.fromkeys(earned, 0)
    if sum(best.values()):
        for code, part in settlement_oracle.share_out(
            to_fen(pool) - sum(earned.values()), {c: Fraction(e) for c, e in best.items()}
        ).items():
            bonus[code] = min(part, settlement_oracle.half_up(earned[code] * Fraction(bonus_cap)))
    assert {s.code: to_fen(s.amount) for s in result.shares} == {code: earned[code] + bonus[code] for code in earned}


@given(st.integers(0, 10**6).map(from_fen), st.integers(0, 10**7), st.integers(0, 10_000))
def test_capitation_is_what_the_rule_says(standard, persons, score):
    (share,) = capitation(standard, [Population("A", persons, from_fen(score))], FULL)
    k = settlement_oracle.k_of(str(from_fen(score)), {"full_score": "85"})
    assert to_fen(share.amount) == settlement_oracle.half_up(persons * Fraction(standard) * k * 100)
