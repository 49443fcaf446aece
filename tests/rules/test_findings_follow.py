"""Records followed as a set leave what following them one after the other leaves."""

import copy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_service.tools.findings import FindingRule
from odoo.addons.bphs_service.tools.findings_follow import Exam, Standing, follow

HIGH = FindingRule(1, "pressure", "systolic", ">=", Decimal(140))
CRISIS = FindingRule(2, "pressure", "systolic", ">=", Decimal(180), severity="critical")
LOW = FindingRule(3, "pressure", "diastolic", ">=", Decimal(90))
SUGAR = FindingRule(4, "sugar", "glucose", ">=", Decimal(7))
RULES = {"": [HIGH, CRISIS, LOW, SUGAR], "exam": [HIGH, CRISIS, LOW, SUGAR]}
FIRST = date(2025, 1, 1)


def exam(number, days, person=1, form="exam", **given_):
    return Exam(number, person, form, FIRST + timedelta(days), given_, None)


def told(touched):
    return {(one.code, one.exam, one.seen, one.open, one.closed, one.voided, one.questions) for one in touched}


def test_an_exam_finds_what_is_abnormal():
    (one,) = follow([exam(7, 0, systolic=186, diastolic=96, glucose=5)], [], RULES)
    assert (one.id, one.code, one.exam, one.day, one.questions) == (
        None,
        "pressure",
        7,
        FIRST,
        ("systolic", "diastolic"),
    )
    assert one.open and one.found.rule is CRISIS and one.seen is None


def test_a_later_record_in_the_same_set_closes_what_an_earlier_one_found():
    exams = [exam(2, 9, form="visit", systolic=130), exam(1, 0, systolic=150)]
    (one,) = follow(exams, [], RULES)
    assert (one.exam, one.seen, one.open, one.closed) == (1, 2, False, True)


def test_what_is_open_is_not_found_again():
    (one,) = follow([exam(1, 0, systolic=150), exam(2, 9, systolic=152)], [], RULES)
    assert (one.exam, one.seen, one.open) == (1, 2, True)


def test_an_earlier_record_that_comes_late_says_nothing_of_a_later_finding():
    standing = Standing(5, 1, "pressure", 4, FIRST + timedelta(30), ("systolic",))
    (new,) = follow([exam(9, 0, systolic=150)], [standing], RULES)
    assert (new.id, new.exam) == (None, 9)
    assert not standing.is_touched


def test_a_record_that_does_not_measure_it_leaves_it_alone():
    standing = Standing(5, 1, "sugar", 4, FIRST, ("glucose",))
    assert follow([exam(9, 3, systolic=120)], [standing], RULES) == []
    assert standing.open


def test_a_hidden_record_says_nothing_of_what_everybody_sees():
    shown = Standing(5, 1, "pressure", 4, FIRST, ("systolic",))
    hidden = Standing(6, 1, "sugar", 4, FIRST, ("glucose",), hidden=True)
    touched = follow([replace(exam(9, 9, systolic=120, glucose=5), hidden=True)], [shown, hidden], RULES)
    assert touched == [hidden] and hidden.closed
    assert not shown.is_touched


def test_a_hidden_finding_keeps_none_from_being_found_that_everybody_sees():
    hidden = Standing(6, 1, "sugar", 4, FIRST, ("glucose",), hidden=True)
    first, new = follow([exam(9, 9, glucose=8)], [hidden], RULES)
    assert (first, new.id, new.exam, new.hidden) == (hidden, None, 9, False)
    (seen,) = follow([replace(exam(9, 9, glucose=8), hidden=True)], [hidden], RULES)
    assert seen is hidden and seen.open, "but a hidden one finds no second"


def test_a_record_put_right_tells_its_own_findings_anew():
    mine = [
        Standing(5, 1, "pressure", 9, FIRST, ("systolic",)),
        Standing(6, 1, "sugar", 9, FIRST, ("glucose",)),
        Standing(8, 1, "other", 9, FIRST, ("ecg",), open=False),
    ]
    touched = {one.id: one for one in follow([exam(9, 0, systolic=184, glucose=5)], mine, RULES)}
    assert touched[5].found.rule is CRISIS and touched[5].open
    assert touched[6].voided and not touched[6].open
    assert touched[8].voided
    handled = Standing(5, 1, "pressure", 9, FIRST, ("systolic",), open=False)
    assert follow([exam(9, 0, systolic=184)], [handled], RULES) == [], "what somebody handled stays"


EXAMS = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.integers(1, 3),
        st.sampled_from(("exam", "visit")),
        st.none() | st.integers(100, 200),
        st.none() | st.integers(60, 110),
        st.none() | st.integers(4, 12),
    ),
    max_size=12,
)


@given(EXAMS)
def test_a_set_is_what_one_after_the_other_is(made):
    exams = [
        exam(number, days, person, form, systolic=high, diastolic=low, glucose=sugar)
        for number, (days, person, form, high, low, sugar) in enumerate(made, start=1)
    ]
    whole = follow(copy.deepcopy(exams), [], RULES)
    standing = []
    for one in sorted(exams, key=lambda exam: (exam.day, exam.id)):
        touched = follow([one], standing, RULES)
        standing += [row for row in touched if not any(row is old for old in standing)]
    assert told(whole) == told(standing)
    assert len(whole) == len(standing)
    open_ = [(row.person, row.code) for row in whole if row.open]
    assert len(open_) == len(set(open_)), "one open finding of a kind a person, where days go forward"
