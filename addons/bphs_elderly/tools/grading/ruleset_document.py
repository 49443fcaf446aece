"""A rule set as JSON, read strictly and written the same (grading rules, section 1).

One table says which keys each kind of condition has, in the order in which they are written.
"""

from decimal import Decimal

from odoo.addons.bphs_base.tools.replay_reader import (
    ReplayError,
    read_choice,
    read_decimal,
    read_integer,
    read_list,
    read_object,
    read_text,
    read_unsigned,
    shown,
)

from .rules import (
    AGE,
    CONTROL,
    CONTROLS,
    DECIMAL,
    DECISIONS,
    EXAM,
    EXAMINED,
    HAPPENED,
    MANUAL,
    NUMBER,
    OPERATORS,
    PAST,
    PRESENT,
    RANGES,
    RUNNING,
    UNSETTLED,
    WHOLE,
    WORD,
    WORDS,
    Condition,
    Rule,
    RuleSet,
)

DIGITS = 6
PLACES = 2
MOST = 1200  # of months, and of whatever is counted
RULE_KEYS = ("code", "colour", "text", "action", "any")
KEYS = {
    AGE: ("op", "value"),
    NUMBER: ("op", "value", "months"),
    WORD: ("is", "months"),
    PRESENT: ("months",),
    EXAMINED: ("months",),
    RUNNING: ("in", "at_least"),
    HAPPENED: ("in", "months"),
    PAST: ("in", "older_than_months"),
    CONTROL: ("in", "last", "is", "months"),
    UNSETTLED: ("in", "months"),
    MANUAL: ("is",),
}
MAY_BE_LEFT_OUT = ("at_least",)
# A key in JSON -> where a condition holds it.
_FIELDS = {
    "op": "operator",
    "value": "value",
    "is": "word",
    "in": "codes",
    "at_least": "at_least",
    "last": "last",
    "months": "months",
    "older_than_months": "months",
}
_KINDS = {
    AGE: AGE,
    EXAM: EXAMINED,
    CONTROL: CONTROL,
    UNSETTLED: UNSETTLED,
    MANUAL: MANUAL,
    **dict.fromkeys((*WHOLE, *DECIMAL), NUMBER),
    **dict.fromkeys(WORDS, WORD),
    **dict.fromkeys(RANGES, RUNNING),
    "event": HAPPENED,
}
FACTS = tuple(_KINDS)


# ---------------------------------------------------------------------------
# Reading
# ---------------------------------------------------------------------------


def read_ruleset(value, path: str = "ruleset") -> RuleSet:
    """Check a decoded rule set.

    :raise ReplayError: for the first thing that is wrong with it, naming the field
    """
    ruleset = read_object(value, path, ("code", "name", "source", "gate", "rules"))
    code, name, source = (read_text(ruleset[key], f"{path}.{key}") for key in ("code", "name", "source"))
    gate = tuple(
        read_condition(item, f"{path}.gate[{index}]", gate=True)
        for index, item in enumerate(_filled(ruleset["gate"], f"{path}.gate"))
    )
    rules, codes = [], set()
    for index, item in enumerate(_filled(ruleset["rules"], f"{path}.rules")):
        rule = _rule(item, f"{path}.rules[{index}]")
        if rule.code in codes:
            raise ReplayError(f"{path}.rules[{index}].code", f"规则代码重复：{shown(rule.code)}")
        codes.add(rule.code)
        rules.append(rule)
    return RuleSet(code, name, source, gate, tuple(rules))


def _rule(value, path):
    rule = read_object(value, path, RULE_KEYS)
    return Rule(
        read_text(rule["code"], f"{path}.code"),
        read_choice(rule["colour"], f"{path}.colour", DECISIONS),
        read_text(rule["text"], f"{path}.text"),
        read_text(rule["action"], f"{path}.action"),
        tuple(
            tuple(
                read_condition(condition, f"{path}.any[{index}][{number}]")
                for number, condition in enumerate(_filled(alternative, f"{path}.any[{index}]"))
            )
            for index, alternative in enumerate(_filled(rule["any"], f"{path}.any"))
        ),
    )


def read_condition(value, path: str, gate: bool = False) -> Condition:
    """Check one condition; in a gate a measurement may stand alone: there is to be one."""
    condition = read_object(value, path, ("fact",), tuple(_FIELDS))
    fact = read_choice(condition["fact"], f"{path}.fact", FACTS)
    kind = _KINDS[fact]
    if kind == HAPPENED and "older_than_months" in condition:
        kind = PAST
    elif gate and kind in (NUMBER, WORD) and not {"op", "value", "is"} & set(condition):
        kind = PRESENT
    required = [key for key in KEYS[kind] if key not in MAY_BE_LEFT_OUT]
    read_object(condition, path, ("fact", *required), KEYS[kind])
    given = {_FIELDS[key]: _part(key, fact, condition[key], f"{path}.{key}") for key in KEYS[kind] if key in condition}
    return Condition(kind, fact, **given)


def _part(key, fact, value, path):
    match key:
        case "op":
            return read_choice(value, path, OPERATORS)
        case "value":
            return read_number(fact, value, path)
        case "is":
            return read_choice(value, path, _words(fact))
        case "in":
            return _codes(value, path)
    return read_integer(value, path, 1, MOST)


def _words(fact):
    return {CONTROL: CONTROLS, MANUAL: DECISIONS}.get(fact) or WORDS[fact]


def _codes(value, path):
    codes = tuple(read_text(item, f"{path}[{index}]") for index, item in enumerate(_filled(value, path)))
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise ReplayError(f"{path}[{index}]", f"代码重复：{shown(code)}")
    return codes


def read_number(fact: str, value, path: str) -> Decimal:
    """A number of such a fact, of a person or of a condition; as written, so that 7.0 stays 7.0."""
    if fact in DECIMAL:
        read_decimal(value, path, PLACES, negative=True, digits=DIGITS)
    else:
        read_unsigned(value, path, 0, DIGITS)
    return Decimal(value)


def read_value(fact: str, value, path: str) -> Decimal | str:
    """A person's value: a number, or one of the fact's words."""
    return read_choice(value, path, WORDS[fact]) if fact in WORDS else read_number(fact, value, path)


def _filled(value, path):
    if not read_list(value, path):
        raise ReplayError(path, "不能为空")
    return value


# ---------------------------------------------------------------------------
# Writing
# ---------------------------------------------------------------------------


def ruleset_document(ruleset: RuleSet) -> dict:
    """Return what :func:`read_ruleset` reads back as the same."""
    return {
        "code": ruleset.code,
        "name": ruleset.name,
        "source": ruleset.source,
        "gate": [_condition(condition) for condition in ruleset.gate],
        "rules": [
            {
                "code": rule.code,
                "colour": rule.colour,
                "text": rule.text,
                "action": rule.action,
                "any": [[_condition(condition) for condition in tests] for tests in rule.alternatives],
            }
            for rule in ruleset.rules
        ],
    }


def _condition(condition):
    written = {"fact": condition.fact}
    for key in KEYS[condition.kind]:
        value = getattr(condition, _FIELDS[key])
        if value is not None:
            written[key] = list(value) if key == "in" else str(value) if key == "value" else value
    return written
