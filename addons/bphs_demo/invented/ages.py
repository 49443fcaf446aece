"""How old people are and what that brings with it, by the proportions of the county's own annual notice.

Of about 271,000 residents: 6.0 % under seven, 18.9 % of 65 and more, 23.2 % with hypertension, 5.7 % with type 2
diabetes, 4.4 per mille with a severe mental illness, 1,779 births a year.
"""

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from zlib import crc32

# (age from, to, share of all residents in per mille); within a band every year of age is alike.
_PYRAMID = (
    (0, 0, 6.6), (1, 6, 53.4), (7, 13, 76), (14, 17, 42), (18, 24, 68), (25, 34, 118), (35, 44, 137),
    (45, 54, 166), (55, 64, 144), (65, 69, 70), (70, 74, 52), (75, 79, 35), (80, 84, 20), (85, 89, 9), (90, 99, 3),
)  # fmt: skip
_AGES = [(age, share / (last - first + 1)) for first, last, share in _PYRAMID for age in range(first, last + 1)]
_BOUNDS = list(accumulate(share for _age, share in _AGES))

# (group, sex or None, age from, to, share of these people)
_CONDITIONS = (
    ("hypertension", None, 18, 44, 0.05),
    ("hypertension", None, 45, 64, 0.335),
    ("hypertension", None, 65, 120, 0.60),
    ("diabetes", None, 18, 44, 0.010),
    ("diabetes", None, 45, 64, 0.088),
    ("diabetes", None, 65, 120, 0.140),
    ("smi", None, 18, 120, 0.00535),
    ("tb", None, 15, 120, 0.0005),
    ("pregnant", "female", 22, 41, 0.049),
    ("disabled", None, 0, 64, 0.017),
    ("disabled", None, 65, 120, 0.055),
    ("copd", None, 45, 120, 0.012),
    ("low_income", None, 0, 120, 0.012),
    ("poverty_relieved", None, 0, 120, 0.035),
    ("special_family", None, 49, 120, 0.004),
)


def draw_age(chance: Random) -> int:
    """Full years of age, 0 to 99."""
    return _AGES[bisect(_BOUNDS, chance.random() * _BOUNDS[-1])][0]


def draw_groups(chance: Random, age: int, sex: str) -> Iterator[str]:
    """Key groups that somebody of this age and sex is in, beside those that age alone decides."""
    for group, whose, first, last, share in _CONDITIONS:
        if first <= age <= last and whose in (None, sex) and chance.random() < share:
            yield group


def share_of(what: str, person_id: int) -> int:
    """A number below a thousand that a person has for good, of whatever is asked about them."""
    return crc32(f"{what}/{person_id}".encode()) % 1000
