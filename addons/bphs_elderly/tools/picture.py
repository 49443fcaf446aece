"""Which band of age an elder is in, what is a risk, and what of a picture may be told (年度疾病与危险因素分布).

Pure. A picture goes out of the house: a count below :data:`LEAST` is not told, since it would point at persons.
"""

from decimal import ROUND_HALF_UP, Decimal

LEAST = 5
# Where each band begins; the last has no end.
BANDS = (65, 70, 75, 80, 85, 90)
# risk -> (fact, at least), by the latest value of the year. Bounds as the specification's forms have them.
RISKS = {
    "high_pressure": (("sbp", Decimal(140)), ("dbp", Decimal(90))),
    "high_glucose": (("fasting_glucose", Decimal("7.0")),),
    "overweight": (("bmi", Decimal(24)),),
    "obese": (("bmi", Decimal(28)),),
    "dependent": (("adl_score", Decimal(4)),),
}
# risk -> the screening that is positive
SCREENED = {"cognition": "cognition_screen", "mood": "mood_screen"}
_TENTH = Decimal("0.1")


def band_words(start: int) -> str:
    """65 as 65-69, 90 as 90+."""
    after = [other for other in BANDS if other > start]
    return f"{start}-{min(after) - 1}" if after else f"{start}+"


def told(count: int) -> str:
    """A count as it may go out: nothing is nothing, few are not told."""
    return str(count) if count == 0 or count >= LEAST else f"<{LEAST}"


def share(count: int, people: int) -> str:
    """The share in per cent to one place, where both may be told."""
    if count < LEAST or people < LEAST:
        return ""
    return f"{(Decimal(count) * 100 / Decimal(people)).quantize(_TENTH, ROUND_HALF_UP)}%"
