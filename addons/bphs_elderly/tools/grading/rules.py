"""What a rule set is made of: typed conditions, alternatives, rules, a gate (grading rules, section 1).

Rows, not a language: a condition names one fact, how it compares, and how far back it is looked for.
"""

from dataclasses import dataclass
from decimal import Decimal

RED, YELLOW, GREEN, UNRATED = "red", "yellow", "green", "unrated"
COLOURS = (RED, YELLOW, GREEN, UNRATED)

OPERATORS = (">=", ">", "<=", "<")
# Facts with a number; those counted in whole steps, and those with decimals.
WHOLE = ("adl_score", "smi_risk", "gold_stage", "long_term_drugs")
DECIMAL = ("sbp", "dbp", "fasting_glucose", "hba1c", "bmi")
# Facts with a word, and the words.
SCREENED = ("positive", "negative")
WORDS = {
    "cognition_screen": SCREENED,
    "mood_screen": SCREENED,
    "smi_state": ("unstable", "fairly_stable", "stable"),
}
VALUES = (*WHOLE, *DECIMAL, *WORDS)
# Facts that run from a day to another.
RANGES = ("condition", "social", "finding")
EXAM = "exam"
CONTROLS = ("controlled", "uncontrolled")
DECISIONS = (RED, YELLOW)

# Kinds of condition: what each compares.
AGE, NUMBER, WORD, PRESENT, RUNNING = "age", "number", "word", "present", "running"
EXAMINED, HAPPENED, PAST = "examined", "happened", "past"
CONTROL, UNSETTLED, MANUAL = "control", "unsettled", "manual"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; what its kind does not use stays empty.

    :param kind: which of the kinds above
    :param value: of ``age`` and numbers, as written (7.0 stays 7.0)
    :param word: of ``cognition_screen``, ``control``, ``manual`` …
    :param months: how far back; of :data:`PAST` how far back at least
    :param at_least: None where it is left out, which means 1
    """

    kind: str
    fact: str
    operator: str | None = None
    value: Decimal | None = None
    word: str | None = None
    codes: tuple[str, ...] = ()
    at_least: int | None = None
    last: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Hits when all conditions of any one alternative hold."""

    code: str
    colour: str
    text: str
    action: str
    alternatives: tuple[tuple[Condition, ...], ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A county's criteria; nobody is green unless every condition of the gate holds."""

    code: str
    name: str
    source: str
    gate: tuple[Condition, ...]
    rules: tuple[Rule, ...]
