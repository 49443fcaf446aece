"""Whether work has fallen off: a month beside the month before. Pure."""

# A fall by so much is steep, where there was so much before: from three services to one is chance.
FALL_PERCENT = 50
LEAST = 20


def is_fall(before: int, now: int, percent: int = FALL_PERCENT, least: int = LEAST) -> bool:
    """Whether a number has fallen by at least ``percent`` of what it was, which was at least ``least``."""
    return before >= least and (before - now) * 100 >= before * percent
