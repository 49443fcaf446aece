"""Amounts in Chinese capitals (人民币大写), as banks ask for them.

Source: 《正确填写票据和结算凭证的基本规定》.

Where it leaves a choice: a sum that ends at yuan or jiao closes with 整; no 零 is written
between a round unit and the next digit (壹拾万柒仟元, 壹仟陆佰捌拾元叁角贰分);
a sum below one yuan starts at its first digit (伍分).
"""

from decimal import Decimal

from .money import MoneyError, to_decimal, to_fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_LIMIT = 10**16  # 亿 may itself be counted up to 仟万: 壹仟万亿 is the last word we have


def chinese_capitals(amount: Decimal | int | float | str) -> str:
    """Return ``amount`` yuan in capitals: 1409.50 -> 壹仟肆佰零玖元伍角整.

    :raise MoneyError: for a part smaller than a fen, or 10^16 yuan and more
    """
    number = to_decimal(amount)
    fen = to_fen(number)
    if abs(fen) >= _LIMIT * 100:
        raise MoneyError(f"金额过大，无法写成大写：{number}")
    if fen == 0:
        return "零元整"
    yuan, rest = divmod(abs(fen), 100)
    jiao, fen_digit = divmod(rest, 10)
    text = "负" if fen < 0 else ""
    if yuan:
        text += _whole(yuan) + "元"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan and fen_digit:
        text += "零"  # required: the jiao are skipped but the fen are not
    return text + (_DIGITS[fen_digit] + "分" if fen_digit else "整")


def _whole(number: int) -> str:
    """Read a positive whole number; 零 stands where the next lower place is skipped."""
    for unit, name in _UNITS:
        if number >= unit:
            high, low = divmod(number, unit)
            text = _whole(high) + name
            if low:
                text += ("零" if low < unit // 10 else "") + _whole(low)
            return text
    return _DIGITS[number]
