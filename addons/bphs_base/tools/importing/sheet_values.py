"""Values of uploaded cells turned into what a column wants: codes, counts, amounts, dates.

Each function raises :class:`~..sheet_guard.SheetError` with a text for the user, who typed
full-width digits, thousands separators or blanks, or let Excel make a number of a code.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from ..characters import standard_text
from ..money import FEN
from ..plausible import MOST_COUNTED, MOST_MEASURED
from ..reading.cells import Covered, Unread
from ..sheet_guard import SheetError

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
                                          *range(0xFF41, 0xFF5B))}  # fmt: skip
_WIDE_SIGNS = _WIDE | str.maketrans("，．－＋￥％／：", ",.-+¥%/:")
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"(?P<sign>[+-]?)¥?\s?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]+)?\s?元?")
# A day, with the time of day that some platforms write behind every date.
_DATE = re.compile(
    r"([0-9]{4})\s?(?:年|[-/.])\s?([0-9]{1,2})\s?(?:月|[-/.])\s?([0-9]{1,2})\s?日?"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_EXACT_DIGITS = 15  # Excel loses the digits of a longer number


def normalise(text: str) -> str:
    """Return text as it is compared: full-width letters and digits as plain ones, blanks collapsed.

    Chinese punctuation stays: it belongs to the names of institutions.
    """
    return _BLANKS.sub(" ", standard_text(text).translate(_WIDE)).strip()


def as_text(value) -> str:
    """Return a cell as text; a whole number without a point, as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Covered):
        return as_text(value.value)
    if isinstance(value, Unread):
        return value.shown
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        whole = value.is_finite() and value == value.to_integral_value()
        return f"{int(value)}" if whole else f"{value:f}"
    return normalise(value) if isinstance(value, str) else str(value)


def as_code(value, length: int = 0) -> str:
    """Return a code as text without blanks; 140404102201.0 and １４０４… come back as 140404102201.

    :param length: digits the code must have; leading zeros that Excel dropped are put back
    :raise SheetError: a number too long for Excel to keep, or a code of another length
    """
    number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    text = as_text(value).replace(" ", "")
    if number:
        if not text.isdecimal():
            raise SheetError(f"“{text}”不是编码")
        if len(text) > _EXACT_DIGITS:
            raise SheetError(f"编码超过{_EXACT_DIGITS}位，须以文本格式填写，否则末尾数字会丢失")
        text = text.zfill(length)
    elif text.endswith(".0") and text[:-2].isdecimal():
        text = text[:-2]
    if length and text and len(text) != length:
        raise SheetError(f"编码“{text}”应为{length}位")
    return text


def as_decimal(value) -> Decimal | None:
    """Return an exact number, None for a blank cell.

    :raise SheetError: for whatever is no plain number, such as text, percentages or 1e5
    """
    if value is None or value == "":
        return None
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        if number.is_finite():
            return number
    if isinstance(value, str):
        text = standard_text(value).translate(_WIDE_SIGNS)
        if not text:
            return None
        found = _NUMBER.fullmatch(text)
        if found:
            whole = found["whole"].replace(",", "")
            return Decimal(f"{found['sign']}{whole}{found['part'] or ''}")
    raise SheetError(f"“{as_text(value)[:30]}”不是数字")


def as_integer(value) -> int | None:
    """Return a whole number, None for a blank cell.

    :raise SheetError: for a fraction or whatever is no number
    """
    number = as_decimal(value)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise SheetError(f"“{as_text(value)[:30]}”不是整数")
    if abs(number) > MOST_COUNTED:
        raise SheetError(f"“{as_text(value)[:30]}”太大，请核对")
    return int(number)


def as_money(value) -> Decimal | None:
    """Return yuan in whole fen, None for a blank cell.

    :raise SheetError: for a part smaller than a fen or whatever is no number
    """
    number = as_decimal(value)
    if number is None:
        return None
    if abs(number) > MOST_MEASURED:
        raise SheetError(f"“{as_text(value)[:30]}”太大，请核对")
    fen = number.quantize(FEN)
    if fen != number:
        raise SheetError(f"“{as_text(value)[:30]}”的小数超过两位，金额应精确到分")
    return fen


def as_date(value) -> date | None:
    """Return a date, None for a blank cell: 2025-03-31, 2025/3/31, 2025年3月31日 or 20250331.

    A time of day behind it is left out: it is a day that is asked for.

    :raise SheetError: for another form, or a day the calendar does not have
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value).translate(_WIDE_SIGNS)
    if not text:
        return None
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups()))
    except (AttributeError, ValueError) as error:  # another form, or no day of the calendar
        raise SheetError(f"“{text[:30]}”不是日期，请按 2025-03-31 的格式填写") from error
