"""One text for one content, so that a hash tells whether what is approved is what was submitted."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal


def _plain(value):
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | Decimal):
        number = Decimal(str(value))
        if not number.is_finite():
            raise ValueError(f"{value!r} is not a number that can be approved")
        # 1, 1.0 and 1.00 are one amount, and -0 is 0.
        text = format(number, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        plain = {str(key): _plain(item) for key, item in value.items()}
        if len(plain) != len(value):
            raise ValueError("two keys of the content are written alike")
        return plain
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be part of the content of an approval")


def canonical(content):
    """The canonical JSON of `content`: keys sorted, numbers that are amounts as plain decimal
    strings.

    :param content: dicts, lists, strings, booleans, integers, decimals, dates; a float is taken
        by its
        shortest decimal text, which is how Odoo hands out amounts
    :rtype: str
    :raises TypeError: for anything else (a recordset, for example)
    :raises ValueError: for NaN, infinities and keys that collide as text
    """
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(content):
    """:return: SHA-256 of the canonical JSON of `content`, 64 hexadecimal digits"""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def changed_keys(before, after):
    """The top-level keys in which two contents differ.

    :param str before: canonical JSON
    :param str after: canonical JSON
    :return: list of keys, sorted; empty where the contents are equal or are not dicts
    """
    before, after = json.loads(before), json.loads(after)
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    absent = object()
    return sorted(key for key in before.keys() | after.keys() if before.get(key, absent) != after.get(key, absent))
