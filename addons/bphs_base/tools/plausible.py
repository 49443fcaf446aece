"""Values that no record of a county holds, told before the database trips over them."""

import math
from decimal import Decimal, InvalidOperation

# The widest column of ids and counts holds 2,147,483,647; a hundred million is more than any province has of anything.
MOST_COUNTED = 100_000_000
# Yuan, points, shares: twelve digits before the point are exact to the fen, and more than any county has.
MOST_MEASURED = 1_000_000_000_000
MOST_ID = 2**31 - 1
# Parameters of public methods, by name: what is a text wherever it is asked for.
TEXTS = frozenset(("answer", "comment", "field", "note", "query", "reason", "text", "voucher"))


def implausible_number(kind, value):
    """Whether a number is none, or beyond what a county can have.

    :param str kind: integer, float or monetary, as the field's type
    """
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except InvalidOperation:
            return True
    if value is None or isinstance(value, bool):
        return False
    if not isinstance(value, (int, float, Decimal)):
        return True
    most = MOST_COUNTED if kind == "integer" else MOST_MEASURED
    return not math.isfinite(value) or abs(value) > most


def implausible_id(value):
    """Whether this cannot be the id of a record: no whole number from 1, or beyond the column; nothing is none."""
    if not value:
        return False
    return isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_ID


def are_ids(value):
    """Whether this names records as a client may: one id, a list of them, or nothing. Zero is no id."""
    if value is None or value is False:
        return True
    every = value if isinstance(value, (list, tuple)) else [value]
    return all(one and not implausible_id(one) for one in every)


def is_of_its_kind(name, value):
    """Whether a value can be said for a parameter of this name; nothing always can."""
    if value is None or value is False or value == "":
        return True
    if name in TEXTS:
        return isinstance(value, str)
    if name == "filters":
        return isinstance(value, dict)
    if name.endswith("_id"):
        digits = isinstance(value, str) and value.isascii() and value.isdecimal()
        return not implausible_id(int(value[:11]) if digits else value)
    return True
