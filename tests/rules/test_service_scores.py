"""The scales, at each of their boundaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_service.tools.scores import (
    SELF_CARE,
    TCM_BIASED,
    Score,
    ScoreError,
    ad8,
    constitution,
    gds_15,
    gds_30,
    mmse,
    self_care,
)


@pytest.mark.parametrize(
    ("items", "total", "level"),
    [
        ((0, 0, 0, 0, 0), 0, "able"),
        ((0, 3, 0, 0, 0), 3, "able"),
        ((0, 3, 0, 1, 0), 4, "mild"),
        ((0, 7, 0, 1, 0), 8, "mild"),
        ((3, 1, 3, 1, 1), 9, "moderate"),
        ((3, 7, 3, 5, 0), 18, "moderate"),
        ((5, 3, 5, 1, 5), 19, "unable"),
        ((5, 7, 5, 10, 10), 37, "unable"),
    ],
)
def test_self_care(items, total, level):
    assert self_care(items) == Score(total, level)


@pytest.mark.parametrize(
    "items", [(1, 0, 0, 0, 0), (0, 5, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 0, 3, 0), (0, 0, 0, 0), ()]
)
def test_values_the_self_care_form_does_not_have(items):
    with pytest.raises(ScoreError, match="自理能力"):
        self_care(items)


CONTENT = [number in (1, 5, 7, 11, 13) for number in range(1, 16)]


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (0, "normal"),
        (4, "normal"),
        (5, "mild"),
        (8, "mild"),
        (9, "moderate"),
        (11, "moderate"),
        (12, "severe"),
        (15, "severe"),
    ],
)
def test_mood_of_fifteen(points, level):
    answers = [not answer if number < points else answer for number, answer in enumerate(CONTENT)]
    assert gds_15(answers) == Score(points, level)


def test_whoever_says_yes_to_everything_has_ten_points():
    assert gds_15([True] * 15).total == 10 and gds_15([False] * 15).total == 5


@pytest.mark.parametrize(
    ("total", "level"), [(0, "normal"), (9, "normal"), (10, "mild"), (19, "mild"), (20, "severe"), (30, "severe")]
)
def test_mood_of_thirty(total, level):
    assert gds_30(total) == Score(total, level)


@pytest.mark.parametrize(
    ("total", "schooling", "level"),
    [
        (17, "none", "impaired"),
        (18, "none", "normal"),
        (20, "primary", "impaired"),
        (21, "primary", "normal"),
        (24, "above", "impaired"),
        (25, "above", "normal"),
        (0, "above", "impaired"),
        (30, "none", "normal"),
    ],
)
def test_cognition_by_schooling(total, schooling, level):
    assert mmse(total, schooling) == Score(total, level)


@pytest.mark.parametrize(("yes", "level"), [(0, "normal"), (1, "normal"), (2, "impaired"), (8, "impaired")])
def test_ad8(yes, level):
    assert ad8([number < yes for number in range(8)]) == Score(yes, level)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (lambda: gds_15([True] * 14), "GDS-15"),
        (lambda: gds_30(31), "GDS-30"),
        (lambda: gds_30(True), "GDS-30"),
        (lambda: mmse(31, "none"), "MMSE"),
        (lambda: mmse(-1, "none"), "MMSE"),
        (lambda: mmse(20, "college"), "文化程度"),
        (lambda: ad8([True] * 7), "AD8"),
        (lambda: constitution({}), "体质辨识"),
        (lambda: constitution(dict.fromkeys(range(1, 34), 6)), "体质辨识"),
        (lambda: constitution(dict.fromkeys(range(0, 33), 3)), "体质辨识"),
    ],
)
def test_half_a_form_is_no_score(wrong, word):
    with pytest.raises(ScoreError, match=word):
        wrong()


def answers(**changed):
    """Every item once, but those given."""
    return {number: 1 for number in range(1, 34)} | {int(key[1:]): value for key, value in changed.items()}


@pytest.mark.parametrize(
    ("sums", "level"), [((2, 2, 2, 2), "no"), ((3, 2, 2, 2), "tends"), ((3, 3, 2, 2), "tends"), ((3, 3, 3, 2), "yes")]
)
@pytest.mark.parametrize("name", TCM_BIASED)
def test_a_biased_constitution(name, sums, level):
    found = constitution(answers() | dict(zip(TCM_BIASED[name], sums, strict=True)))
    assert found[name] == Score(sum(sums), level)


@pytest.mark.parametrize(
    ("changed", "total", "level"),
    [
        # All one but the first five: 5 + four times 5 reversed.
        ({"_1": 5}, 25, "yes"),
        ({"_1": 1, "_2": 3, "_4": 3, "_5": 1, "_13": 1}, 17, "yes"),
        ({"_1": 1, "_2": 3, "_4": 3, "_5": 2, "_13": 1}, 16, "no"),
        # One biased sum of 9 or 10: nearly; of 11: no.
        ({"_1": 5, "_10": 5, "_21": 1, "_26": 1, "_31": 1}, 25, "yes"),
        ({"_1": 5, "_10": 5, "_21": 2}, 25, "nearly"),
        ({"_1": 5, "_10": 5, "_21": 3}, 25, "nearly"),
        ({"_1": 5, "_10": 5, "_21": 4}, 25, "no"),
    ],
)
def test_the_balanced_constitution(changed, total, level):
    assert constitution(answers(**changed))["balanced"] == Score(total, level)


@given(st.tuples(*(st.sampled_from(worth) for worth in SELF_CARE)))
def test_every_self_care_form_has_a_level(items):
    assert 0 <= self_care(items).total <= 37


@given(st.lists(st.integers(1, 5), min_size=33, max_size=33))
def test_nobody_is_balanced_and_biased(given_answers):
    found = constitution(dict(enumerate(given_answers, start=1)))
    biased = [score.level for name, score in found.items() if name != "balanced"]
    assert found["balanced"].level == "no" or "yes" not in biased
    assert len(found) == 9
