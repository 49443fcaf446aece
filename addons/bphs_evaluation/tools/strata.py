"""Samples in strata, with reserves (evaluation rules, section 4).

Drawn as the suite draws everything (`bphs_base/tools/sampling.py`): from a seed alone, so that anybody can draw again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from odoo.addons.bphs_base.tools.sampling import SamplingError, draw, frame_hash

RESERVES = 2


@dataclass(frozen=True, slots=True)
class StratumSample:
    """What was drawn of one stratum.

    :param frame_hash: of the stratum's own frame, in code-point order
    :param drawn: in the order of the frame
    :param reserves: for each key drawn those that stand in for it, the first first
    """

    key: str
    frame_hash: str
    drawn: tuple[str, ...]
    reserves: Mapping[str, tuple[str, ...]]


def draw_strata(
    method: str,
    frames: Mapping[str, Sequence[str]],
    weights: Mapping[str, Decimal],
    size: int,
    seed: str,
    reserves: int = RESERVES,
    doubts: Mapping[str, int] | None = None,
) -> list[StratumSample]:
    """Draw ``size`` keys over all strata, each stratum by itself.

    :param frames: stratum -> its keys; the order does not matter
    :param weights: stratum -> how much denser it is drawn; 1 where it is not named
    :param doubts: key -> how many doubts there are about it, for the draw of the worst first
    :raise SamplingError: as :func:`draw`, and for a key in two strata or a negative weight
    """
    if not seed:
        raise SamplingError("no seed")
    everybody = [key for frame in frames.values() for key in frame]
    if len(set(everybody)) != len(everybody):
        raise SamplingError("a key stands twice in the frames")
    sizes = allot(size, {stratum: len(frame) for stratum, frame in frames.items()}, weights)
    samples = []
    for stratum in sorted(frames):
        if sizes[stratum]:
            frame = sorted(frames[stratum])
            drawn = draw(method, frame, sizes[stratum], f"{seed}/{stratum}", doubts)
            samples.append(StratumSample(stratum, frame_hash(frame), tuple(drawn), reserve(frame, drawn, reserves)))
    return samples


def allot(size: int, frames: Mapping[str, int], weights: Mapping[str, Decimal]) -> dict[str, int]:
    """Share ``size`` out over the strata by frame and weight; none gets more than its frame.

    :raise SamplingError: a size below one, or a negative weight
    """
    if size < 1:
        raise SamplingError("nothing to draw")
    shares = {stratum: Fraction(weights.get(stratum, Decimal(1))) * frames[stratum] for stratum in frames}
    if any(share < 0 for share in shares.values()):
        raise SamplingError("a weight is negative")
    full = {}
    while True:
        rest = {stratum: share for stratum, share in shares.items() if stratum not in full}
        sizes = _largest_remainder(size - sum(full.values()), rest)
        over = {stratum: frames[stratum] for stratum in rest if sizes[stratum] > frames[stratum]}
        if not over:
            return {**full, **sizes}
        full |= over


def reserve(frame: Sequence[str], drawn: Sequence[str], each: int = RESERVES) -> dict[str, tuple[str, ...]]:
    """For each key drawn the next ones of the frame that are free, wrapping round.

    First every key gets its first, in the order of the frame, then every key its second.
    """
    taken = set(drawn)
    places = {key: place for place, key in enumerate(frame)}
    reserves = {key: [] for key in sorted(drawn, key=places.__getitem__)}
    for _ in range(each):
        for key, found in reserves.items():
            after = places[key] + 1
            free = next((other for other in (*frame[after:], *frame[:after]) if other not in taken), None)
            if free is not None:
                taken.add(free)
                found.append(free)
    return {key: tuple(found) for key, found in reserves.items()}


def _largest_remainder(size, shares):
    """Whole numbers in proportion; what is left over goes to the largest remainders, equal ones to the lower key."""
    whole = sum(shares.values())
    if not whole:
        return dict.fromkeys(shares, 0)
    exact = {stratum: size * share / whole for stratum, share in shares.items()}
    sizes = {stratum: int(number) for stratum, number in exact.items()}
    left = size - sum(sizes.values())
    for stratum in sorted(exact, key=lambda stratum: (sizes[stratum] - exact[stratum], stratum))[:left]:
        sizes[stratum] += 1
    return sizes
