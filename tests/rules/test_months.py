"""Months counted back from a day: whom a day finds so many months old, as the clocks count forward."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.months import born_by, months_before


@pytest.mark.parametrize(
    ("day", "months", "born"),
    [
        ("2025-09-30", 6, "2025-03-31"),
        ("2025-09-29", 6, "2025-03-29"),
        ("2025-02-28", 6, "2024-08-31"),
        ("2024-02-28", 6, "2023-08-28"),
        ("2025-08-31", 6, "2025-02-28"),
        ("2025-03-30", 1, "2025-02-28"),
    ],
)
def test_whom_a_day_finds_so_old(day, months, born):
    assert born_by(date.fromisoformat(day), months) == date.fromisoformat(born)


def test_before_the_first_day_ever_is_that_day():
    assert months_before(date(1, 2, 1), 2) == date.min


@given(
    st.dates(date(1950, 1, 1), date(2050, 12, 31)),
    st.integers(0, 72),
    st.integers(-40, 40),
)
@example(date(2025, 3, 31), 6, 0)
@example(date(2024, 2, 29), 12, 0)
def test_it_is_who_came_to_it_by_adding(born, months, off):
    reached = born + relativedelta(months=months)
    day = reached + timedelta(off)
    assert (born <= born_by(day, months)) == (reached <= day)
