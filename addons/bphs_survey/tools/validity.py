"""Whether an answer counts, and what it says (survey rules, sections 1 and 2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

DUPLICATE, REFUSED, NOT_DRAWN = "duplicate", "refused", "not_drawn"
NOT_RESIDENT, CONTRADICTING, TOO_QUICK = "not_resident", "contradicting", "too_quick"
SCREEN, AWARE, SATISFIED = "screen", "aware", "satisfied"


@dataclass(frozen=True)
class Rules:
    """What a questionnaire and its survey ask of an answer.

    :param measures: question -> what it measures; questions that measure nothing are left out
    :param right: choices that say yes: is a resident, knows, is satisfied
    :param against: pairs of choices that nobody means at once
    :param aware_least: of how many questions on awareness the answer must be right
    :param least_seconds: whoever is quicker has not read the questions; 0 asks nothing
    """

    measures: Mapping[int, str]
    right: Collection[int]
    against: Collection[frozenset[int]] = ()
    aware_least: int = 1
    least_seconds: int = 0


@dataclass(frozen=True)
class Said:
    """An answer as it came.

    :param chosen: question -> choice
    :param seconds: from the first sight of the questions to the last tap
    :param refused: the person does not want to answer
    :param drawn: the person is one of those who were drawn, or everybody is asked
    :param again: an answer of this person is counted already
    """

    chosen: Mapping[int, int] = field(default_factory=dict)
    seconds: int = 0
    refused: bool = False
    drawn: bool = True
    again: bool = False


@dataclass(frozen=True)
class Verdict:
    """:param reason: why it does not count; empty where it does"""

    reason: str
    aware: bool
    satisfied: bool


def judge(said: Said, rules: Rules) -> Verdict:
    """The first reason in the order of the rules stands; awareness and satisfaction are those of a valid answer."""
    reason = _reason(said, rules)
    if reason:
        return Verdict(reason, False, False)
    known = sum(choice in rules.right for choice in _of(said, rules, AWARE))
    return Verdict("", known >= rules.aware_least, all(choice in rules.right for choice in _of(said, rules, SATISFIED)))


def _reason(said, rules):
    chosen = set(said.chosen.values())
    for reason, holds in (
        (DUPLICATE, said.again),
        (NOT_DRAWN, not said.drawn),
        (REFUSED, said.refused),
        (NOT_RESIDENT, any(choice not in rules.right for choice in _of(said, rules, SCREEN))),
        (CONTRADICTING, any(pair <= chosen for pair in rules.against)),
        (TOO_QUICK, said.seconds < rules.least_seconds),
    ):
        if holds:
            return reason
    return ""


def _of(said, rules, measure):
    """The choices made where a question measures this."""
    return [choice for question, choice in said.chosen.items() if rules.measures.get(question) == measure]
