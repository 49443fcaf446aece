"""A population by age and sex: bands of five years, the last one open."""

from collections.abc import Iterable

BAND_YEARS = 5
LAST_BAND = 18  # 90 and over


def band_label(band: int) -> str:
    """``0`` -> ``0–4``, ``18`` -> ``90+``."""
    first = band * BAND_YEARS
    return f"{first}+" if band == LAST_BAND else f"{first}–{first + BAND_YEARS - 1}"


def bands_of(counts: Iterable[tuple[int, str, int]]) -> dict:
    """Lay out counts by band and sex.

    :param counts: (age in years, sex, persons); a sex other than ``male`` and ``female`` is counted apart
    :return: ``labels``, ``male``, ``female`` (a list each, youngest first) and ``unstated`` (a number)
    """
    male, female, unstated = [0] * (LAST_BAND + 1), [0] * (LAST_BAND + 1), 0
    for age, sex, persons in counts:
        band = min(max(age, 0) // BAND_YEARS, LAST_BAND)
        if sex == "male":
            male[band] += persons
        elif sex == "female":
            female[band] += persons
        else:
            unstated += persons
    return {
        "labels": [band_label(band) for band in range(LAST_BAND + 1)],
        "male": male,
        "female": female,
        "unstated": unstated,
    }
