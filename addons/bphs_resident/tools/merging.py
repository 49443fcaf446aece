"""What one file keeps of two, and what undoing takes back.

The survivor's facts stand. From the other file comes only what the survivor lacks, the earlier or later of two days,
and facts that hold once anybody has found them. Nothing is lost: the other file stays as it was, closed, and keeps what
the survivor did not take.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

# Columns that only make sense together, by the one that says whether there is anything.
BUNDLES = {
    "id_index": ("id_type", "id_reason", "id_cipher", "id_index", "id_last4_index"),
    "phone_index": ("phone_cipher", "phone_index"),
    "household_id": ("household_id", "relation"),
}
EARLIER = frozenset({"file_created_on", "opened_on"})
LATER = frozenset({"last_service_on"})
# True as soon as one file says so: each was found by somebody.
EITHER = frozenset({"living_alone", "empty_nest", "extreme_poverty", "minimum_living", "disability_card"})
FILLED = frozenset({"birth_date", "sex"})
# What counts as nothing said.
_BLANK = (None, False, "", "unknown", "unstated")


class Choice(NamedTuple):
    """What becomes of a fact on which two files differ.

    ``column``: the fact, a bundle by its first column; ``values``: columns the survivor gets, empty where its own stay;
    ``why``: ``kept``, ``filled``, ``earlier``, ``later``, ``either``.
    """

    column: str
    values: Mapping[str, Any]
    why: str


def choices(survivor: Mapping, other: Mapping) -> list[Choice]:
    """Decide every fact on which two files differ.

    :param survivor: stored columns of the file that stays, at least those named here and ``name``
    :param other: the same of the file that is closed
    """
    found = []
    for key, columns in BUNDLES.items():
        if survivor[key] == other[key] or _blank(other[key]):
            continue
        taken = {column: other[column] for column in columns} if _blank(survivor[key]) else {}
        found.append(Choice(key, taken, "filled" if taken else "kept"))
    for column in sorted(FILLED | EARLIER | LATER | EITHER | {"name"}):
        ours, theirs = survivor[column], other[column]
        if ours == theirs or _blank(theirs):
            continue
        found.append(_decided(column, ours, theirs))
    return found


def _decided(column, ours, theirs):
    take = {column: theirs}
    if _blank(ours):
        return Choice(column, take, "either" if column in EITHER else "filled")
    if column in EARLIER:
        return Choice(column, take if theirs < ours else {}, "earlier")
    if column in LATER:
        return Choice(column, take if theirs > ours else {}, "later")
    return Choice(column, {}, "kept")


def _blank(value):
    return value in _BLANK


# === UNDOING === #


def changed_columns(before: Mapping, after: Mapping) -> list[str]:
    """The columns of a row that a step has changed, in alphabetical order.

    :param before: the whole row as JSON gives it
    :param after: the same row afterwards
    """
    return sorted(column for column in before if before[column] != after.get(column))


def drifted_columns(before: Mapping, after: Mapping, now: Mapping, ignored: Iterable[str] = ()) -> list[str]:
    """The columns the step had changed and somebody has changed again since: taking them back would lose that.

    :param ignored: columns that follow from others, and who wrote last
    """
    return sorted(
        column
        for column in set(changed_columns(before, after)) - set(ignored)
        if not any(_same(now.get(column), value) for value in (after[column], before[column]))
    )


def _same(one, other):
    """Unset and unticked are one to whoever looks at the screen."""
    return one == other or (one in (None, False) and other in (None, False))
