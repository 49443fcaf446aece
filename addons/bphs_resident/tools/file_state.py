"""Whether a health record is up to standard (规范化) and in use (动态).

Use: a service or visit within a year (national specification, residents' health records: 动态记录); making the file is
the first of its records, so a new file is in use from its first day. Standard: no public
definition is binding; the default here is a complete and logical personal form of an unmistakable person, and a record
within 12 months for key groups and 24 months for others.
"""

from datetime import date

from odoo.addons.bphs_base.tools.months import months_before

# Groups whose care needs a record every year.
KEY_GROUPS = frozenset({"child_0_6", "pregnant", "elderly_65", "hypertension", "diabetes", "copd", "smi", "tb"})
# Those that age alone decides: from so many completed years to under so many.
AGE_GROUPS = {"child_0_6": (0, 7), "elderly_65": (65, 150)}
# Groups the law lets only named persons see.
SENSITIVE_GROUPS = frozenset({"smi", "tb"})
DYNAMIC_MONTHS = 12
KEY_GROUP_MONTHS = 12
OTHER_MONTHS = 24

# What may be wanting, in the order it is told.
FAILURES = ("no_id", "no_birth_date", "no_sex", "no_phone", "no_household", "no_relation", "not_dynamic")
_NEEDED = (
    ("no_id", "id_number"),
    ("no_birth_date", "birth_date"),
    ("no_sex", "sex"),
    ("no_phone", "phone"),
    ("no_household", "household_id"),
    ("no_relation", "relation"),
)


def birth_dates(group: str, today: date) -> tuple[date, date]:
    """When those were born whom age puts in a group today: after the first day, up to the second.

    :param group: of :data:`AGE_GROUPS`
    """
    first, end = AGE_GROUPS[group]
    return months_before(today, 12 * end), months_before(today, 12 * first)


def groups_by_age(birth_date: date | None, today: date) -> list[str]:
    """The groups that age alone puts a person in."""
    if not birth_date:
        return []
    spans = ((group, birth_dates(group, today)) for group in AGE_GROUPS)
    return [group for group, (after, until) in spans if after < birth_date <= until]


def last_record(last_service_on: date | None, file_created_on: date | None) -> date | None:
    """The day of the latest record: a service, or the making of the file itself."""
    return max(filter(None, (last_service_on, file_created_on)), default=None)


def is_dynamic(last_service_on: date | None, file_created_on: date | None, today: date) -> bool:
    """Whether the file had a record within a year."""
    last = last_record(last_service_on, file_created_on)
    return bool(last) and last > months_before(today, DYNAMIC_MONTHS)


def oldest_record(groups, today: date) -> date:
    """The day after which a file of these groups needs a record to be up to standard."""
    return months_before(today, KEY_GROUP_MONTHS if KEY_GROUPS & set(groups) else OTHER_MONTHS)


def failures(person: dict, today: date) -> list[str]:
    """What keeps a file from being up to standard, of :data:`FAILURES`; empty where it is.

    :param person: ``id_number``, ``birth_date``, ``sex``, ``phone``, ``household_id``, ``relation``,
        ``last_service_on``, ``file_created_on`` and ``groups`` (kinds)
    """
    found = [
        code
        for code, column in _NEEDED
        if not person.get(column) or (column == "sex" and person[column] in ("unknown", "unstated"))
    ]
    last = last_record(person.get("last_service_on"), person.get("file_created_on"))
    # Which groups age puts somebody in is asked only where there is a record to grow old: a roll tells of none.
    if not last or last <= oldest_record(
        (*(person.get("groups") or ()), *groups_by_age(person.get("birth_date"), today)), today
    ):
        found.append("not_dynamic")
    return found


def is_restricted(groups) -> bool:
    """Whether these groups make a file one for named persons only: also after they have ended."""
    return bool(SENSITIVE_GROUPS & set(groups))
