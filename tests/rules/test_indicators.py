"""The rules of indicators: periods, sets, what follows from two numbers."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.money import MoneyError
from odoo.addons.bphs_indicator.tools import periods, sets
from odoo.addons.bphs_indicator.tools.judging import (
    Counted,
    is_small,
    lowest,
    passes,
    quotas,
    rolled_up,
    withheld,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


# === PERIODS === #


@pytest.mark.parametrize(
    ("kind", "day", "start", "year"),
    [
        ("year", date(2025, 1, 1), date(2025, 1, 1), 2025),
        ("year", date(2025, 12, 31), date(2025, 1, 1), 2025),
        ("mch_year", date(2025, 9, 30), date(2024, 10, 1), 2025),
        ("mch_year", date(2025, 10, 1), date(2025, 10, 1), 2026),
    ],
)
def test_where_a_year_begins(kind, day, start, year):
    assert periods.year_start(kind, day) == start
    assert periods.year_of(kind, day) == year


@given(st.sampled_from(periods.KINDS), DAYS)
def test_a_day_lies_in_its_year(kind, day):
    start = periods.year_start(kind, day)
    assert start <= day
    assert (day - start).days < 366


@given(DAYS, st.integers(1, 40))
def test_months_behind_follow_each_other(day, number):
    months = periods.last_months(day, number)
    assert len(months) == number
    assert months[-1] == periods.month_of(day)
    assert all(periods.add_months(a, 1) == b for a, b in zip(months, months[1:], strict=False))
    assert all(periods.month_end(a) + timedelta(1) == b for a, b in zip(months, months[1:], strict=False))


def test_a_window_of_three_months_is_a_quarter():
    assert periods.window_start(date(2025, 12, 31), 3) == date(2025, 10, 1)
    assert periods.window_start(date(2025, 1, 31), 3) == date(2024, 11, 1)


def test_the_month_that_tells_of_a_round():
    assert periods.last_counted_month("year", date(2025, 12, 31), True) == date(2025, 12, 1)
    assert periods.last_counted_month("mch_year", date(2025, 12, 31), True) == date(2025, 9, 1)
    assert periods.last_counted_month("mch_year", date(2025, 3, 31), False) == date(2025, 3, 1)


# === SETS === #


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"kind": "people"}, "没有“people”这类集合"),
        ({"kind": "file", "state": "arrived"}, "“arrived”不是这类集合的状态"),
        ({"kind": "signed", "state": "arrived"}, "“arrived”不是这类集合的状态"),
        ({"kind": "age", "from_months": 12, "to_months": 12}, "年龄上限应大于下限"),
        ({"kind": "group"}, "没有写明重点人群"),
        ({"kind": "records"}, "没有写明表单"),
        ({"kind": "records", "forms": ("child",), "pace": True}, "按比例要求次数的，须写明重点人群并按月计次"),
        ({"kind": "born", "months": -1}, "数字不能为负"),
        ({"kind": "records", "forms": ("child",), "least": 0}, "次数至少为1"),
        ({"kind": "records", "forms": ("child",), "by_age": (3, -1)}, "数字不能为负"),
        ({"kind": "records", "forms": ("child",), "by_age_town": (4, 2, 1)}, "须写明乡村次数"),
        ({"kind": "records", "forms": ("exam",), "after_months": 12}, "须写明重点人群"),
        ({"kind": "kept"}, "没有写明表单"),
        ({"kind": "mother", "state": "arrived"}, "“arrived”不是这类集合的状态"),
    ],
)
def test_what_is_no_set(values, problem):
    with pytest.raises(sets.SetError) as refused:
        sets.SetOf("A", **values)
    assert problem in str(refused.value)


def test_sets_of_records_make_no_indicator_of_people():
    elders, told = sets.SetOf("elders", "age", from_months=780), sets.SetOf("told", "record")
    assert sets.problem_of("person", [elders], [elders]) == ""
    assert "told" in sets.problem_of("person", [elders], [told])
    assert "elders" in sets.problem_of("record", [elders], [])
    assert sets.problem_of("record", [told], []) == ""
    assert sets.problem_of("record", [], [told]) == "没有写明分母"
    assert sets.problem_of("person", [], [elders]) == ""


# === JUDGING === #

COUNTS = st.builds(lambda over, part: Counted(min(over, part), over), st.integers(0, 10**7), st.integers(0, 10**7))


def test_something_of_nothing_is_no_rate():
    for counted in (Counted(0, 0), Counted(3, 0), Counted(3, None)):
        assert counted.exact is None
        assert counted.percent(2, "half_up") is None
        assert counted.shown(2, "half_up") == "—"
        assert passes(counted, True, "≥", Decimal(90), None) is None
        assert not counted.above_whole or counted.numerator > 0


def test_more_than_the_whole_is_told_and_not_cut():
    counted = Counted(292_216, 271_000)
    assert counted.above_whole
    assert counted.shown(2, "half_up") == "107.83%"
    assert not Counted(3, 3).above_whole
    assert not Counted(3, None).above_whole


@pytest.mark.parametrize(
    ("parts", "operator", "value", "passed"),
    [
        # 89.995 is printed as 90.00 and is no 90.
        ((17_999, 20_000), "≥", 90, False),
        ((18_000, 20_000), "≥", 90, True),
        ((18_000, 20_000), "=", 90, True),
        ((18_001, 20_000), "≤", 90, False),
        ((18_000, 20_000), "≤", 90, True),
    ],
)
def test_the_unrounded_rate_is_judged(parts, operator, value, passed):
    assert passes(Counted(*parts), True, operator, Decimal(value), None) is passed


def test_a_count_is_judged_as_a_floor():
    assert passes(Counted(8_700_000, None), False, "=", Decimal(8_700_000), None) is True
    assert passes(Counted(8_699_999, None), False, "=", Decimal(8_700_000), None) is False


def test_a_trend_is_judged_against_what_was_stored():
    counted = Counted(90, 100)
    assert passes(counted, True, "increase", Decimal(0), None) is None
    assert passes(counted, True, "increase", Decimal(0), Fraction(89, 100)) is True
    assert passes(counted, True, "increase", Decimal(0), Fraction(9, 10)) is False
    assert passes(counted, True, "decrease", Decimal(0), Fraction(91, 100)) is True
    assert passes(counted, True, "decrease", Decimal(0), Fraction(9, 10)) is False


@given(COUNTS, st.integers(0, 100))
def test_a_higher_target_is_no_easier(counted, target):
    if counted.exact is not None:
        held = [passes(counted, True, "≥", Decimal(value), None) for value in (target, 100)]
        assert held[0] or not held[1]


def test_fewer_than_five_are_not_published():
    assert is_small(Counted(4, 100), True)
    assert is_small(Counted(0, 4), True)
    assert is_small(Counted(4, None), False)
    assert not is_small(Counted(0, 100), True)
    assert not is_small(Counted(5, 5), True)
    assert not is_small(Counted(7, None), True)
    assert not is_small(Counted(5, None), False)


@given(st.lists(st.builds(Counted, st.integers(0, 12), st.none()), max_size=8))
def test_what_is_left_out_cannot_be_reckoned_from_the_sum(parts):
    left = withheld(parts, False)
    small = {at for at, part in enumerate(parts) if is_small(part, False)}
    assert small <= left
    # Of several that are left out only their sum is known; of one alone it is the figure itself.
    others = [part for at, part in enumerate(parts) if at not in small and part.numerator]
    assert len(left) != 1 or not others
    assert left == small or len(left) == 2
    assert not small or left
    if not small:
        assert not left


def test_the_next_smallest_is_left_out_with_one_alone():
    told = [Counted(number, 100) for number in (40, 3, 0, 7, 9)]
    assert withheld(told, True) == {1, 3}
    assert withheld(told[:2], True) == {0, 1}
    assert withheld([*told, Counted(4, 100)], True) == {1, 5}
    assert withheld([Counted(3, 100)], True) == {0}
    assert withheld([], True) == frozenset()


@given(st.lists(COUNTS, max_size=20))
def test_the_lowest_township_is_none_of_nothing(parts):
    least = lowest(parts)
    known = [part.exact for part in parts if part.exact is not None]
    assert (least.exact if least else None) == min(known, default=None)


@given(
    st.dictionaries(st.integers(3, 40), st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20),
)
def test_what_stands_above_is_the_sum_of_what_is_below(leaves):
    above = {leaf: [1, 2 if leaf % 2 else leaf, leaf] if leaf % 2 else [1, leaf] for leaf in leaves}
    told = rolled_up(leaves, above)
    whole = (sum(part for part, __ in leaves.values()), sum(over for __, over in leaves.values()))
    assert told.get(1, (0, 0)) == whole
    assert all(told[leaf] == counts for leaf, counts in leaves.items())


def test_what_no_institution_leads_is_nobodys():
    assert rolled_up({7: (1, 2)}, {}) == {}


@given(
    st.integers(0, 10**7),
    st.dictionaries(st.text("ABC", min_size=1, max_size=4), st.integers(1, 10**6), min_size=1, max_size=30),
)
def test_shares_of_a_task_sum_to_it(total, weights):
    shares = quotas(total, weights)
    assert sum(shares.values()) == total
    assert all(abs(Fraction(total * weights[key], sum(weights.values())) - share) < 1 for key, share in shares.items())


def test_nothing_to_share_by_is_refused():
    with pytest.raises(MoneyError, match="分配权重全部为零"):
        quotas(10, {"A": 0})
