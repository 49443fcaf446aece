"""From results to points, a final, a group and a rank (evaluation rules, section 2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from .methods import Result
from .scheme import Item, Scheme, Unit

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Score:
    """How a unit came out.

    :param items: points by item, rounded once; None where it was not assessable
    :param final: exact; None where too little was assessable
    :param percent: of the total, exact
    :param rank: 1 + how many stand above
    """

    unit: Unit
    items: Mapping[str, Fraction | None]
    assessable: Fraction
    scored: Fraction
    final: Fraction | None
    percent: Fraction | None
    group: str | None
    rank: int | None = None


def score_item(item: Item, result: Result) -> Fraction | None:
    """Return the points, rounded half-up to 0.01; None where the item is not assessable."""
    earned = None if result is None else item.method.earned(item.points, result)
    return None if earned is None else Fraction(floor(earned * 100 + _HALF), 100)


def cut_off(number: Fraction) -> Fraction:
    """What is printed of a final: never rounded up into a group."""
    return Fraction(floor(number * 100), 100)


def score_units(scheme: Scheme, units: Iterable[Unit]) -> list[Score]:
    """Score and rank all units of a round, in code-point order of their codes."""
    scores = sorted((_score(scheme, unit) for unit in units), key=lambda score: score.unit.code)
    standing = sorted(_place(score) for score in scores if score.final is not None)
    first = {}
    for above, place in enumerate(standing):
        first.setdefault(place, above + 1)
    return [score if score.final is None else replace(score, rank=first[_place(score)]) for score in scores]


def ranking(scores: Iterable[Score]) -> list[Score]:
    """Those who have a rank, by rank and code."""
    ranked = [score for score in scores if score.rank is not None]
    return sorted(ranked, key=lambda score: (score.rank, score.unit.code))


def _score(scheme, unit):
    items = {item.code: score_item(item, unit.results[item.code]) for item in scheme.items}
    scored = sum((points for points in items.values() if points is not None), Fraction(0))
    assessable = sum((item.points for item in scheme.items if items[item.code] is not None), Fraction(0))
    final = _final(scheme, unit, scored, assessable)
    percent = None if final is None else final * 100 / scheme.total
    group = None if final is None else next(group.name for group in scheme.groups if percent >= group.start)
    return Score(unit, items, assessable, scored, final, percent, group)


def _final(scheme, unit, scored, assessable):
    if not assessable or assessable / scheme.total < scheme.min_assessable:
        return None
    final = scored * scheme.total / assessable if scheme.rescale else scored
    return min([final, *(line.value for line in scheme.red_lines if line.code in unit.red_lines)])


def _place(score):
    """Lower is better: whoever crossed a red line stands below all who did not."""
    return bool(score.unit.red_lines), -score.final
