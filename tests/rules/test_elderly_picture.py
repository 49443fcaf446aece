"""What a picture of diseases and risks may tell."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_elderly.tools.picture import BANDS, LEAST, RISKS, band_words, share, told


def test_bands_follow_each_other():
    assert [band_words(start) for start in BANDS] == ["65-69", "70-74", "75-79", "80-84", "85-89", "90+"]


def test_few_are_not_told():
    assert [told(count) for count in (0, 1, 4, 5, 1234)] == ["0", "<5", "<5", "5", "1234"]


def test_a_share_of_few_or_over_few_is_not_told_either():
    assert share(4, 100) == share(4, 4) == ""
    assert share(5, 8) == "62.5%"
    assert share(1, 3) == "" and share(10, 30) == "33.3%" and share(20, 30) == "66.7%"


def test_obese_is_overweight_too():
    assert RISKS["obese"][0][1] > RISKS["overweight"][0][1] > Decimal(20)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_nothing_under_the_bound_can_be_read_from_it(count, people):
    few = 0 < count < LEAST
    assert (told(count) == f"<{LEAST}") is few
    assert (share(count, people) == "") is (count < LEAST or people < LEAST)
