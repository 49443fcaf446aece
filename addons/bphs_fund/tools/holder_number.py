"""Numbers that identify who holds an account. The project's own check of persons, because
python-stdnum also
looks the place of birth up, and fails on county codes that have been abolished since."""

import re

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError


def is_identity_number(number: str) -> bool:
    """Whether this is an 18-digit identity number of a person: form, date of birth and check
    digit (GB 11643)."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return ric.calc_check_digit(number) == number[-1]


def is_holder_number(number: str) -> bool:
    """Whether this is an identity number, or the unified social credit code of a unit (GB
    32100)."""
    return is_identity_number(number) or uscc.is_valid(number)
