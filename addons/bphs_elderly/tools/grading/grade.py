"""The grade of a person on a day, with every rule that hits and the facts it rests on (grading rules, section 2)."""

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from odoo.addons.bphs_base.tools.months import months_before

from .facts import Known, Person
from .rules import (
    AGE,
    COLOURS,
    CONTROL,
    EXAM,
    EXAMINED,
    GREEN,
    HAPPENED,
    MANUAL,
    NUMBER,
    PAST,
    PRESENT,
    RED,
    RUNNING,
    UNRATED,
    UNSETTLED,
    WORD,
    YELLOW,
    Condition,
    RuleSet,
)

OLD = 65
_COMPARE = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}

# What a test answers: None where the condition does not hold, else the ids of the facts it rests on.
Ids = list[str] | None
Test = Callable[[Known], Ids]


@dataclass(frozen=True, slots=True)
class Hit:
    rule: str
    colour: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """``colour`` None: not 65 yet, and then nothing hits."""

    age: int
    assessed: bool
    colour: str | None
    hits: tuple[Hit, ...]


class Grader:
    """A rule set made ready for a day: windows are reckoned once, whoever many are graded."""

    def __init__(self, ruleset: RuleSet, day: date):
        self.day = day
        self._gate = [_test(condition, day) for condition in ruleset.gate]
        self._rules = [
            (rule, [[_test(condition, day) for condition in tests] for tests in rule.alternatives])
            for rule in ruleset.rules
        ]

    def grade(self, person: Person) -> Grade:
        known = Known(person, self.day)
        assessed = all(test(known) is not None for test in self._gate)
        if known.age < OLD:
            return Grade(known.age, assessed, None, ())
        hits = tuple(hit for rule, alternatives in self._rules if (hit := _hit(rule, alternatives, known)))
        colours = {hit.colour for hit in hits}
        otherwise = GREEN if assessed else UNRATED
        colour = next((colour for colour in (RED, YELLOW) if colour in colours), otherwise)
        return Grade(known.age, assessed, colour, hits)


def count_colours(grades: Iterable[Grade]) -> dict[str, int]:
    """How many have each colour; ``none`` are those who are not 65 yet."""
    counts = dict.fromkeys((*COLOURS, "none"), 0)
    for grade in grades:
        counts[grade.colour or "none"] += 1
    return counts


def _hit(rule, alternatives, known):
    for tests in alternatives:
        because = _all(tests, known)
        if because is not None:
            return Hit(rule.code, rule.colour, tuple(sorted(because)))
    return None


def _all(tests, known):
    """The ids of all tests together, each once; None as soon as one does not hold."""
    because = set()
    for test in tests:
        ids = test(known)
        if ids is None:
            return None
        because.update(ids)
    return because


# ---------------------------------------------------------------------------
# Conditions, each made into a test
# ---------------------------------------------------------------------------


def _test(condition: Condition, day: date) -> Test:
    after = None if condition.months is None else months_before(day, condition.months)
    return _KINDS[condition.kind](condition, after)


def _age(condition, _after):
    compare, value = _COMPARE[condition.operator], condition.value
    return lambda known: [] if compare(known.age, value) else None


def _number(condition, after):
    compare, value = _COMPARE[condition.operator], condition.value
    return _latest(condition, after, lambda found: compare(found, value))


def _word(condition, after):
    return _latest(condition, after, lambda found: found == condition.word)


def _present(condition, after):
    return _latest(condition, after, lambda found: True)


def _latest(condition, after, accepts):
    fact = condition.fact

    def test(known):
        latest = known.latest.get(fact)
        return [latest.id] if latest and latest.day > after and accepts(latest.value) else None

    return test


def _running(condition, _after):
    keys = [(condition.fact, code) for code in condition.codes]
    at_least = condition.at_least or 1

    def test(known):
        running = [known.running[key] for key in keys if key in known.running]
        return [id_ for ids in running for id_ in ids] if len(running) >= at_least else None

    return test


def _examined(_condition, after):
    return _events((EXAM,), after)


def _happened(condition, after):
    return _events(condition.codes, after)


def _events(codes, after):
    def test(known):
        events = (event for code in codes for event in known.events.get(code, ()))
        return [event.id for event in events if event.day > after] or None

    return test


def _past(condition, after):
    def test(known):
        ids = []
        for code in condition.codes:
            events = known.events.get(code)
            if events and all(event.day <= after for event in events):
                latest = max(event.day for event in events)
                # On one date the one that stands later.
                ids.append(next(event.id for event in reversed(events) if event.day == latest))
        return ids or None

    return test


def _control(condition, after):
    last = condition.last

    def test(known):
        for disease in condition.codes:
            latest = known.assessments.get(disease, ())[:last]
            if len(latest) == last and all(a.day > after and a.word == condition.word for a in latest):
                return [assessment.id for assessment in latest]
        return None

    return test


def _unsettled(condition, after):
    def test(known):
        for disease in condition.codes:
            running = known.running.get(("condition", disease))
            latest = [a for a in known.assessments.get(disease, ())[:1] if a.day > after]
            if running and not any(assessment.word == "controlled" for assessment in latest):
                return [*running, *(assessment.id for assessment in latest)]
        return None

    return test


def _manual(condition, _after):
    return lambda known: known.decided.get(condition.word)


_KINDS = {
    AGE: _age,
    NUMBER: _number,
    WORD: _word,
    PRESENT: _present,
    RUNNING: _running,
    EXAMINED: _examined,
    HAPPENED: _happened,
    PAST: _past,
    CONTROL: _control,
    UNSETTLED: _unsettled,
    MANUAL: _manual,
}
