"""When a health record is up to standard and in use, and the row that is stored of a person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_resident.tools import columns, file_state, sealing

TODAY = date(2026, 11, 22)
KEYS = sealing.Keyring(sealing.new_key_line("k1"))
WHOLE = {
    "ehr_number": "14049910120100001",
    "name": "张三丰",
    "township_id": 5,
    "id_number": "140499195001010014",
    "birth_date": date(1950, 1, 1),
    "sex": "male",
    "phone": "13812341234",
    "household_id": 7,
    "relation": "head",
    "last_service_on": date(2026, 6, 1),
    "groups": ("elderly_65",),
}


def test_a_whole_file_is_up_to_standard():
    assert file_state.failures(WHOLE, TODAY) == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("id_number", None, "no_id"),
        ("birth_date", None, "no_birth_date"),
        ("sex", "unknown", "no_sex"),
        ("sex", "unstated", "no_sex"),
        ("sex", None, "no_sex"),
        ("phone", "", "no_phone"),
        ("household_id", None, "no_household"),
        ("relation", None, "no_relation"),
        ("last_service_on", None, "not_dynamic"),
        ("last_service_on", date(2025, 11, 22), "not_dynamic"),
    ],
)
def test_each_want_is_named(column, value, code):
    assert file_state.failures({**WHOLE, column: value}, TODAY) == [code]


def test_wants_are_told_in_their_order():
    assert file_state.failures({}, TODAY) == list(file_state.FAILURES)


def test_age_alone_makes_some_groups():
    for born, groups in (
        (TODAY, ["child_0_6"]),
        (date(2019, 11, 23), ["child_0_6"]),  # seven tomorrow
        (date(2019, 11, 22), []),
        (date(1961, 11, 23), []),  # sixty-five tomorrow
        (date(1961, 11, 22), ["elderly_65"]),
        (date(1920, 2, 29), ["elderly_65"]),
        (None, []),
    ):
        assert file_state.groups_by_age(born, TODAY) == groups


def test_key_groups_need_a_record_a_year_others_two():
    old = {**WHOLE, "last_service_on": date(2025, 1, 1), "groups": ()}
    assert file_state.failures(old, TODAY) == ["not_dynamic"]  # by age alone
    seen = {**WHOLE, "birth_date": date(1980, 1, 1), "last_service_on": date(2025, 1, 1)}
    assert file_state.failures(seen, TODAY) == ["not_dynamic"]
    assert file_state.failures({**seen, "groups": ()}, TODAY) == []


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 48))
def test_months_before(day, months):
    before = file_state.months_before(day, months)
    assert before.day <= day.day
    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months


def test_in_use_means_a_record_within_a_year():
    assert file_state.is_dynamic(date(2025, 11, 23), None, TODAY)
    assert not file_state.is_dynamic(date(2025, 11, 22), None, TODAY)
    assert not file_state.is_dynamic(None, None, TODAY)


def test_use_begins_with_the_file():
    assert file_state.is_dynamic(None, TODAY, TODAY)
    assert file_state.is_dynamic(date(2020, 1, 1), date(2025, 11, 23), TODAY)
    assert not file_state.is_dynamic(None, date(2025, 11, 22), TODAY)
    assert not file_state.failures({**WHOLE, "last_service_on": None, "file_created_on": TODAY}, TODAY)


def test_restricted_by_any_sensitive_group():
    assert file_state.is_restricted(["hypertension", "smi"]) and file_state.is_restricted(("tb",))
    assert not file_state.is_restricted(["hypertension"])


def test_the_row_of_a_person():
    row = dict(zip(columns.RESIDENT_COLUMNS, columns.row_of(WHOLE, KEYS, TODAY), strict=True))
    assert KEYS.open(sealing.ID_NUMBER, row["id_cipher"]) == WHOLE["id_number"]
    assert row["id_index"] == KEYS.index(sealing.ID_NUMBER, WHOLE["id_number"])
    assert row["id_last4_index"] == KEYS.index(sealing.ID_LAST4, "0014")
    assert KEYS.open(sealing.PHONE, row["phone_cipher"]) == WHOLE["phone"]
    assert (row["pinyin"], row["initials"]) == ("zhang san feng", "zsf")
    assert (row["standardised"], row["failures"], row["restricted"]) == (True, None, False)
    assert (row["status"], row["active"], row["id_type"]) == ("active", True, "resident_id")
    assert "140499195001010014" not in map(str, row.values())
    nameless = {"name": "无名", "township_id": 1, "groups": ("smi",)}
    empty = dict(zip(columns.RESIDENT_COLUMNS, columns.row_of(nameless, KEYS, TODAY), strict=True))
    assert empty["id_cipher"] is empty["phone_index"] is None
    assert empty["restricted"] and not empty["standardised"]


@given(st.text(max_size=20))
def test_copy_escapes_text(text):
    line = columns.copy_line((text, None, True, False, [1, -2], 3, date(2026, 1, 2)))
    assert line.endswith("\t\\N\tt\tf\t{1,-2}\t3\t2026-01-02\n")
    first = line.split("\t")[0]
    assert "\n" not in first and "\r" not in first
    pairs = (("\\\\", "\0"), ("\\t", "\t"), ("\\n", "\n"), ("\\r", "\r"), ("\0", "\\"))
    plain = first
    for escaped, character in pairs:
        plain = plain.replace(escaped, character)
    assert "\0" in text or plain == text
