"""The least share prepaid, by year."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_fund.tools.floors import LEAST, NOTICES, Floor, floor_of, ratio_words

HIGHER = (*NOTICES, Floor(2030, D("0.85"), "新〔2030〕1号"), Floor(2027, D("0.80"), "新〔2027〕1号"))


def test_what_the_notice_of_2023_says():
    """鲁卫基层字〔2023〕3号: at least 70 per cent of the money needed."""
    assert NOTICES[0] == Floor(2023, D("0.70"), "鲁卫基层字〔2023〕3号")
    assert D("0.70") == LEAST
    assert floor_of(2026, NOTICES) == D("0.70")


@pytest.mark.parametrize(
    ("year", "ratio"),
    [(2022, "0.70"), (2023, "0.70"), (2026, "0.70"), (2027, "0.80"), (2029, "0.80"), (2030, "0.85"), (2099, "0.85")],
)
def test_a_later_row_changes_no_year_before_it(year, ratio):
    assert floor_of(year, HIGHER) == D(ratio)


@pytest.mark.parametrize(
    ("ratio", "words"), [("0.7", "0.70"), ("0.725", "0.7250"), ("1", "1.00"), ("0.7001", "0.7001")]
)
def test_words(ratio, words):
    assert ratio_words(D(ratio)) == words


FLOORS = st.lists(
    st.builds(Floor, st.integers(2000, 2100), st.decimals("0.7", "1", places=4), st.just("文号")),
    min_size=1,
    unique_by=lambda floor: floor.year,
)


@given(FLOORS, st.integers(2000, 2100), st.integers(2000, 2100), st.decimals("0.7", "1", places=4))
def test_a_new_row_leaves_the_years_before_it(floors, year, new, ratio):
    if new in {floor.year for floor in floors} or new <= min(floor.year for floor in floors):
        return
    before = floor_of(year, floors)
    after = floor_of(year, [*floors, Floor(new, ratio, "新文号")])
    assert after in (before, ratio)
    if year < new:
        assert after == before
    if year == new:
        assert after == ratio
