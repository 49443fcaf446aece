"""The services of an invented county's people over some years: the same seed gives the same records for ever.

Pure. Who is followed for something has so many records of each form that goes with it; all of them come in the order of
the days on which they were done, as years of work leave them.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .ages import share_of
from .elders import ITEMS, comes_to_exams, days_between_visits, dependence, screened

YEARS = 3
# Days between two records of a form, where as many were made as the specification asks for.
_EVERY = {
    "hypertension": 91,
    "diabetes": 91,
    "chronic": 91,
    "smi": 91,
    "tb_follow": 30,
    "elder_exam": 365,
    "self_care": 365,
    "tcm33": 365,
    "elder_follow": 183,  # who is frail is seen more often
    "child": 180,
    "child_tcm": 180,
}
_SEEN = {"elder_exam", "self_care", "tcm33", "child", "child_tcm"}  # nobody is examined by telephone
_PRESSURE = {"hypertension", "diabetes", "chronic", "elder_exam", "elder_follow"}
_GLUCOSE = {"diabetes", "chronic", "elder_exam"}
_JUDGED = {"hypertension", "diabetes", "chronic"}
_STEADY, _STEADY_SHARE, _UNSTEADY_SHARE = 0.76, 0.95, 0.68
_LATE, _BY_PHONE = 0.06, 0.13
_DAY, _PERSON = 40, 8  # bits


@dataclass(frozen=True, slots=True)
class Cared:
    """Somebody who is followed for something, ``since`` a day."""

    resident_id: int
    institution_id: int
    birth_date: date
    since: date
    groups: frozenset[str]
    weight: float = 62.0


@dataclass(frozen=True, slots=True)
class Record:
    """One record: who, which form, when done and entered, how, and what its columns say."""

    person: Cared
    form: str
    done_on: date
    entered_on: date
    mode: str
    values: dict


def forms_of(person: Cared, today: date) -> list[str]:
    """Return the forms of which somebody has records."""
    age = _age(person, today)
    chronic = {"hypertension", "diabetes"} & person.groups
    found = ["chronic"] if len(chronic) == 2 else sorted(chronic)
    found += [form for form, group in (("smi", "smi"), ("tb_follow", "tb")) if group in person.groups]
    if age >= 65:
        exams = ["elder_exam", "self_care"] if comes_to_exams(person.resident_id) else []
        return [*found, *exams, "tcm33", "elder_follow"]
    if chronic:
        found.append("elder_exam")
    if age < 7:
        found += ["child", "child_tcm"] if age < 3 else ["child"]
    return found


def _age(person, today):
    return (today - person.birth_date).days // 365.25


def _every(person, form, today):
    """Days between two records of a form of somebody."""
    if form != "elder_follow":
        return _EVERY[form]
    age = _age(person, today)
    return days_between_visits(dependence(person.resident_id, age), age)


def draw_visits(people: Sequence[Cared], today: date, count: int | None = None, seed: int = 1) -> Iterator[Record]:
    """Return exactly `count` records, or as many as the specification asks for, in order of the day done."""
    chance = Random(f"visits/{seed}")  # noqa: S311 no secret hangs on it
    forms = [forms_of(person, today) for person in people]
    spans = [min(YEARS * 365, (today - person.since).days) for person in people]
    natural = sum(
        span / _every(person, form, today)
        for person, span, found in zip(people, spans, forms, strict=True)
        for form in found
    )
    share = 1 if count is None else count / natural if natural else 0
    last = round(natural * share)
    drawn, sum_, made = array("Q"), 0.0, 0
    for at, (person, span, found) in enumerate(zip(people, spans, forms, strict=True)):
        examined = []
        for place, form in enumerate(found):
            sum_ += span / _every(person, form, today) * share
            upto = min(last, round(sum_))
            days = _days(chance, today, span, upto - made)
            if form == "elder_exam":
                examined = days
            if form == "self_care":
                # Asked when they are examined, mostly.
                days = [*examined[: len(days)], *days[len(examined) :]]
            drawn.extend(day << _DAY | at << _PERSON | place for day in days)
            made = upto
    for packed in sorted(drawn):
        at = packed >> _PERSON & (1 << _DAY - _PERSON) - 1
        form = forms[at][packed & (1 << _PERSON) - 1]
        yield _record(chance, people[at], form, date.fromordinal(packed >> _DAY), today)


def _days(chance, today, span, count):
    """So many days over a span, one in each part of it."""
    return [today.toordinal() - span + int(span / count * (number + chance.random())) for number in range(count)]


def _record(chance, person, form, day, today):
    late = chance.randrange(1, 10) if chance.random() < _LATE else 0
    mode = "clinic" if chance.random() < 0.6 else "home"
    if form not in _SEEN and chance.random() < _BY_PHONE:
        mode = "phone"
    values = {"weight": round(person.weight + chance.gauss(0, 1.5), 1)} if form in _PRESSURE | _GLUCOSE else {}
    good = chance.random() < (_STEADY_SHARE if person.resident_id * 37 % 100 < 100 * _STEADY else _UNSTEADY_SHARE)
    if form in _PRESSURE:
        values |= _pressure(chance, good)
    if form in _GLUCOSE:
        low, high = (4.6, 6.9) if good else (7.1, 13.4) if "diabetes" in person.groups else (5.6, 6.9)
        values["fasting_glucose"] = round(chance.uniform(low, high), 1)
        values["hypoglycaemia"] = "none" if chance.random() < 0.95 else "sometimes"
    if form == "elder_exam":
        values |= _examined(chance, person, good)
    if form in ("elder_exam", "self_care"):
        values |= _assessed(person, form, today)
    if form in _JUDGED:
        values |= _judged(chance, good)
    if form == "smi":
        values |= {"smi_class": "stable" if good else "nearly", "risk_level": "0" if good else "1"}
    if form in _EVERY and form not in _SEEN:
        values["next_on"] = day + timedelta(days=_EVERY[form] if good else 14)
    return Record(person, form, day, min(today, day + timedelta(days=late)), mode, values)


def _pressure(chance, good):
    upper, lower = ((108, 139), (64, 89)) if good else ((136, 174), (76, 100))
    return {
        "systolic": chance.randrange(*upper),
        "diastolic": chance.randrange(*lower),
        "heart_rate": chance.randrange(58, 92),
    }


def _examined(chance, person, good):
    ill = "diabetes" in person.groups
    return {
        "height": 148 + share_of("height", person.resident_id) % 30,
        "waist": chance.randrange(68, 102),
        "hemoglobin": chance.randrange(108, 152),
        "hba1c": round(chance.uniform(6.6, 8.8) if ill and not good else chance.uniform(5.0, 6.4), 1),
    }


def _assessed(person, form, today):
    level = dependence(person.resident_id, _age(person, today))
    if form == "self_care":
        return {f"item_{number}": str(worth) for number, worth in enumerate(ITEMS[level], start=1)}
    return {"self_care_level": level, **screened(person.resident_id, level)}


def _judged(chance, good):
    adherence = "regular" if good or chance.random() < 0.5 else "irregular"
    reaction = not good and chance.random() < 0.03
    return {
        "result": "satisfied" if good else "reaction" if reaction else "uncontrolled",
        "adherence": adherence,
        "drug_reaction": "yes" if reaction else "no",
    }
