"""What a screen or a public notice shows of a person: enough to recognise, too little to misuse.

A text too short to hide at least as much as a mask should is hidden whole: a mask that leaves
nearly everything readable would be none.
"""

_STAR = "*"
_FEWEST_HIDDEN = 4


def mask_id(number: str | None) -> str:
    """140499195001010014 -> 140*************** (first three alone).

    A resident's ID number is region (6), birth date (8), sequence (3) and a check digit that follows. Beside a
    birth date or an age the last four would leave one number to whoever knows the county's codes. Without them 1,000
    sequences are left, 500 beside the sex, which is the sequence's last bit.
    """
    return _mask_middle(number, 3, 0)


def mask_phone(number: str | None) -> str:
    """13812341234 -> 138****1234 (first three, last four)."""
    return _mask_middle(number, 3, 4)


def mask_name(name: str | None) -> str:
    """张小明 -> 张*明, 张明 -> 张*, 欧阳小明 -> 欧**明; a single character is hidden."""
    name = (name or "").strip()
    if len(name) <= 2:
        return name[:-1] + _STAR if name else ""
    return name[0] + _STAR * (len(name) - 2) + name[-1]


def mask_account(number: str | None) -> str:
    """6217000012345678 -> ****5678: the last four only, and not how long it is."""
    number = (number or "").strip()
    if not number:
        return ""
    hidden = _STAR * _FEWEST_HIDDEN
    return hidden + number[-4:] if len(number) >= 4 + _FEWEST_HIDDEN else hidden


def _mask_middle(text: str | None, head: int, tail: int) -> str:
    text = (text or "").strip()
    hidden = len(text) - head - tail
    if hidden < _FEWEST_HIDDEN:
        return _STAR * len(text)
    return text[:head] + _STAR * hidden + text[len(text) - tail :]
