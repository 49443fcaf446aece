"""Numbers that identify a person: the resident's ID number, the health record number, the telephone.

Sources: GB 11643-1999 (ID number), the 17-digit number of the health record (national specification of basic public
health services, third edition, residents' health records: 6 county + 3 township + 3 village + 5 person).
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from stdnum.cn import ric

MALE, FEMALE = "male", "female"
# Nobody alive was born before; an older year is a typing error.
FIRST_YEAR = 1900

_ID_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
_EHR_NUMBER = re.compile(r"[1-9][0-9]{16}")
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[1-9][0-9]{6,7}")


class IdentityError(ValueError):
    """A number that cannot be right.

    ``code``: ``characters`` (not 17 digits and a check character), ``check_digit``, ``birth_date`` (no such day),
    ``future`` (born after today).
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Identity(NamedTuple):
    """What an ID number says of its holder."""

    number: str
    birth_date: date
    sex: str


def normalise(text: str | None) -> str:
    """Full-width characters become plain, letters capital, spaces and dashes go: ``１404 99`` -> ``140499``."""
    if text and text.isascii() and text.isalnum():
        return text.upper()
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text or "")).upper()


def read_id_number(text: str, today: date) -> Identity:
    """Check a resident's ID number and read birth date and sex from it.

    The first six digits are the place of first registration, not of residence, and are not looked up: places have been
    renamed and merged, and old numbers keep theirs.

    :param today: the latest possible birth date
    :raise IdentityError: the number cannot be right
    """
    number = normalise(text)
    if not _ID_NUMBER.fullmatch(number):
        raise IdentityError("characters")
    if number[-1] != ric.calc_check_digit(number):
        raise IdentityError("check_digit")
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityError("birth_date") from None
    if birth_date.year < FIRST_YEAR:
        raise IdentityError("birth_date")
    if birth_date > today:
        raise IdentityError("future")
    return Identity(number, birth_date, MALE if int(number[16]) % 2 else FEMALE)


def is_id_number(text: str) -> bool:
    """Whether a text is a whole ID number with the right check character."""
    number = normalise(text)
    return bool(_ID_NUMBER.fullmatch(number)) and number[-1] == ric.calc_check_digit(number)


def is_ehr_number(text: str) -> bool:
    """Whether a text is a health record number: 17 digits, of which village and person are not zero."""
    return bool(_EHR_NUMBER.fullmatch(text)) and text[9:12] != "000" and text[12:] != "00000"


def is_phone(text: str) -> bool:
    """Whether a text is a mobile (11 digits) or a fixed number with its area code."""
    return bool(_PHONE.fullmatch(normalise_phone(text)))


def normalise_phone(text: str | None) -> str:
    """``+86 138-1234-1234`` -> ``13812341234``; a fixed number loses its dash too."""
    return normalise(text).removeprefix("+86")


def age_on(birth_date: date, day: date) -> int:
    """Completed years of life on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
