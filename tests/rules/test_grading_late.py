"""When a fact is told as entered late."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_elderly.tools.grading.late import entered_late

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
DAY = timedelta(1)


def test_what_was_so_before_it_was_entered_is_late():
    assert entered_late(date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 10))


def test_what_is_entered_on_its_day_is_not():
    assert not entered_late(date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 10))


def test_what_was_known_when_the_row_began_is_not():
    assert not entered_late(date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 10)), "time or something else changed it"


@given(DAYS, DAYS)
def test_of_one_row_whatever_day_before_it(entered, day):
    assert entered_late(day, entered, entered) is (day < entered)
    assert not entered_late(day, entered, entered + DAY)
