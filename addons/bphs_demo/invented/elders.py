"""How invented elders are: how far they look after themselves, whether they are examined, how often they are seen.

Pure, and the same of a person whenever it is asked: nothing is drawn, a person's id decides.
"""

from .ages import share_of

# Of each age (from): per mille that need light, moderate and full help. Every number is invented.
_DEPENDENT = ((65, (18, 5, 2)), (75, (40, 12, 5)), (80, (80, 25, 10)), (85, (130, 50, 25)))
# What the five items of the self-care form are worth for each level: eating, washing, dressing, toilet, moving.
ITEMS = {
    "able": (0, 0, 0, 0, 0),
    "mild": (0, 1, 3, 1, 1),
    "moderate": (3, 3, 3, 5, 1),
    "unable": (5, 7, 5, 10, 5),
}
_NEVER_EXAMINED, _POSITIVE_SCREEN = 110, 30
# Days between two visits for the colour.
_OFTEN, _QUARTERLY, _HALF_YEARLY = 30, 91, 183


def dependence(person_id: int, age: float) -> str:
    """Return the level of self-care: able, mild, moderate or unable."""
    shares = next((shares for since, shares in reversed(_DEPENDENT) if age >= since), (0, 0, 0))
    place = share_of("dependence", person_id)
    for level, share in zip(("unable", "moderate", "mild"), reversed(shares), strict=True):
        if place < share:
            return level
        place -= share
    return "able"


def comes_to_exams(person_id: int) -> bool:
    """Return whether somebody is examined every year; who does not come stays unrated."""
    return share_of("exams", person_id) >= _NEVER_EXAMINED


def screened(person_id: int, level: str) -> dict[str, object]:
    """Return the answers of the first screening of mind and mood, and of the score where it is positive."""
    if level in ("able", "mild") and share_of("screen", person_id) >= _POSITIVE_SCREEN:
        return {"cognition": "negative", "mood": "negative"}
    return {"cognition": "positive", "schooling": "primary", "mmse_total": 17, "mood": "negative"}


def days_between_visits(level: str, age: float) -> int:
    """Return how often an elder is visited: as often as the colour asks that such a person has."""
    if level in ("moderate", "unable") or age >= 90:
        return _OFTEN
    return _QUARTERLY if level == "mild" or age >= 80 else _HALF_YEARLY
