"""Values of uploaded cells turned into what a column wants: codes, counts, amounts, dates.

Each function raises :class:`~.sheet_guard.SheetError` with a text for the user, who typed
full-width digits, thousands separators or blanks, or let Excel make a number of a code.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from .money import FEN
from .plausible import MOST_COUNTED, MOST_MEASURED
from .sheet_guard import SheetError

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
                                          *range(0xFF41, 0xFF5B))}  # fmt: skip
_WIDE_SIGNS = _WIDE | str.maketrans("，．－＋￥％　、", ",.-+¥% ,")
_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_UNSEEN = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_NUMBER = re.compile(r"(?P<sign>[+-]?)¥?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]+)?元?")
_DATE = re.compile(r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?(?: 0{1,2}:00(?::00)?)?")
_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_EXACT_DIGITS = 15  # Excel loses the digits of a longer number


def _private_use_names():
    """Characters of names that GBK systems keep in the private use area, by their code since.

    GB 18030 gave 0xFE50 to 0xFEA0 their Unicode places later; the last ones came in 2022.
    """
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    table = {0xE815 + at: bytes((0xFE, trail)).decode("gb18030") for at, trail in enumerate(trails)}
    late = (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864)
    table.update({code: chr(0x9FB4 + at) for at, code in enumerate(late)})
    plane_2 = {0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7,
               0xE83B: 0x2298F, 0xE855: 0x241FE}  # fmt: skip
    table.update({code: chr(found) for code, found in plane_2.items()})
    return {code: char for code, char in table.items() if char != chr(code)}


_NAMES = _private_use_names()


def standard_text(text: str) -> str:
    """Return text trimmed, without unseen marks, private use characters in their real places."""
    return _UNSEEN.sub("", text).translate(_NAMES).strip()


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
        text = standard_text(value).translate(_WIDE_SIGNS).replace(" ", "")
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

    :raise SheetError: for another form, or a day the calendar does not have
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    if not text:
        return None
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups()))
    except (AttributeError, ValueError) as error:  # another form, or no day of the calendar
        raise SheetError(f"“{text[:30]}”不是日期，请按 2025-03-31 的格式填写") from error
