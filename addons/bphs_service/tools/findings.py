"""What in an exam is abnormal, by rules that are data.

Pure: answers and rules. Several rules may speak of one finding (both blood pressures); it is critical where one
of those that hit is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NO_ANSWER = (None, False, "", [], ())
# Its reasons ask that something be done about them at once.
CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class FindingRule:
    """``code``: of the finding; ``op``: how the answer compares with ``value``, or ``in`` for one of ``answers``."""

    id: int
    code: str
    question: str
    op: str
    value: Decimal = Decimal(0)
    answers: frozenset[str] = frozenset()
    sex: str | None = None
    severity: str = "recheck"

    def hits(self, given: Mapping[str, Any], sex: str | None) -> bool:
        """Whether this is abnormal in these answers; what was not answered, or asked of the other sex, is not."""
        answer = given.get(self.question)
        if answer in NO_ANSWER or (self.sex and self.sex != sex):
            return False
        if self.op == "in":
            chosen = answer if isinstance(answer, (list, tuple)) else (answer,)
            return any(str(one) in self.answers for one in chosen)
        number = Decimal(str(answer))
        match self.op:
            case ">=":
                return number >= self.value
            case ">":
                return number > self.value
            case "<=":
                return number <= self.value
        return number < self.value


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: the first rule that speaks of it at its worst, and all that hit."""

    rule: FindingRule
    hits: tuple[FindingRule, ...]


def findings(rules: Iterable[FindingRule], given: Mapping[str, Any], sex: str | None) -> dict[str, Found]:
    """Return the findings of a record by code, in the order of the rules."""
    by_code: dict[str, list[FindingRule]] = {}
    for rule in rules:
        if rule.hits(given, sex):
            by_code.setdefault(rule.code, []).append(rule)
    return {
        code: Found(min(hits, key=lambda rule: rule.severity != CRITICAL), tuple(hits))
        for code, hits in by_code.items()
    }


def is_asked_again(rules: Iterable[FindingRule], code: str, hit: Iterable[str], given: Mapping[str, Any]) -> bool:
    """Whether a later record answers all questions whose answers made a finding: only then it tells of it anew."""
    known = {rule.question for rule in rules if rule.code == code} & set(hit)
    return bool(known) and all(given.get(question) not in NO_ANSWER for question in known)
