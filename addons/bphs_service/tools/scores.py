"""The scales of the specification: what answers add up to, and what that means.

Pure. Every function refuses answers that the scale does not have: a total of half a form is no score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from odoo.addons.bphs_base.tools.money import MoneyError

# What each item of the self-care form may be worth: eating, washing, dressing, toilet, moving.
SELF_CARE = ((0, 3, 5), (0, 1, 3, 7), (0, 3, 5), (0, 1, 5, 10), (0, 1, 5, 10))
SELF_CARE_LEVELS = ((3, "able"), (8, "mild"), (18, "moderate"), (37, "unable"))
GDS_LEVELS = {
    15: ((4, "normal"), (8, "mild"), (11, "moderate"), (15, "severe")),
    30: ((9, "normal"), (19, "mild"), (30, "severe")),
}
# Items of which "no" is the point.
GDS_15_REVERSED = frozenset({1, 5, 7, 11, 13})
# The highest total that is impaired, by schooling.
MMSE_IMPAIRED = {"none": 17, "primary": 20, "above": 24}
MMSE_MOST = 30
AD8_IMPAIRED = 2

# Constitutions and their items; the balanced one has four of its five reversed.
TCM_ITEMS = 33
TCM_BIASED = {
    "qi_deficient": (2, 3, 4, 14),
    "yang_deficient": (11, 12, 13, 29),
    "yin_deficient": (10, 21, 26, 31),
    "phlegm_damp": (9, 16, 28, 32),
    "damp_heat": (23, 25, 27, 30),
    "blood_stasis": (19, 22, 24, 33),
    "qi_stagnant": (5, 6, 7, 8),
    "special": (15, 17, 18, 20),
}
TCM_BALANCED = "balanced"
TCM_BALANCED_ITEMS = (1, 2, 4, 5, 13)
TCM_BALANCED_REVERSED = frozenset({2, 4, 5, 13})


class ScoreError(MoneyError):
    """Answers the scale does not have."""


@dataclass(frozen=True, slots=True)
class Score:
    total: int
    level: str


def self_care(items: Sequence[int]) -> Score:
    """Return how far an elder takes care of themselves: 0 to 3 is able, 19 and more is not."""
    if len(items) != len(SELF_CARE) or any(item not in worth for item, worth in zip(items, SELF_CARE, strict=False)):
        raise ScoreError(f"自理能力评估：各项分值不对：{list(items)}")
    return _levelled(sum(items), SELF_CARE_LEVELS)


def gds_15(answers: Sequence[bool]) -> Score:
    """Return the mood of fifteen answers, True for yes."""
    if len(answers) != 15:
        raise ScoreError(f"GDS-15 应有 15 项，实际 {len(answers)} 项")
    points = sum(answer != (number in GDS_15_REVERSED) for number, answer in enumerate(answers, start=1))
    return _levelled(points, GDS_LEVELS[15])


def gds_30(total: int) -> Score:
    return _levelled(_within(total, 30, "GDS-30"), GDS_LEVELS[30])


def mmse(total: int, schooling: str) -> Score:
    """Return whether cognition is impaired, which depends on how long somebody went to school.

    :param schooling: ``none``, ``primary`` or ``above``
    """
    if schooling not in MMSE_IMPAIRED:
        raise ScoreError(f"MMSE：文化程度应为 {'、'.join(MMSE_IMPAIRED)} 之一，实际为{schooling}")
    impaired = _within(total, MMSE_MOST, "MMSE") <= MMSE_IMPAIRED[schooling]
    return Score(total, "impaired" if impaired else "normal")


def ad8(answers: Sequence[bool]) -> Score:
    if len(answers) != 8:
        raise ScoreError(f"AD8 应有 8 项，实际 {len(answers)} 项")
    return Score(sum(answers), "impaired" if sum(answers) >= AD8_IMPAIRED else "normal")


def constitution(answers: Mapping[int, int]) -> dict[str, Score]:
    """Return the constitutions of the 33 items: each with its sum and ``yes``, ``tends`` (the balanced: ``nearly``) or
    ``no``.

    :param answers: 1 to 5 for each number from 1 to 33
    """
    if set(answers) != set(range(1, TCM_ITEMS + 1)) or any(worth not in range(1, 6) for worth in answers.values()):
        raise ScoreError("体质辨识：33 项各为 1 至 5 分")
    sums = {name: sum(answers[item] for item in items) for name, items in TCM_BIASED.items()}
    found = {
        name: Score(total, "yes" if total >= 11 else "tends" if total >= 9 else "no") for name, total in sums.items()
    }
    balanced = sum(6 - answers[item] if item in TCM_BALANCED_REVERSED else answers[item] for item in TCM_BALANCED_ITEMS)
    return {TCM_BALANCED: Score(balanced, _balanced(balanced, sums.values())), **found}


def _balanced(total: int, biased: Iterable[int]) -> str:
    most = max(biased)
    if total < 17 or most > 10:
        return "no"
    return "yes" if most <= 8 else "nearly"


def _levelled(total, levels):
    return Score(total, next(level for most, level in levels if total <= most))


def _within(total, most, name):
    if type(total) is not int or not 0 <= total <= most:
        raise ScoreError(f"{name} 应为 0 至 {most} 分，实际为 {total}")
    return total
