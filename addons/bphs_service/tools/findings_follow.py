"""What records of people do to findings: what each finds, and what each shows of one that is open.

Pure: records in the order in which they were made, and the findings of their people as they stand. One record or
a county's, the rules are these.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .findings import FindingRule, Found, findings, is_asked_again


@dataclass(frozen=True, slots=True)
class Exam:
    """A record that is done: of a person, with its answers.

    ``hidden``: not everybody sees it who sees the person.
    """

    id: int
    person: int
    form: str
    day: date
    given: Mapping[str, Any]
    sex: str | None
    hidden: bool = False


@dataclass(slots=True)
class Standing:
    """A finding while records are followed: as it was, and what they made of it.

    ``id`` is None where it is new. ``found``: what is to be said of it anew; ``seen``: the record that measured it
    last; ``closed`` and ``voided``: what came of it just now. ``hidden``: found in a record that not everybody sees.
    """

    id: int | None
    person: int
    code: str
    exam: int | None
    day: date
    questions: tuple[str, ...]
    open: bool = True
    hidden: bool = False
    found: Found | None = None
    seen: int | None = None
    closed: bool = False
    voided: bool = False

    @property
    def is_touched(self) -> bool:
        return self.id is None or self.found is not None or self.seen is not None or self.voided


def follow(
    exams: Iterable[Exam], standing: Sequence[Standing], rules: Mapping[str, Sequence[FindingRule]]
) -> list[Standing]:
    """Follow records one after the other, each with what those before it left.

    :param standing: findings of these people that rules made and that are not voided; changed in place
    :param rules: form -> its rules; under the empty name all of them
    :return: those that are new or were touched
    """
    of_person: dict[int, list[Standing]] = {}
    for one in standing:
        of_person.setdefault(one.person, []).append(one)
    for exam in sorted(exams, key=lambda exam: (exam.day, exam.id)):
        mine = of_person.setdefault(exam.person, [])
        _recheck(exam, mine, rules[""])
        _find(exam, mine, rules.get(exam.form, ()))
    return [one for mine in of_person.values() for one in mine if one.is_touched]


def _open_before(exam, mine):
    return [one for one in mine if one.open and one.exam != exam.id and one.day <= exam.day]


def _recheck(exam, mine, rules):
    """What was abnormal before and is measured again: as it should be, it is closed; else what is seen is told.

    A hidden record says nothing of a finding that everybody sees.
    """
    before = [one for one in _open_before(exam, mine) if one.hidden or not exam.hidden]
    again = findings(rules, exam.given, exam.sex) if before else {}
    for one in before:
        if is_asked_again(rules, one.code, one.questions, exam.given):
            one.seen = exam.id
            if one.code not in again:
                one.open, one.closed = False, True


def _find(exam, mine, rules):
    """Bring the findings of a record to what its answers say; what somebody handled stays as they left it.

    What is once open is not found again; but a hidden finding keeps none from being found that everybody sees.
    """
    found = findings(rules, exam.given, exam.sex)
    own = {one.code: one for one in mine if one.exam == exam.id and not one.voided}
    for code, one in own.items():
        if code not in found:
            one.open, one.voided = False, True
        elif one.open:
            one.found, one.questions = found[code], asked(found[code])
    known = {one.code for one in _open_before(exam, mine) if exam.hidden or not one.hidden}
    mine += [
        Standing(None, exam.person, code, exam.id, exam.day, asked(one), found=one, hidden=exam.hidden)
        for code, one in found.items()
        if code not in own and code not in known
    ]


def asked(found: Found) -> tuple[str, ...]:
    """Return the questions whose answers made a finding, each once."""
    return tuple(dict.fromkeys(hit.question for hit in found.hits))
