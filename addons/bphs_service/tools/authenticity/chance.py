"""How likely a figure of a unit is by chance alone: whoever has few records differs much from the others."""

from math import exp, lgamma, log, log1p


def tail(hits: int, trials: int, share: float) -> float:
    """The chance that of so many records at least `hits` come out so, where each does with the chance `share`.

    Exact (binomial), not by a bell curve: what is asked are rare cases of few records.
    """
    if not 0 <= hits <= trials or not 0 <= share <= 1:
        raise ValueError(f"{hits} of {trials} at {share}")
    if hits == 0 or share == 1:
        return 1.0
    if share == 0:
        return 0.0
    if hits > trials * share:
        return _from(hits, trials, share)
    # Summed from the side of the smaller terms, which are the precise ones.
    return max(0.0, 1.0 - _from(trials - hits + 1, trials, 1 - share))


def _from(hits, trials, share):
    """The sum of the terms from `hits` on, each smaller than the one before it."""
    term = exp(
        lgamma(trials + 1) - lgamma(hits + 1) - lgamma(trials - hits + 1)
        + hits * log(share) + (trials - hits) * log1p(-share)
    )  # fmt: skip
    odds, sum_ = share / (1 - share), 0.0
    for number in range(hits, trials + 1):
        sum_ += term
        term *= (trials - number) / (number + 1) * odds
    return min(sum_, 1.0)


def below_the_limit(below: int, above: int, others_below: int, others_above: int, most: float) -> float:
    """How likely it is by chance that a unit has so many values just below a limit and so few just above it.

    The others of the county say how values lie there, yet never worse than the check itself allows (`most` below to one
    above): where all embellish, none is the measure for the rest.

    >>> below_the_limit(80, 0, 900, 100, 12) < 0.001
    True
    """
    allowed = most / (most + 1)
    return beside_the_others(below, below + above, others_below, others_below + others_above, allowed)


def beside_the_others(hits: int, trials: int, others_hits: int, others: int, allowed: float) -> float:
    """How likely it is by chance that so many of a unit's records come out so, as often as the others' do, yet no more
    often than is allowed: where all embellish, none is the measure for the rest.
    """
    return tail(hits, trials, min(others_hits / others, allowed) if others else allowed)
