"""What is known of a person, and what of it on a day (grading rules, section 1)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo.addons.bphs_base.tools.months import age_on


@dataclass(frozen=True, slots=True)
class Value:
    """A measurement, a score, or the word of a screening."""

    id: str
    fact: str
    value: Decimal | str
    day: date


@dataclass(frozen=True, slots=True)
class Span:
    """A condition, a social fact or a finding that runs, with an end or without."""

    id: str
    fact: str
    code: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    code: str
    day: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a chronic disease was found controlled."""

    id: str
    disease: str
    word: str
    day: date


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision that somebody is to be red or yellow."""

    id: str
    colour: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """Facts in the order of the document: on one date, the one that stands later is the later."""

    code: str
    birth_date: date
    values: tuple[Value, ...] = ()
    spans: tuple[Span, ...] = ()
    events: tuple[Event, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Known:
    """A person's facts as they stand on a day: what is dated later is unknown."""

    __slots__ = ("age", "assessments", "decided", "events", "latest", "running")

    def __init__(self, person: Person, day: date):
        self.age = age_on(person.birth_date, day)
        # fact -> its latest value
        self.latest = {}
        for value in person.values:
            latest = self.latest.get(value.fact)
            if value.day <= day and (latest is None or latest.day <= value.day):
                self.latest[value.fact] = value
        # (fact, code) -> ids of what runs
        self.running = defaultdict(list)
        for span in person.spans:
            if _runs(span, day):
                self.running[span.fact, span.code].append(span.id)
        # code -> events
        self.events = defaultdict(list)
        for event in person.events:
            if event.day <= day:
                self.events[event.code].append(event)
        # disease -> assessments, the latest first
        self.assessments = defaultdict(list)
        for assessment in person.assessments:
            if assessment.day <= day:
                self.assessments[assessment.disease].append(assessment)
        for assessments in self.assessments.values():
            assessments.reverse()
            assessments.sort(key=lambda assessment: assessment.day, reverse=True)
        # colour -> ids of the decisions that run
        self.decided = defaultdict(list)
        for decision in person.decisions:
            if _runs(decision, day):
                self.decided[decision.colour].append(decision.id)


def _runs(span, day):
    return span.start <= day and (span.end is None or span.end >= day)
