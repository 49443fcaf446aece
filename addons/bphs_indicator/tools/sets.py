"""Sets of people and of records that indicators are made of: named, pure descriptions, of few kinds.

A set says nothing of how it is asked of a database. An indicator's denominator is what lies in all sets of `within`,
its numerator what of that lies in all sets of `counted` too: so it is inside by construction.
"""

from dataclasses import dataclass

# Of people, by what stands about them.
AGE, BORN, GROUP, FILE, RECORDS, LATEST, KEPT, MOTHER, SIGNED, COLOUR = (
    *("age", "born", "group", "file", "records", "latest", "kept", "mother", "signed", "colour"),
)
# Of records themselves.
RECORD, DUE, REFERRAL, FINDING = "record", "due", "referral", "finding"
PERSON_KINDS = (AGE, BORN, GROUP, FILE, RECORDS, LATEST, KEPT, MOTHER, SIGNED, COLOUR)
# What an indicator counts, and the kinds of sets that may describe it.
UNITS = {"person": PERSON_KINDS, "record": (RECORD,), "due": (DUE,), "referral": (REFERRAL,), "finding": (FINDING,)}
FILE_STATES = ("standardised", "in_use", "opened", "had_id")
MEASURED, CONTROLLED, UNCONTROLLED = "measured", "controlled", "uncontrolled"
LATEST_STATES = (MEASURED, CONTROLLED, UNCONTROLLED)
PRESSURE, GLUCOSE = "pressure", "glucose"
RECHECKS = "rechecks"
EARLY, CHECKED, HOSPITAL, SEEN_AFTER = "early", "checked", "hospital", "seen_after"
IN_TIME, ARRIVED, HANDLED = "in_time", "arrived", "handled"
STATES = {
    FILE: FILE_STATES,
    LATEST: LATEST_STATES,
    KEPT: ("", RECHECKS),
    MOTHER: ("", EARLY, CHECKED, HOSPITAL, SEEN_AFTER),
    DUE: ("", IN_TIME),
    REFERRAL: ("", ARRIVED),
    FINDING: ("", HANDLED),
}
MEASURES = (PRESSURE, GLUCOSE)
# Who needs which sources: names of what is read once each.
NEEDS_FORMS = (RECORDS, LATEST, KEPT)


class SetError(ValueError):
    """A set that describes nothing; the text is fit for a user."""


@dataclass(frozen=True)
class SetOf:
    """One set.

    :param kind: of :data:`PERSON_KINDS` or of records
    :param negated: whoever is *not* in it
    :param state: which state a file, a measurement, a due row or a referral is in
    :param group: kind of key group; of `records` with a pace: since when somebody is looked after
    :param forms: codes of the forms whose records count; none: all
    :param from_months, to_months: of age: from so old to under so old, 0: without end
    :param months: the window looked back on, 0: the period; of a group: belonging to it for so long
    :param least: how many records are needed
    :param by_month: several of one month count once
    :param pace: needed is one for each whole quarter since the later of the period's start and joining the group
    :param by_age: needed at under one, two, three years: the first in proportion to the months lived
    :param by_age_town: the same where a community centre or station looks after them; none: as everywhere
    :param ages: ages in months; of `age`: whoever came to one in the period, of `records`: one for each they came to
    :param after_months: nothing is needed yet of who joined the group less long ago
    :param measured: only records that tell what ``measure`` is
    :param answer: a question that must be answered, `code` or `code=value`
    :param weeks_under: only records of a pregnancy of fewer weeks; of `mother`: her first check was in one
    :param days: of `mother`: seen within so many days of leaving the hospital
    :param measure: which measurement the latest of is asked for
    """

    code: str
    kind: str
    negated: bool = False
    state: str = ""
    group: str = ""
    forms: tuple[str, ...] = ()
    from_months: int = 0
    to_months: int = 0
    months: int = 0
    least: int = 1
    by_month: bool = False
    pace: bool = False
    by_age: tuple[int, ...] = ()
    by_age_town: tuple[int, ...] = ()
    ages: tuple[int, ...] = ()
    after_months: int = 0
    days: int = 0
    measured: bool = False
    face_to_face: bool = False
    complete: bool = False
    modes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    answer: str = ""
    weeks_under: int = 0
    measure: str = PRESSURE

    def __post_init__(self):
        if problem := self._problem():
            raise SetError(f"{self.code}：{problem}")

    def _problem(self) -> str:
        if self.kind not in {kind for kinds in UNITS.values() for kind in kinds}:
            return f"没有“{self.kind}”这类集合"
        if self.state not in STATES.get(self.kind, ("",)):
            return f"“{self.state}”不是这类集合的状态"
        if self.kind == AGE and self.to_months and self.to_months <= self.from_months:
            return "年龄上限应大于下限"
        if self.kind == GROUP and not self.group:
            return "没有写明重点人群"
        if self.kind in NEEDS_FORMS and not self.forms:
            return "没有写明表单"
        if self.pace and not (self.group and self.by_month):
            return "按比例要求次数的，须写明重点人群并按月计次"
        if self.after_months and not self.group:
            return "写明加入多久后才要求的，须写明重点人群"
        if self.by_age_town and not self.by_age:
            return "写明城市次数的，须写明乡村次数"
        numbers = (self.from_months, self.to_months, self.months, self.weeks_under, self.after_months, self.days)
        if min((*numbers, *self.by_age, *self.by_age_town, *self.ages)) < 0 or self.least < 1:
            return "数字不能为负，次数至少为1"
        return ""


def problem_of(unit: str, within: list[SetOf], counted: list[SetOf]) -> str:
    """What keeps sets from making an indicator of a unit; empty where nothing does."""
    kinds = UNITS[unit]
    for one in (*within, *counted):
        if one.kind not in kinds:
            return f"{one.code}：这类集合不能用于该计数单位"
    if unit != "person" and not within:
        return "没有写明分母"
    return ""
