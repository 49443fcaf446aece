"""What a rule set asks to be read of people: which facts, which codes, and how far back.

What no condition looks at is not read; what lies outside every window of a fact cannot change a grade.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odoo.addons.bphs_base.tools.months import months_before

from .rules import AGE, CONTROL, HAPPENED, PAST, UNSETTLED, Condition, RuleSet

# What is told of people to whom nobody but named persons may point: severe mental illness and tuberculosis.
NAMED_FACTS = frozenset({"smi_risk", "smi_state"})
NAMED_CODES = frozenset({"smi", "tb"})


@dataclass(frozen=True, slots=True)
class Needs:
    """
    :param windows: fact, or ``("control", disease)``, or ``("event", code)`` -> the months of every window it is
        looked for in
    :param unbounded: those of them that are looked for however long ago
    :param codes: condition, social, finding -> codes that are named
    :param ages: years at which a rule begins or ceases to hold
    """

    windows: dict[str | tuple[str, str], frozenset[int]]
    unbounded: frozenset[tuple[str, str]]
    codes: dict[str, frozenset[str]]
    ages: frozenset[int]

    def since(self, key, day: date) -> date | None:
        """The day after which a fact counts; None where it is not asked for."""
        if key in self.unbounded:
            return date.min
        months = self.windows.get(key)
        return months_before(day, max(months)) if months else None


def needs_of(ruleset: RuleSet) -> Needs:
    """Return what these rules read."""
    windows, unbounded, codes, ages = {}, set(), {}, set()

    def within(key, months):
        windows[key] = windows.get(key, frozenset()) | {months}

    for condition in all_conditions(ruleset):
        match condition.kind:
            case kind if kind == AGE:
                # At the age itself, and in the year after it: of > and <= the second matters.
                ages |= {int(condition.value), int(condition.value) + 1}
            case kind if kind in (HAPPENED, PAST):
                for code in condition.codes:
                    within(("event", code), condition.months)
                    if kind == PAST:
                        unbounded.add(("event", code))
            case kind if kind in (CONTROL, UNSETTLED):
                for code in condition.codes:
                    within(("control", code), condition.months)
                if kind == UNSETTLED:
                    codes.setdefault("condition", set()).update(condition.codes)
            case _ if condition.codes:
                codes.setdefault(condition.fact, set()).update(condition.codes)
            case _ if condition.months:
                within(condition.fact, condition.months)
    return Needs(
        windows, frozenset(unbounded), {fact: frozenset(named) for fact, named in codes.items()}, frozenset(ages)
    )


def all_conditions(ruleset: RuleSet) -> Iterator[Condition]:
    """Every condition of the gate and of the rules."""
    yield from ruleset.gate
    for rule in ruleset.rules:
        for tests in rule.alternatives:
            yield from tests


def names_persons(condition: Condition) -> bool:
    """Whether a condition looks for what only named persons are told of."""
    return condition.fact in NAMED_FACTS or bool(NAMED_CODES.intersection(condition.codes))


def rules_for_named(ruleset: RuleSet) -> frozenset[str]:
    """Codes of the rules whose text may speak of what only named persons are told of."""
    return frozenset(
        rule.code
        for rule in ruleset.rules
        if any(names_persons(condition) for tests in rule.alternatives for condition in tests)
    )
