"""Which service records count for which service item, and why not.

Pure: no database. The SQL of `models/earning/bphs_earning.py` says the same of a county's quarter at once; a test holds
both to each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

COUNTS, SHARED = "counts", "shared"
WAITING, UNMET, CLOSED, FALSE = "waiting", "unmet", "closed", "false"
INCOMPLETE, DUPLICATE, OUTSIDE = "incomplete", "duplicate", "outside"
# In the order in which they are asked for.
VERDICTS = (COUNTS, SHARED, INCOMPLETE, DUPLICATE, OUTSIDE, FALSE, CLOSED, UNMET, WAITING)
# What a statement tells of: done for the item, whether it holds or not.
REPORTED = (COUNTS, SHARED, INCOMPLETE, DUPLICATE, OUTSIDE, FALSE)

ANY, FACE, HOME, ELSEWHERE = "any", "face", "home", "elsewhere"
DAY, MONTH, QUARTER, YEAR = "day", "month", "quarter", "year"
FULL, PART, DEAREST = "full", "part", "dearest"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a record of a form must be to count for an item, and how often it counts.

    :param contact: ``any``, ``face`` to face, at ``home``, or ``elsewhere`` than at home
    :param group: the key group the person must stand in on the day; empty: anybody
    :param needs: the column that must be measured; empty: none
    :param once: a person counts once a ``day``, ``month``, ``quarter`` or ``year``
    :param rechecks: a record that closed a recheck counts besides
    :param main: the item is the one the form is for
    """

    form: str
    item: int
    contact: str = ANY
    group: str = ""
    needs: str = ""
    once: str = DAY
    rechecks: bool = False
    since: date = date.min
    until: date = date.max
    main: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """A service record as far as counting asks of it.

    :param groups: the key groups the person stood in on the day
    :param measured: the columns that hold a value
    :param closed: it was done with only after its period had been closed
    :param recheck: it closed a recheck or a referral
    """

    id: int
    person: int
    day: date
    form: str
    mode: str = "clinic"
    face_to_face: bool = True
    groups: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    draft: bool = False
    complete: bool = True
    closed: bool = False
    false: bool = False
    recheck: bool = False


def meets(rule: Rule, record: Record) -> bool:
    """Whether a record is what the rule asks for: contact, key group, measurement."""
    contact = {
        ANY: True,
        FACE: record.face_to_face,
        HOME: record.mode == "home",
        ELSEWHERE: record.mode != "home",
    }[rule.contact]
    return (
        contact
        and (not rule.group or rule.group in record.groups)
        and (not rule.needs or rule.needs in record.measured)
    )


def span_of(once: str, day: date) -> date:
    """Return the first day of the month, quarter or year in which a person counts once."""
    match once:
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def verdicts(
    records: Iterable[Record], rules: Iterable[Rule], sharing: str = FULL, worth: Mapping[int, Decimal] | None = None
) -> dict[tuple[int, int], str]:
    """Say of each record and each item it may count for whether it does.

    One contact, which is a person on a day, counts once for each item whose demands it meets. Earlier ones of the span
    must be among the records.

    :param sharing: how items are paid that share a contact: all in ``full``, others than the dearest in ``part``, or
        the ``dearest`` alone
    :param worth: item -> its equivalent, by which the dearest is told; of equal ones the first by id
    :return: (record id, item) -> one of :data:`VERDICTS`
    """
    found, standing, beside = {}, defaultdict(list), set()
    rules = list(rules)
    for record in records:
        for rule in rules:
            if rule.form == record.form and rule.since <= record.day <= rule.until:
                why = _bar(rule, record)
                found[record.id, rule.item] = why or COUNTS
                if not rule.main:
                    beside.add((record.id, rule.item))
                if why is None:
                    standing[record.person, rule.item, span_of(rule.once, record.day)].append((record, rule))
    for pairs in standing.values():
        pairs.sort(key=lambda pair: (pair[0].day, pair[0].id))
        days = set()
        for place, (record, rule) in enumerate(pairs):
            if record.day in days:
                found[record.id, rule.item] = DUPLICATE
            elif place and not (rule.rechecks and record.recheck):
                found[record.id, rule.item] = OUTSIDE
            days.add(record.day)
    if sharing != FULL:
        _share(found, standing, worth or {})
    return _told(found, beside)


def _bar(rule, record):
    """What keeps a record from counting, whatever else was done."""
    if record.draft:
        return WAITING
    if not meets(rule, record):
        return UNMET
    if record.closed:
        return CLOSED
    if record.false:
        return FALSE
    return None if record.complete else INCOMPLETE


def _told(found, beside):
    """Without what is not worth telling: that a record which is for one item is not for another."""
    met = {id_ for (id_, _item), verdict in found.items() if verdict != UNMET}
    return {
        key: verdict for key, verdict in found.items() if verdict != UNMET or key[0] not in met and key not in beside
    }


def _share(found, standing, worth):
    contacts = defaultdict(list)
    for (person, item, _span), pairs in standing.items():
        for record, _rule in pairs:
            if found[record.id, item] == COUNTS:
                contacts[person, record.day].append((-worth.get(item, Decimal(0)), item, record.id))
    for counted in contacts.values():
        for _worth, item, id_ in sorted(counted)[1:]:
            found[id_, item] = SHARED


def quantity(counts: Mapping[str, int], sharing: str, percent: int) -> int:
    """How many of an item count: of those that share a contact, the part that is paid, rounded down."""
    shared = counts.get(SHARED, 0)
    return counts.get(COUNTS, 0) + (shared * percent // 100 if sharing == PART else 0)
