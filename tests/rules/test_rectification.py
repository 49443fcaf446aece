"""The life of a rectification task, its clock, and the words of a list of problems."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.steps import barred_as
from odoo.addons.bphs_rectification.tools import annex, deadlines, states

NAMES = [name for name, __ in states.STATES]
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


# === STATES ===


def test_every_state_is_reached_and_every_step_known():
    reached = {step.target for step in states.STEPS.values()}
    assert reached == set(NAMES) - {"draft"}
    for step in states.STEPS.values():
        assert set(step.sources) <= set(NAMES)
        assert step.target in NAMES
        for sides in states.SIDES.values():
            assert step.side in sides


def test_backward_steps_need_a_reason():
    order = {name: at for at, name in enumerate(NAMES)}
    for name, step in states.STEPS.items():
        backward = any(order[source] > order[step.target] for source in step.sources)
        assert step.reason_required == (backward or name == "cancel"), name


def test_nothing_leads_from_cancelled_and_only_a_reason_from_closed():
    leaving = {name: step for name, step in states.STEPS.items() if "closed" in step.sources}
    assert set(leaving) == {"reopen"}
    assert not any("cancelled" in step.sources for step in states.STEPS.values())


def test_no_role_both_does_and_judges_at_a_level():
    for sides in states.SIDES.values():
        assert not set(sides["responsible"]) & set(sides["verifier"])
        assert not set(sides["responsible"]) & set(sides["clerk"])


def test_nothing_of_the_work_is_written_once_it_was_handed_in():
    for state in ("submitted", "verified", "closed", "cancelled"):
        for field in ("cause", "measures", "result", "responsible_id", "deadline", "severity"):
            assert states.sides_that_edit(state, field) == ()
    assert states.sides_that_edit("in_progress", "result") == ("responsible",)
    assert states.roles_of("responsible", "clinic") == ("village_doctor",)


PEOPLE = st.integers(1, 6)


def problem(step, person, responsible, submitters, verifier):
    people = {"responsible": {responsible}, "submitter": submitters, "verifier": {verifier}}
    return barred_as(states.STEPS[step], person, people)


@given(PEOPLE, st.none() | PEOPLE, st.sets(PEOPLE), st.none() | PEOPLE)
def test_whoever_may_close_did_nothing_else(person, responsible, submitters, verifier):
    closing = problem("close", person, responsible, submitters, verifier)
    assert (closing is None) == (person != responsible and person not in submitters and person != verifier)
    verify = problem("verify", person, responsible, submitters, verifier)
    assert (verify is None) == (person != responsible and person not in submitters)
    assert problem("reopen", person, responsible, submitters, verifier) is None


def test_the_first_objection_is_named():
    assert problem("close", 1, 1, {1}, 1) == "responsible"
    assert problem("close", 1, 2, {1}, 1) == "submitter"
    assert problem("close", 1, 2, {3}, 1) == "verifier"


# === CLOCK ===


def test_the_most_urgent_severity_decides():
    assert deadlines.most_urgent({"ongoing", "limited"}) == "limited"
    assert deadlines.most_urgent({"ongoing", "immediate"}) == "immediate"
    with pytest.raises(ValueError):
        deadlines.most_urgent(set())


def test_the_terms_a_new_database_begins_with():
    assert deadlines.DEFAULT_DAYS == {"immediate": 7, "limited": 30, "ongoing": 90}
    assert deadlines.DEFAULT_REPEAT_DAYS == 365


@given(DAYS, st.integers(1, 400))
def test_a_deadline_is_days_after_the_issue(issued, days):
    assert (deadlines.raw_deadline(issued, days) - issued).days == days


@given(st.integers(-100, 100))
def test_the_colour_follows_the_days_left(left):
    running = deadlines.colour(True, left)
    assert running == (1 if left < 0 else 2 if left <= 3 else 3 if left <= 7 else 10)
    assert deadlines.colour(False, left) == 0


# === WORDS OF A LIST ===

FOUND = date(2025, 12, 20)


@pytest.mark.parametrize(
    ("text", "severity", "deadline"),
    [
        ("立行立改", "immediate", None),
        ("限期整改", "limited", None),
        ("持续整改", "ongoing", None),
        ("长期坚持", "ongoing", None),
        ("7天", None, date(2025, 12, 27)),
        ("30日内", None, date(2026, 1, 19)),
        ("5个工作日", None, date(2025, 12, 27)),
        ("限期30天", "limited", date(2026, 1, 19)),
        ("2026年3月31日前", None, date(2026, 3, 31)),
        ("2026-03-31", None, date(2026, 3, 31)),
        ("2026/3/31", None, date(2026, 3, 31)),
        ("3月31日", None, date(2026, 3, 31)),
        ("12月31日前", None, date(2025, 12, 31)),
        ("立行立改，12月25日前", "immediate", date(2025, 12, 25)),
    ],
)
def test_a_term_is_understood(text, severity, deadline):
    assert annex.parse_term(text, FOUND) == (severity, deadline)


@pytest.mark.parametrize("text", ["尽快", "2026年2月30日", "13月1日", "x"])
def test_a_term_that_says_no_day_is_refused(text):
    with pytest.raises(annex.TermError, match=text):
        annex.parse_term(text, FOUND)


@given(DAYS, DAYS)
def test_any_day_written_out_is_that_day(found, day):
    assert annex.parse_term(f"{day.year}年{day.month}月{day.day}日", found) == (None, day)


@given(DAYS, st.integers(1, 999))
def test_any_number_of_days_counts_from_the_finding(found, days):
    assert annex.parse_term(f"{days}天内", found) == (None, found + timedelta(days=days))


def test_units_of_a_cell():
    assert annex.split_units("甲镇、乙镇，丙镇; 甲镇") == ["甲镇", "乙镇", "丙镇"]
    assert annex.split_units(" 、 ") == []


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("各卫生院", "township"),
        ("全区各乡镇卫生院", "township"),
        ("所有卫生院", "township"),
        ("各村卫生室", "clinic"),
        ("全县村卫生室", "clinic"),
        ("各单位", "all"),
        ("甲镇卫生院", None),
        ("各部门", None),
    ],
)
def test_words_for_all_units(text, group):
    assert annex.unit_group(text) == group


TYPES = {
    1: ("用药情况填写不规范", ["用药"]),
    2: ("健康指导不到位", ["健康指导"]),
    3: ("空项", ["空项", "更新不及时"]),
    4: ("x", []),
}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["用药情况填写不规范"], 1),
        (["高血压患者用药未填写", "空项"], 1),
        (["高血压患者未管理", "空项"], 3),
        (["", "健康档案更新不及时，存在空项，用药不全"], 3),
        (["对老年人健康指导流于形式"], 2),
        (["用药健康指导缺失"], 2),
        (["没有这样的词"], None),
        ([], None),
        ([None, ""], None),
    ],
)
def test_the_type_is_recognised(texts, found):
    assert annex.recognise_type(texts, TYPES) == found


WORKS = {8: ("老年人和慢性病健康管理", ["老年人", "慢性病", "高血压"]), 9: ("孕产妇健康管理", ["孕产妇"])}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["高血压患者随访记录缺少签字"], 8),
        (["老年人和慢性病随访中用药情况填写不规范"], 1),
        (["高血压患者随访记录缺少签字", "用药"], 1),
        (["手册填写不全", "孕产妇健康管理"], 9),
        (["没有这样的词"], None),
    ],
)
def test_the_work_decides_where_no_kind_is_told(texts, found):
    assert annex.recognise_type(texts, TYPES, WORKS) == found
