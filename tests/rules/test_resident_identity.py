"""Numbers that identify a person: what is right is read, what cannot be right is refused with its reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from odoo.addons.bphs_resident.tools import identity

TODAY = date(2026, 11, 22)


def number(birth, order, region="140499"):
    body = f"{region}{birth}{order:03d}"
    return body + ric.calc_check_digit(body + "0")


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_a_right_number_tells_birth_and_sex(birth, order):
    read = identity.read_id_number(number(f"{birth:%Y%m%d}", order), TODAY)
    assert (read.birth_date, read.sex) == (birth, "male" if order % 2 else "female")


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place, shift):
    right = "11010519491231002X"
    digits = "0123456789X" if place == 17 else "0123456789"
    wrong = right[:place] + digits[(digits.index(right[place]) + shift) % len(digits)] + right[place + 1 :]
    if wrong != right:
        with pytest.raises(identity.IdentityError):
            identity.read_id_number(wrong, TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "characters"),
        ("14049919500101001", "characters"),
        ("04049919500101001X", "characters"),
        ("140499195001010015", "check_digit"),
        (number("19501301", 1), "birth_date"),
        (number("18991231", 1), "birth_date"),
        (number("20261123", 1), "future"),
    ],
)
def test_refusals_have_their_reason(text, code):
    with pytest.raises(identity.IdentityError) as refused:
        identity.read_id_number(text, TODAY)
    assert refused.value.code == code


def test_typing_habits_are_understood():
    assert identity.normalise(" １１010519491231-002x ") == "11010519491231002X"
    assert identity.is_id_number("11010519491231002x")
    assert not identity.is_id_number("110105194912310021")
    assert not identity.is_id_number("1101")
    assert identity.normalise_phone("+86 138-1234-1234") == "13812341234"


@pytest.mark.parametrize("phone", ["13812341234", "0355-8081234", "01088881234", "138 1234 1234"])
def test_phones(phone):
    assert identity.is_phone(phone)


@pytest.mark.parametrize("phone", ["", "12345", "12812341234", "8081234", "138123412345", "abc"])
def test_no_phones(phone):
    assert not identity.is_phone(phone)


def test_health_record_numbers():
    assert identity.is_ehr_number("14040410120100001")
    for wrong in ("1404041012010000", "14040410100000001", "14040410120100000", "0" * 17, "1404041012010000X"):
        assert not identity.is_ehr_number(wrong)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1960, 11, 22), TODAY, 66),
        (date(1960, 11, 23), TODAY, 65),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
    ],
)
def test_age(birth, day, age):
    assert identity.age_on(birth, day) == age
