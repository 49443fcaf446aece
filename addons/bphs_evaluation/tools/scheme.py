"""What a county scores by: items, their methods (:mod:`.methods`), red lines, groups (evaluation rules, section 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .methods import AtLeast, AtMost, Deduct, Manual, Result, Steps, YesNo

CAP, ZERO = "cap", "zero"


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    points: Fraction
    method: YesNo | AtLeast | AtMost | Steps | Deduct | Manual


@dataclass(frozen=True, slots=True)
class RedLine:
    """:param value: the most a unit keeps that crossed it; 0 of :data:`ZERO`"""

    code: str
    effect: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Group:
    """:param start: from so many per cent of the total"""

    name: str
    start: Fraction


@dataclass(frozen=True, slots=True)
class Scheme:
    code: str
    name: str
    total: Fraction
    rescale: bool
    min_assessable: Fraction
    items: tuple[Item, ...]
    red_lines: tuple[RedLine, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """:param red_lines: codes of those it crossed, in the order in which they are told"""

    code: str
    results: Mapping[str, Result]
    red_lines: tuple[str, ...] = ()
