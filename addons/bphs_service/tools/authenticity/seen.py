"""What was seen of a doubt, told to whoever is not told of all the records behind it."""

import re

# As the checks write it: so many records, or the same value so often. Other figures are of a unit's whole work.
_COUNT = re.compile(r"(?P<before>(?:.* × )?)(?P<count>\d+)")


def parted(seen: str) -> tuple[str, str]:
    """``131/77 × 5`` -> (``131/77``, ``5``); ``5`` -> ("", ``5``); what counts no records -> ("", itself)."""
    counted = _COUNT.fullmatch(seen)
    return (counted["before"].removesuffix(" × "), counted["count"]) if counted else ("", seen)


def without(seen: str, hidden: int) -> str:
    """``131/77 × 5`` without one of the records -> ``131/77 × 4``; what counts no records stays as it is."""
    counted = _COUNT.fullmatch(seen)
    if not hidden or not counted:
        return seen
    return f"{counted['before']}{max(int(counted['count']) - hidden, 0)}"
