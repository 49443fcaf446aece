"""Whether what was measured is controlled (随访分类的判定): by the rules of a county, none of them in the code.

Pure. A rule is a row: of whom, what is measured, from or up to which value, and what it then is. All that is hit is
told, not the first alone. Where a disease's own measures are wanting, nothing is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

SATISFIED, UNCONTROLLED, REACTION, DANGER = "satisfied", "uncontrolled", "reaction", "danger"
FROM, UP_TO = "from", "up_to"
ANYBODY = "any"


@dataclass(frozen=True, slots=True)
class Rule:
    """``disease``: a key group, or anybody; ``from_age`` to ``to_age`` in whole years, both included (0: no end)."""

    disease: str
    measure: str
    bound: str
    value: Decimal
    effect: str
    from_age: int = 0
    to_age: int = 0

    @property
    def asks_age(self) -> bool:
        return bool(self.from_age or self.to_age)

    def is_of(self, diseases: frozenset[str]) -> bool:
        return self.disease == ANYBODY or self.disease in diseases

    def is_at(self, age: int | None) -> bool:
        if not self.asks_age:
            return True
        return age is not None and self.from_age <= age and (not self.to_age or age <= self.to_age)

    def hits(self, value: Decimal) -> bool:
        return value >= self.value if self.bound == FROM else value <= self.value


@dataclass(frozen=True, slots=True)
class Assessed:
    """``result``: None where a measure that decides is wanting. ``hits``: (rule, what was measured)."""

    result: str | None
    danger: bool
    hits: tuple[tuple[Rule, Decimal], ...]


def assess(
    rules: Iterable[Rule], diseases: frozenset[str], age: int | None, measured: Mapping[str, Decimal]
) -> Assessed:
    """Judge what was measured of somebody with these diseases.

    A drug reaction goes before what is not controlled; a danger is not controlled either. Nobody whose age is not known
    is controlled by rules that ask for it.
    """
    theirs = [rule for rule in rules if rule.is_of(diseases)]
    asked = [rule for rule in theirs if rule.is_at(age)]
    hits = tuple(
        (rule, measured[rule.measure])
        for rule in asked
        if rule.measure in measured and rule.hits(measured[rule.measure])
    )
    effects = {rule.effect for rule, _value in hits}
    deciding = {rule.measure for rule in asked if rule.effect == UNCONTROLLED}
    result = None
    if REACTION in effects:
        result = REACTION
    elif deciding and effects & {UNCONTROLLED, DANGER}:
        result = UNCONTROLLED
    elif deciding and deciding <= measured.keys() and (age is not None or not any(rule.asks_age for rule in theirs)):
        result = SATISFIED
    return Assessed(result, DANGER in effects, hits)
