"""Steps in the life of a file, and the population pyramid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_resident.tools.moves import ENDED, STEPS, fitting, problem
from odoo.addons.bphs_resident.tools.pyramid import band_label, bands_of

TODAY = date(2026, 3, 1)
STATUSES = ("active", "moved_out", "died", "lost", "merged")


@pytest.mark.parametrize(
    ("kind", "status", "changes", "expected"),
    [
        ("died", "active", {}, None),
        ("died", "moved_out", {}, None),
        ("died", "died", {}, "status"),
        ("died", "active", {"evidence": " "}, "evidence"),
        ("died", "active", {"day": TODAY + timedelta(1)}, "future"),
        ("died", "active", {"day": date(1949, 12, 31)}, "before_birth"),
        ("died", "active", {"day": date(1950, 1, 1)}, None),
        ("died", "active", {"born": None, "day": date(1900, 1, 1)}, None),
        ("within", "active", {}, "village"),
        ("within", "active", {"village": True, "evidence": ""}, None),
        ("within", "lost", {"village": True}, "status"),
        ("out", "active", {}, "elsewhere"),
        ("out", "lost", {"elsewhere": "太原市"}, None),
        ("out", "active", {"elsewhere": "太原市", "evidence": ""}, "evidence"),
        ("lost", "active", {}, None),
        ("back", "died", {}, None),
        ("back", "active", {}, "status"),
        ("back", "merged", {}, "status"),
    ],
)
def test_by_example(kind, status, changes, expected):
    facts = {
        "day": TODAY, "today": TODAY, "born": date(1950, 1, 1), "village": False, "elsewhere": "", "evidence": "证明",
    }  # fmt: skip
    assert problem(kind, status, **{**facts, **changes}) == expected


@pytest.mark.parametrize("kind", sorted(STEPS))
@pytest.mark.parametrize("status", STATUSES)
def test_a_merged_file_never_moves_and_an_ended_one_only_comes_back_or_dies(kind, status):
    refused = problem(kind, status, TODAY, TODAY, None, True, "太原市", "证明") == "status"
    assert refused == (status not in STEPS[kind].sources)
    if status == "merged":
        assert refused
    if STEPS[kind].status in ENDED:
        assert status != STEPS[kind].status or refused


@pytest.mark.parametrize("status", STATUSES)
def test_offered_is_what_is_not_refused(status):
    kinds = [k for k in STEPS if problem(k, status, TODAY, TODAY, None, True, "太原市", "证明") != "status"]
    assert fitting(status) == kinds
    assert bool(kinds) == (status != "merged")


@pytest.mark.parametrize(("band", "label"), [(0, "0–4"), (12, "60–64"), (17, "85–89"), (18, "90+")])
def test_bands(band, label):
    assert band_label(band) == label


@given(st.lists(st.tuples(st.integers(-1, 130), st.sampled_from(["male", "female", "unknown"]), st.integers(0, 999))))
def test_nobody_is_left_out_of_the_pyramid(counts):
    pyramid = bands_of(counts)
    total = sum(pyramid["male"]) + sum(pyramid["female"]) + pyramid["unstated"]
    assert total == sum(persons for _age, _sex, persons in counts)
    assert len(pyramid["labels"]) == len(pyramid["male"]) == len(pyramid["female"]) == 19


def test_a_birthday_decides_the_band():
    pyramid = bands_of([(4, "male", 1), (5, "male", 2), (90, "female", 3), (117, "female", 4)])
    assert pyramid["male"][:2] == [1, 2] and pyramid["female"][18] == 7
