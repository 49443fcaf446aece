"""What the checking of a doubt comes to, from the verdicts on the records that were looked at. Pure."""

from collections.abc import Iterable

TRUE, PARTLY, FALSE, UNKNOWN = "true", "partly", "false", "unverifiable"
VERDICTS = (TRUE, PARTLY, FALSE, UNKNOWN)


def outcome(found: Iterable[str]) -> str | None:
    """The verdict on the whole: not true where one record is, then in part, then what cannot be verified, else true.

    None where nothing was looked at.
    """
    verdicts = set(found)
    return next((one for one in (FALSE, PARTLY, UNKNOWN, TRUE) if one in verdicts), None)


def sample_size(records: int, most: int) -> int:
    """How many records of a doubt are looked at: all of few, else as many as are asked for."""
    return min(records, most)
