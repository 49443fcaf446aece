"""A person's facts as one text, a fact a line: what the database gathers in one pass, made into what rules read.

A line holds, parted by tabs: kind, fact, word, day, last day, id, and 1 where the fact is for named persons alone.
Lines stand in the order of their days, on one day the later last.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from .facts import Assessment, Decision, Event, Person, Span, Value
from .rules import WORDS

VALUE, RANGE, EVENT, CONTROL, MANUAL = "v", "r", "e", "c", "m"
_day = lru_cache(maxsize=65536)(date.fromisoformat)


def read_person(code: str, birth_date: date, text: str) -> tuple[Person, Person | None]:
    """Return the person without what is for named persons alone, and with it where there is any."""
    lines = [line.split("\t") for line in text.split("\n")] if text else []
    shown = [line for line in lines if line[6] != "1"]
    whole = _person(code, birth_date, lines) if len(shown) < len(lines) else None
    return _person(code, birth_date, shown), whole


def _person(code, birth_date, lines):
    values, spans, events, assessments, decisions = {}, [], [], [], []
    for kind, fact, word, day, until, id_, _named in lines:
        if kind == VALUE:
            # Only the latest counts, and it stands last.
            values[fact] = (id_, fact, word, day)
        elif kind == CONTROL:
            assessments.append(Assessment(id_, fact, word, _day(day)))
        elif kind == EVENT:
            events.append(Event(id_, word, _day(day)))
        else:
            start = _day(day) if day else birth_date
            end = _day(until) if until else None
            if kind == RANGE:
                spans.append(Span(id_, fact, word, start, end))
            else:
                decisions.append(Decision(id_, word, start, end))
    return Person(
        code,
        birth_date,
        tuple(
            Value(id_, fact, word if fact in WORDS else Decimal(word), _day(day))
            for id_, fact, word, day in values.values()
        ),
        tuple(spans),
        tuple(events),
        tuple(assessments),
        tuple(decisions),
    )


def facts_told(person: Person, ids: frozenset[str]) -> dict[str, list]:
    """Return what is kept beside a grade of the facts it rests on: id -> kind, fact, word, day, last day."""
    told = {}
    for value in person.values:
        told[value.id] = [VALUE, value.fact, str(value.value), value.day.isoformat(), None]
    for span in person.spans:
        told[span.id] = [RANGE, span.fact, span.code, span.start.isoformat(), span.end and span.end.isoformat()]
    for event in person.events:
        told[event.id] = [EVENT, "event", event.code, event.day.isoformat(), None]
    for found in person.assessments:
        told[found.id] = [CONTROL, found.disease, found.word, found.day.isoformat(), None]
    for decision in person.decisions:
        until = decision.end and decision.end.isoformat()
        told[decision.id] = [MANUAL, "manual", decision.colour, decision.start.isoformat(), until]
    return {id_: told[id_] for id_ in sorted(ids)}


def person_document(person: Person) -> dict:
    """Return the person as a replay document writes them (grading rules, section 3)."""
    return {
        "code": person.code,
        "birth_date": person.birth_date.isoformat(),
        "values": [
            {"id": v.id, "fact": v.fact, "value": str(v.value), "date": v.day.isoformat()} for v in person.values
        ],
        "ranges": [{"id": s.id, "fact": s.fact, "code": s.code, **_from_to(s)} for s in person.spans],
        "events": [{"id": e.id, "code": e.code, "date": e.day.isoformat()} for e in person.events],
        "control": [
            {"id": a.id, "disease": a.disease, "is": a.word, "date": a.day.isoformat()} for a in person.assessments
        ],
        "manual": [{"id": d.id, "colour": d.colour, **_from_to(d)} for d in person.decisions],
    }


def _from_to(span):
    return {"from": span.start.isoformat(), "to": span.end and span.end.isoformat()}
