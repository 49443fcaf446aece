"""Workload statements: what a line may hold, and which steps and quantities are open to whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_workload.tools.statement import (
    EDITORS,
    STEPS,
    by_unit,
    editors_of,
    line_problem,
    submission_due,
)

quantities = st.integers(min_value=-50, max_value=200)
reasons = st.sampled_from([None, "", "  ", "无血压记录"])


@given(quantities, quantities, quantities, quantities, reasons)
def test_a_sound_line_verifies_between_zero_and_what_was_reported(planned, reported, invalid, false_qty, reason):
    problem = line_problem(planned, reported, invalid, false_qty, reason)
    if problem is None:
        assert 0 <= reported - invalid - false_qty <= reported
        assert planned >= 0 and invalid >= 0 and false_qty >= 0
        assert not invalid or reason.strip()
    elif problem == "negative":
        assert min(planned, reported, invalid, false_qty) < 0
    elif problem == "too_much_refused":
        assert invalid + false_qty > reported
    else:
        assert problem == "no_reason" and invalid and not (reason or "").strip()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ((0, 0, 0, 0, None), None),
        ((30, 10, 4, 6, "重复上报"), None),
        ((30, 10, 4, 7, "重复上报"), "too_much_refused"),
        ((0, 10, 0, 11, None), "too_much_refused"),
        ((0, 10, 1, 0, " "), "no_reason"),
        ((0, 1_000_000, 0, 0, None), None),
        ((0, 1_000_001, 0, 0, None), "too_many"),
        ((2**40, 0, 0, 0, None), "too_many"),
        ((0, 10, 0, 1, None), None),
        ((-1, 10, 0, 0, None), "negative"),
        ((0, -1, 0, 0, None), "negative"),
    ],
)
def test_lines(line, problem):
    assert line_problem(*line) == problem


def test_nothing_moves_once_verified():
    for state in ("verified", "locked"):
        for field in ("planned", "reported", "invalid", "invalid_reason", "false_qty"):
            assert editors_of(state, field) == ()


def test_the_clinic_neither_verifies_nor_touches_findings():
    for name, transition in STEPS.items():
        assert ("village_doctor" in transition.roles) == (name == "submit")
    for state, editors in EDITORS.items():
        for field, roles in editors.items():
            its_own = state == "draft" and field in ("reported", "answered")
            assert ("village_doctor" in roles) == its_own


def test_every_way_back_to_the_clinic_needs_a_reason():
    for transition in STEPS.values():
        assert transition.reason_required == (transition.target == "draft")


def test_a_statement_reaches_locked_only_by_submission_and_verification():
    forward = {source: t.target for t in STEPS.values() for source in t.sources if t.target != "draft"}
    assert forward == {"draft": "submitted", "submitted": "verified", "verified": "locked"}


def test_due_ten_days_after_the_quarter():
    assert submission_due(date(2025, 3, 31)) == date(2025, 4, 10)
    assert submission_due(date(2025, 12, 31)) == date(2026, 1, 10)


def test_nobody_adds_papers_to_visits():
    assert by_unit([("人次", 30), ("份", 5), ("人次", 4), ("期", 0)]) == {"人次": 34, "份": 5}
    assert by_unit([]) == {}
