"""The services of an invented county's people over some years: the same seed gives the same records for ever.

Pure. Who is followed for something has so many records of each form that goes with it; all of them come in the order of
the days on which they were done, as years of work leave them.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

YEARS = 3
# Days between two records of a form, where as many were made as the specification asks for.
_EVERY = {
    "hypertension": 91,
    "diabetes": 91,
    "chronic": 91,
    "smi": 91,
    "tb_follow": 30,
    "elder_exam": 365,
    "tcm33": 365,
    "elder_follow": 183,
    "child": 180,
    "child_tcm": 180,
}
_SEEN = {"elder_exam", "tcm33", "child", "child_tcm"}  # nobody is examined by telephone
_PRESSURE = {"hypertension", "diabetes", "chronic", "elder_exam", "elder_follow"}
_GLUCOSE = {"diabetes", "chronic", "elder_exam"}
_JUDGED = {"hypertension", "diabetes", "chronic"}
_STEADY, _STEADY_SHARE, _UNSTEADY_SHARE = 0.72, 0.93, 0.42
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
    age = (today - person.birth_date).days // 365.25
    chronic = {"hypertension", "diabetes"} & person.groups
    found = ["chronic"] if len(chronic) == 2 else sorted(chronic)
    found += [form for form, group in (("smi", "smi"), ("tb_follow", "tb")) if group in person.groups]
    if age >= 65:
        return [*found, "elder_exam", "tcm33", "elder_follow"]
    if chronic:
        found.append("elder_exam")
    if age < 7:
        found += ["child", "child_tcm"] if age < 3 else ["child"]
    return found


def draw_visits(people: Sequence[Cared], today: date, count: int | None = None, seed: int = 1) -> Iterator[Record]:
    """Return exactly `count` records, or as many as the specification asks for, in order of the day done."""
    chance = Random(f"visits/{seed}")  # noqa: S311 no secret hangs on it
    forms = [forms_of(person, today) for person in people]
    spans = [min(YEARS * 365, (today - person.since).days) for person in people]
    natural = sum(span / _EVERY[form] for span, found in zip(spans, forms, strict=True) for form in found)
    share = 1 if count is None else count / natural if natural else 0
    last = round(natural * share)
    drawn, sum_, made = array("Q"), 0.0, 0
    for at, (span, found) in enumerate(zip(spans, forms, strict=True)):
        for place, form in enumerate(found):
            sum_ += span / _EVERY[form] * share
            upto = min(last, round(sum_))
            for number in range(upto - made):
                step = span / (upto - made)
                day = today.toordinal() - span + int(step * (number + chance.random()))
                drawn.append(day << _DAY | at << _PERSON | place)
            made = upto
    for packed in sorted(drawn):
        at = packed >> _PERSON & (1 << _DAY - _PERSON) - 1
        form = forms[at][packed & (1 << _PERSON) - 1]
        yield _record(chance, people[at], form, date.fromordinal(packed >> _DAY), today)


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
        low, high = (4.6, 6.9) if good else (7.1, 13.4)
        values["fasting_glucose"] = round(chance.uniform(low, high), 1)
        values["hypoglycaemia"] = "none" if chance.random() < 0.95 else "sometimes"
    if form == "elder_exam":
        values |= _examined(chance)
    if form in _JUDGED:
        values |= _judged(chance, good)
    if form == "smi":
        values |= {"smi_class": "stable" if good else "nearly", "risk_level": "0" if good else "1"}
    if form in _EVERY and form not in _SEEN:
        values["next_on"] = day + timedelta(days=_EVERY[form] if good else 14)
    return Record(person, form, day, min(today, day + timedelta(days=late)), mode, values)


def _pressure(chance, good):
    upper, lower = ((108, 139), (64, 89)) if good else ((140, 178), (78, 104))
    return {
        "systolic": chance.randrange(*upper),
        "diastolic": chance.randrange(*lower),
        "heart_rate": chance.randrange(58, 92),
    }


def _examined(chance):
    return {
        "height": chance.randrange(148, 178),
        "waist": chance.randrange(68, 102),
        "hemoglobin": chance.randrange(108, 152),
        "hba1c": round(chance.uniform(5.0, 7.4), 1),
    }


def _judged(chance, good):
    adherence = "regular" if good or chance.random() < 0.5 else "irregular"
    reaction = not good and chance.random() < 0.03
    return {
        "result": "satisfied" if good else "reaction" if reaction else "uncontrolled",
        "adherence": adherence,
        "drug_reaction": "yes" if reaction else "no",
    }
