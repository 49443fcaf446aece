"""The replay document of gradings: any grading exported and made again by anyone (grading rules, section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from odoo.addons.bphs_base.tools.replay_reader import (
    ReplayError,
    decode,
    dump,
    read_choice,
    read_day,
    read_list,
    read_object,
    read_text,
    shown,
)

from .facts import Assessment, Decision, Event, Person, Span, Value
from .grade import Grade, Grader, count_colours
from .rules import CONTROLS, DECISIONS, RANGES, VALUES, RuleSet
from .ruleset_document import read_ruleset, read_value, ruleset_document

MOST_FACTS = 1000
_LISTS = ("values", "ranges", "events", "control", "manual")


@dataclass(frozen=True, slots=True)
class GradingDocument:
    """A checked document."""

    ruleset: RuleSet
    day: date
    people: tuple[Person, ...]


def replay(data: bytes) -> str:
    """Return the result document of the input document ``data``, both JSON in UTF-8.

    :raise ReplayError: for a broken document, naming the field
    """
    return dump(compute(parse(decode(data))), end="")


def compute(document: GradingDocument) -> dict:
    """Grade everybody of a document; ready for `dump`."""
    grader = Grader(document.ruleset, document.day)
    graded = {person.code: grader.grade(person) for person in document.people}
    return result_document(document.ruleset.code, document.day, graded)


def parse(value) -> GradingDocument:
    """Check a decoded document against every rule of the format.

    :raise ReplayError: for the first rule it breaks
    """
    document = read_object(value, "", ("ruleset", "as_of", "people"))
    ruleset = read_ruleset(document["ruleset"])
    day = read_day(document["as_of"], "as_of")
    people, codes = [], set()
    for index, item in enumerate(read_list(document["people"], "people")):
        person = _person(item, f"people[{index}]", day)
        if person.code in codes:
            raise ReplayError(f"people[{index}].code", f"人员代码重复：{shown(person.code)}")
        codes.add(person.code)
        people.append(person)
    return GradingDocument(ruleset, day, tuple(people))


def _person(value, path, day):
    person = read_object(value, path, ("code", "birth_date", *_LISTS))
    code = read_text(person["code"], f"{path}.code")
    birth_date = read_day(person["birth_date"], f"{path}.birth_date")
    if birth_date > day:
        raise ReplayError(f"{path}.birth_date", "出生日期不能晚于 as_of")
    ids = set()
    facts = [
        [
            _fact(read, item, f"{path}.{name}[{index}]", ids)
            for index, item in enumerate(read_list(person[name], f"{path}.{name}"))
        ]
        for name, read in zip(_LISTS, (_value, _span, _event, _assessment, _decision), strict=True)
    ]
    if len(ids) > MOST_FACTS:
        raise ReplayError(path, f"每人最多 {MOST_FACTS} 项事实，实际为 {len(ids)} 项")
    return Person(code, birth_date, *map(tuple, facts))


def _fact(read, value, path, ids):
    fact = read(value, path)
    if fact.id in ids:
        raise ReplayError(f"{path}.id", f"编号重复：{shown(fact.id)}")
    ids.add(fact.id)
    return fact


def _value(value, path):
    item = read_object(value, path, ("id", "fact", "value", "date"))
    fact = read_choice(item["fact"], f"{path}.fact", VALUES)
    found = read_value(fact, item["value"], f"{path}.value")
    return Value(read_text(item["id"], f"{path}.id"), fact, found, read_day(item["date"], f"{path}.date"))


def _span(value, path):
    item = read_object(value, path, ("id", "fact", "code", "from", "to"))
    fact = read_choice(item["fact"], f"{path}.fact", RANGES)
    code = read_text(item["code"], f"{path}.code")
    return Span(read_text(item["id"], f"{path}.id"), fact, code, *_days(item, path))


def _event(value, path):
    item = read_object(value, path, ("id", "code", "date"))
    code = read_text(item["code"], f"{path}.code")
    return Event(read_text(item["id"], f"{path}.id"), code, read_day(item["date"], f"{path}.date"))


def _assessment(value, path):
    item = read_object(value, path, ("id", "disease", "is", "date"))
    disease = read_text(item["disease"], f"{path}.disease")
    word = read_choice(item["is"], f"{path}.is", CONTROLS)
    return Assessment(read_text(item["id"], f"{path}.id"), disease, word, read_day(item["date"], f"{path}.date"))


def _decision(value, path):
    item = read_object(value, path, ("id", "colour", "from", "to"))
    colour = read_choice(item["colour"], f"{path}.colour", DECISIONS)
    return Decision(read_text(item["id"], f"{path}.id"), colour, *_days(item, path))


def _days(item, path):
    start = read_day(item["from"], f"{path}.from")
    end = None if item["to"] is None else read_day(item["to"], f"{path}.to")
    if end is not None and end < start:
        raise ReplayError(f"{path}.to", "不能早于 from")
    return start, end


# ---------------------------------------------------------------------------
# Writing
# ---------------------------------------------------------------------------


def result_document(ruleset: str, day: date, graded: dict[str, Grade]) -> dict:
    """Return the result document of graded people, by their codes."""
    return {
        "ruleset": ruleset,
        "as_of": day.isoformat(),
        "people": [_result(code, graded[code]) for code in sorted(graded)],
        "counts": count_colours(graded.values()),
    }


def _result(code, grade):
    return {
        "code": code,
        "age": grade.age,
        "assessed": grade.assessed,
        "colour": grade.colour,
        "hits": [{"rule": hit.rule, "colour": hit.colour, "because": list(hit.because)} for hit in grade.hits],
    }


def input_document(ruleset: RuleSet, day: date, people: Iterable[Person]) -> dict:
    """Return the document that :func:`parse` reads back as the same."""
    return {
        "ruleset": ruleset_document(ruleset),
        "as_of": day.isoformat(),
        "people": [person_document(person) for person in people],
    }


def person_document(person: Person) -> dict:
    return {
        "code": person.code,
        "birth_date": person.birth_date.isoformat(),
        "values": [
            {"id": value.id, "fact": value.fact, "value": str(value.value), "date": value.day.isoformat()}
            for value in person.values
        ],
        "ranges": [
            {"id": span.id, "fact": span.fact, "code": span.code, **_written_days(span)} for span in person.spans
        ],
        "events": [{"id": event.id, "code": event.code, "date": event.day.isoformat()} for event in person.events],
        "control": [
            {"id": found.id, "disease": found.disease, "is": found.word, "date": found.day.isoformat()}
            for found in person.assessments
        ],
        "manual": [
            {"id": decision.id, "colour": decision.colour, **_written_days(decision)} for decision in person.decisions
        ],
    }


def _written_days(span):
    return {"from": span.start.isoformat(), "to": span.end and span.end.isoformat()}
