from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.plausible import (
    MOST_COUNTED,
    MOST_ID,
    MOST_MEASURED,
    are_ids,
    implausible_id,
    implausible_number,
    is_of_its_kind,
)


@pytest.mark.parametrize(
    ("kind", "value", "refused"),
    [
        ("integer", MOST_COUNTED, False),
        ("integer", -MOST_COUNTED - 1, True),
        ("integer", "12", False),
        ("integer", "twelve", True),
        ("monetary", MOST_MEASURED, False),
        ("monetary", MOST_MEASURED + 1, True),
        ("float", float("nan"), True),
        ("float", float("-inf"), True),
        ("float", "nan", True),
        ("float", [1], True),
        ("float", None, False),
        ("monetary", Decimal("1.01"), False),
        ("monetary", Decimal("1e13"), True),
        ("monetary", Decimal("NaN"), True),
        ("integer", False, False),
    ],
)
def test_numbers(kind, value, refused):
    assert implausible_number(kind, value) is refused


@pytest.mark.parametrize(
    ("value", "refused"),
    [(1, False), (MOST_ID, False), (MOST_ID + 1, True), (0, False), (-1, True), (True, True), (False, False),
     (None, False), ("", False), ("7", True), ([7], True), (1.5, True)],
)  # fmt: skip
def test_ids(value, refused):
    assert implausible_id(value) is refused


@given(st.integers())
def test_what_passes_fits_the_column(value):
    if not implausible_number("integer", value):
        assert -(2**31) <= value < 2**31
    if not implausible_id(value):
        assert 0 <= value < 2**31


@pytest.mark.parametrize(
    ("value", "are"),
    [
        (None, True), (False, True), ([], True), ((), True), (7, True), ([7, MOST_ID], True), ((7,), True),
        (0, False), ([0], False), ([7, 0], False), ([7, None], False), ([False], False), (True, False), ([True], False),
        (-1, False), ([MOST_ID + 1], False), ("7", False), ("", False), (["x"], False), ([[7]], False), ({}, False),
        ([{"id": 7}], False), (7.0, False), ([[]], False),
    ],
    ids=str,
)  # fmt: skip
def test_ids_as_a_client_sends_them(value, are):
    assert are_ids(value) is are


@pytest.mark.parametrize(
    ("name", "value", "is_one"),
    [
        ("reason", "核对", True), ("reason", "", True), ("reason", None, True), ("reason", False, True),
        ("reason", 1, False), ("query", ["x"], False), ("note", True, False), ("field", {}, False),
        ("filters", {"status": "active"}, True), ("filters", None, True), ("filters", "x", False),
        ("filters", [1], False),
        ("institution_id", 7, True), ("institution_id", "7", True), ("institution_id", False, True),
        ("institution_id", "x", False), ("institution_id", 1.5, False), ("institution_id", MOST_ID + 1, False),
        ("institution_id", "9" * 5000, False), ("institution_id", [7], False), ("institution_id", True, False),
        ("rows", [1], True),
    ],
    ids=str,
)  # fmt: skip
def test_what_can_be_said_for_a_parameter(name, value, is_one):
    assert is_of_its_kind(name, value) is is_one
