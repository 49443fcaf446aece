"""Strict JSON reading of replay documents: every broken value is refused with the path of its field.

Each small reader takes a value and the path that names it, and returns the value in the engine's
type. Numbers that no field admits and keys given twice survive :func:`decode`, so that the reader
which meets them can say where they stand. A byte order mark and text that is not UTF-8 are refused,
because two programs could read such a document differently.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .money import ZERO, MoneyError

MONEY_PLACES = SCORE_PLACES = 2
RATE_PLACES = 4  # prices and ratios
MAX_COUNT = 1_000_000_000

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_KEY = re.compile(r"\w{1,40}")
_LONGEST_SHOWN = 60
_LONGEST_INT = 20  # digits; far beyond MAX_COUNT, and short enough to read at once


class ReplayError(MoneyError):
    """A broken document: ``path`` names the field, the message is one printable line."""

    def __init__(self, path: str, text: str):
        self.path = path
        line = f"{path or 'document'}: {text}"
        super().__init__("".join(c if c.isprintable() else ascii(c)[1:-1] for c in line))


# ---------------------------------------------------------------------------
# From bytes to objects
# ---------------------------------------------------------------------------


class _Object(dict):
    """A JSON object that remembers a key it was given twice."""

    duplicate = None


@dataclass(frozen=True, slots=True)
class _Number:
    """A JSON number that no field admits: a fraction, an exponent, NaN, or an absurdly long one."""

    text: str


def _keep_duplicates(pairs):
    result = _Object(pairs)
    if len(result) != len(pairs):
        seen = set()
        result.duplicate = next(key for key, _ in pairs if key in seen or seen.add(key))
    return result


def _read_int(text):
    return int(text) if len(text) <= _LONGEST_INT else _Number(text)


def decode(data: bytes):
    """Return the JSON value in ``data``, with odd numbers and duplicate keys kept for the checks.

    :raise ReplayError: if it is not one JSON text in UTF-8
    """
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_keep_duplicates,
            parse_int=_read_int,
            parse_float=_Number,
            parse_constant=_Number,
        )
    except UnicodeDecodeError as error:
        raise ReplayError("", f"文件不是 UTF-8 编码（第 {error.start + 1} 字节）") from error
    except json.JSONDecodeError as error:
        if data.startswith(b"\xef\xbb\xbf"):
            raise ReplayError("", "文件开头有 BOM 标记，请另存为不带 BOM 的 UTF-8") from error
        where = f"第 {error.lineno} 行第 {error.colno} 列"
        raise ReplayError("", f"不是有效的 JSON（{where}）：{error.msg}") from error
    except RecursionError as error:
        raise ReplayError("", "文件嵌套过深，不是复算文件") from error


def dump(document: dict, end: str = "\n") -> str:
    """Return ``document`` as JSON text: one blank of indent a level, and what its kind ends with."""
    return json.dumps(document, ensure_ascii=False, indent=1) + end


# ---------------------------------------------------------------------------
# Small readers: each takes a value and the path that names it
# ---------------------------------------------------------------------------


def shown(value) -> str:
    """Return a short printable picture of a wrong value."""
    match value:
        case None | True | False:
            return json.dumps(value)
        case str():
            short = value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"
            return f"“{short}”"
        case dict():
            return "一个对象"
        case list():
            return "一个数组"
        case _Number():
            return f"数字 {value.text:.{_LONGEST_SHOWN}}"
    return f"数字 {value}"


def at(path: str, key: str) -> str:
    if not _PLAIN_KEY.fullmatch(key):
        return f"{path}[{shown(key)}]"
    return f"{path}.{key}" if path else key


def read_object(value, path, required, optional=()):
    if not isinstance(value, dict):
        raise ReplayError(path, f"应为对象，实际为{shown(value)}")
    duplicate = getattr(value, "duplicate", None)
    if duplicate is not None:
        raise ReplayError(at(path, duplicate), "键重复")
    for key in required:
        if key not in value:
            raise ReplayError(at(path, key), "缺少此项")
    for key in value:
        if key not in required and key not in optional:
            raise ReplayError(at(path, key), "未知的键")
    return value


def read_list(value, path):
    if not isinstance(value, list):
        raise ReplayError(path, f"应为数组，实际为{shown(value)}")
    return value


def read_text(value, path):
    if not isinstance(value, str) or not value:
        raise ReplayError(path, f"应为非空字符串，实际为{shown(value)}")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise ReplayError(path, "含有不成对的代理字符，不是有效文字")
    return value


def read_choice(value, path, choices):
    if not isinstance(value, str) or value not in choices:
        raise ReplayError(path, f"应为 {'、'.join(choices)} 之一，实际为{shown(value)}")
    return value


def read_boolean(value, path):
    if not isinstance(value, bool):
        raise ReplayError(path, f"应为 true 或 false，实际为{shown(value)}")
    return value


def read_day(value, path):
    wrong = ReplayError(path, f'应为日期（如 "2025-12-31"），实际为{shown(value)}')
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise wrong
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise wrong from error


def read_decimal(value, path, places, negative=False, digits=12):
    """:param digits: how many may stand before the point"""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        example = "12.50" if places else "12"
        raise ReplayError(path, f'应为数字字符串（如 "{example}"），实际为{shown(value)}')
    whole, _point, decimals = value.lstrip("-").partition(".")
    if len(whole) > digits:
        raise ReplayError(path, f"整数部分最多 {digits} 位，实际为{shown(value)}")
    if len(decimals) > places:
        raise ReplayError(path, f"最多 {places} 位小数，实际为{shown(value)}")
    number = Decimal(value) or ZERO
    if number < 0 and not negative:
        raise ReplayError(path, f"不能为负，实际为{shown(value)}")
    return number


def read_unsigned(value, path, places, digits):
    """A number that is written without a sign, a zero too."""
    if isinstance(value, str) and value.startswith("-"):
        raise ReplayError(path, f"不能带负号，实际为{shown(value)}")
    return read_decimal(value, path, places, digits=digits)


def read_money(value, path):
    return read_decimal(value, path, MONEY_PLACES)


def read_score(value, path):
    score = read_decimal(value, path, SCORE_PLACES)
    if score > 100:
        raise ReplayError(path, f"得分应在 0 至 100 之间，实际为{shown(value)}")
    return score


def read_integer(value, path, low, high):
    if type(value) is not int or not low <= value <= high:
        raise ReplayError(path, f"应为 {low} 至 {high} 的整数，实际为{shown(value)}")
    return value


def read_count(value, path):
    return read_integer(value, path, 0, MAX_COUNT)
