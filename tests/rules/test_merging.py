"""Two files become one: what is kept, and that undoing brings everything back."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_resident.tools import merging
from odoo.addons.bphs_resident.tools.likeness import sound_of, sound_steps
from odoo.addons.bphs_resident.tools.pinyin import SYLLABLES, pinyin_of

COLUMNS = sorted(
    {column for columns in merging.BUNDLES.values() for column in columns}
    | merging.FILLED
    | merging.EARLIER
    | merging.LATER
    | merging.EITHER
    | {"name"}
)
days = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2026, 1, 1)))


def value_of(column):
    if column in merging.EITHER:
        return st.booleans()
    if column in merging.EARLIER | merging.LATER or column == "birth_date":
        return days
    if column == "sex":
        return st.sampled_from(["male", "female", "unknown", "unstated"])
    return st.one_of(st.none(), st.text("张王李12", min_size=1, max_size=3))


def consistent(file):
    """What belongs to a number is there with it, and not without it."""
    for key, columns in merging.BUNDLES.items():
        if file[key] in merging._BLANK:
            file |= dict.fromkeys(columns)
    return file


files = st.fixed_dictionaries({column: value_of(column) for column in COLUMNS}).map(consistent)
EMPTY = dict.fromkeys(COLUMNS)


def merged(survivor, other):
    result = dict(survivor)
    for choice in merging.choices(survivor, other):
        result |= choice.values
    return result


@pytest.mark.parametrize(
    ("survivor", "other", "column", "values", "why"),
    [
        ({"name": "张伟"}, {"name": "张玮"}, "name", {}, "kept"),
        ({"sex": "unknown"}, {"sex": "male"}, "sex", {"sex": "male"}, "filled"),
        ({"sex": "male"}, {"sex": "female"}, "sex", {}, "kept"),
        ({"file_created_on": date(2015, 1, 1)}, {"file_created_on": date(2012, 1, 1)}, "file_created_on",
         {"file_created_on": date(2012, 1, 1)}, "earlier"),
        ({"opened_on": date(2011, 1, 1)}, {"opened_on": date(2012, 1, 1)}, "opened_on", {}, "earlier"),
        ({"last_service_on": date(2011, 1, 1)}, {"last_service_on": date(2012, 1, 1)}, "last_service_on",
         {"last_service_on": date(2012, 1, 1)}, "later"),
        ({"last_service_on": date(2013, 1, 1)}, {"last_service_on": date(2012, 1, 1)}, "last_service_on", {}, "later"),
        ({"living_alone": False}, {"living_alone": True}, "living_alone", {"living_alone": True}, "either"),
        ({"id_index": "a"}, {"id_index": "b"}, "id_index", {}, "kept"),
        ({"household_id": None, "relation": None}, {"household_id": 7, "relation": "head"}, "household_id",
         {"household_id": 7, "relation": "head"}, "filled"),
    ],
)  # fmt: skip
def test_by_example(survivor, other, column, values, why):
    (choice,) = merging.choices({**EMPTY, **survivor}, {**EMPTY, **other})
    assert choice == (column, values, why)


def test_a_number_comes_with_all_that_belongs_to_it():
    theirs = {"id_type": "resident_id", "id_cipher": "k.x", "id_index": "f", "id_last4_index": "g", "id_reason": None}
    (choice,) = merging.choices({**EMPTY, "id_type": "none", "id_reason": "未办"}, {**EMPTY, **theirs})
    assert choice.values == theirs


@given(files)
def test_a_file_merged_with_itself_or_with_nothing_stays(file):
    assert merging.choices(file, file) == []
    assert merged(file, EMPTY) == file


@given(files, files)
def test_nothing_known_is_lost(survivor, other):
    result = merged(survivor, other)
    for column in COLUMNS:
        if survivor[column] not in merging._BLANK:
            assert result[column] not in merging._BLANK
    for column in merging.EITHER:
        assert bool(result[column]) == bool(survivor[column] or other[column])
    assert merged(result, other) == result  # the second time changes nothing


@given(files, files, files)
def test_undoing_restores_and_notices_later_changes(survivor, other, later):
    after = merged(survivor, other)
    changed = merging.changed_columns(survivor, after)
    assert {**after, **{column: survivor[column] for column in changed}} == survivor
    assert merging.drifted_columns(survivor, after, after) == []
    drifted = merging.drifted_columns(survivor, after, later)
    assert set(drifted) <= set(changed)
    assert all(later[column] not in (after[column], survivor[column]) for column in drifted)
    unticked = {column: None if value is False else value for column, value in after.items()}
    assert merging.drifted_columns(survivor, after, unticked) == []
    assert merging.drifted_columns(survivor, after, later, ignored=COLUMNS) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("张伟", "张玮", True),
        ("陈静", "程晶", True),
        ("刘兰", "牛南", True),
        ("张三丰", "臧三分", True),
        ("吕艳", "鲁燕", True),
        ("张伟", "王伟", False),
        ("张伟", "张伟东", False),
        ("李安", "栗岸", True),
    ],
)
def test_names_by_ear(one, other, alike):
    assert (sound_of(pinyin_of(one)) == sound_of(pinyin_of(other))) is alike


def test_a_second_reading_is_left_out():
    assert sound_of("shan xiong|dan xiong") == "san xion"
    assert sound_of(None) == sound_of("") == ""


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=4))
def test_a_sound_has_the_syllables_of_its_name(syllables):
    sound = sound_of(" ".join(syllables))
    assert len(sound.split(" ")) == len(syllables)
    assert sound_of(sound) == sound
    # The steps change one syllable without looking at its neighbours.
    assert sound == " ".join(sound_of(syllable) for syllable in syllables)


def test_the_steps_are_fit_for_both_engines():
    for pattern, replacement in sound_steps():
        re.compile(pattern)
        assert not set(pattern) & set("?{}\\[") - {"["}
        assert re.fullmatch(r"[a-z]*(\\1)?[a-z]*", replacement)
