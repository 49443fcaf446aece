"""Drawing a sample that anybody can draw again (等距抽样、随机抽样、疑点优先).

Pure: no database, no clock, no randomness of its own. Everything follows from a seed by SHA-256, so that a draw is
checked with any tool, on any machine, years later.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil

METHODS = ("systematic", "random", "worst")
# Of every five places four go to the worst; one is left to chance, so that nobody is sure to be passed over.
_WORST, _OF = 4, 5
_RANGE = 2**256


class SamplingError(ValueError):
    """A sample that cannot be drawn as asked."""


def draw(method: str, keys: Sequence[str], size: int, seed: str, doubts: Mapping[str, int] | None = None) -> list[str]:
    """Draw ``size`` of ``keys``.

    :param method: ``systematic``, ``random`` or ``worst``
    :param keys: the whole frame, in the order in which it is kept; each once
    :param size: at most the whole frame is drawn
    :param doubts: for ``worst``: key -> how many doubts there are about it, none where it is not named
    :return: the keys drawn, in the order of the frame
    :raise SamplingError: an unknown method, no seed, a size below one, an empty frame, or a key that stands twice
    """
    if method not in METHODS:
        raise SamplingError(f"unknown method {method}")
    if not seed:
        raise SamplingError("no seed")
    if size < 1 or not keys:
        raise SamplingError("nothing to draw")
    if len(set(keys)) != len(keys):
        raise SamplingError("a key stands twice in the frame")
    size = min(size, len(keys))
    if method == "systematic":
        return [keys[at - 1] for at in systematic(len(keys), size, start_of(seed, len(keys), size))]
    by_lot = sorted(keys, key=lambda key: (_number(seed, key), key))
    chosen = set(_worst(by_lot, size, doubts or {}) if method == "worst" else ())
    chosen.update([key for key in by_lot if key not in chosen][: size - len(chosen)])
    return [key for key in keys if key in chosen]


def systematic(total: int, size: int, start: Fraction | int) -> list[int]:
    """Places of an equidistant sample, from 1: the step is ``total / size``, not rounded; each place is rounded up.

    :param start: above 0, at most the step
    :raise SamplingError: a start outside that
    """
    step = Fraction(total, size)
    if not 0 < start <= step:
        raise SamplingError(f"the start {start} does not lie within the step {step}")
    return [ceil(start + number * step) for number in range(size)]


def start_of(seed: str, total: int, size: int) -> Fraction:
    """The random start of an equidistant sample, above 0 and at most the step."""
    return Fraction(total, size) * Fraction(_number(seed, "start") + 1, _RANGE)


def frame_hash(keys: Sequence[str]) -> str:
    """What tells whether a frame is the one a sample was drawn from: SHA-256 of its keys, one a line."""
    return sha256("\n".join(keys).encode()).hexdigest()


def _worst(by_lot, size, doubts):
    """Those with the most doubts, of equals the first by lot; no more than their share of the places."""
    doubtful = [key for key in by_lot if doubts.get(key)]
    return sorted(doubtful, key=lambda key: -doubts[key])[: size * _WORST // _OF]


def _number(seed, key):
    return int.from_bytes(sha256(f"{seed}\n{key}".encode()).digest())
