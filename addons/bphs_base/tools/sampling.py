"""Drawing a sample that anybody can draw again (等距抽样、随机抽样).

Pure: no database, no clock, no randomness of its own. Everything follows from a seed by SHA-256, so that a draw is
checked with any tool, on any machine, years later.
"""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil

METHODS = ("systematic", "random")
_RANGE = 2**256


class SamplingError(ValueError):
    """A sample that cannot be drawn as asked."""


def draw(method: str, keys: Sequence[str], size: int, seed: str) -> list[str]:
    """Draw ``size`` of ``keys``.

    :param method: ``systematic`` or ``random``
    :param keys: the whole frame, in the order in which it is kept; each once
    :param size: at most the whole frame is drawn
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
    chosen = set(sorted(keys, key=lambda key: (_number(seed, key), key))[:size])
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


def _number(seed, key):
    return int.from_bytes(sha256(f"{seed}\n{key}".encode()).digest())
