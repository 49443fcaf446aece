"""Which answers of a survey count, what they say, and how many an open code takes."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_survey.tools.pace import Pace
from odoo.addons.bphs_survey.tools.validity import (
    AWARE,
    CONTRADICTING,
    DUPLICATE,
    NOT_DRAWN,
    NOT_RESIDENT,
    REFUSED,
    SATISFIED,
    SCREEN,
    TOO_QUICK,
    Rules,
    Said,
    Verdict,
    judge,
)

# Questions 1 to 6 with two choices each: N0 says no, N1 yes.
RULES = Rules(
    {1: SCREEN, 2: AWARE, 3: AWARE, 4: AWARE, 5: SATISFIED},
    {11, 21, 31, 41, 51},
    [frozenset((61, 70))],
    aware_least=2,
    least_seconds=15,
)
GOOD = {1: 11, 2: 21, 3: 31, 4: 40, 5: 51, 6: 61, 7: 71}


def said(seconds=60, **others):
    return Said({**GOOD, **others.pop("chosen", {})}, seconds, **others)


def test_a_good_answer_counts():
    assert judge(said(), RULES) == Verdict("", True, True)
    assert judge(said(chosen={3: 30}), RULES) == Verdict("", False, True)
    assert judge(said(chosen={5: 50}), RULES) == Verdict("", True, False)


def test_each_reason():
    for answer, reason in (
        (said(seconds=14), TOO_QUICK),
        (said(chosen={7: 70}), CONTRADICTING),
        (said(chosen={1: 10}), NOT_RESIDENT),
        (Said(refused=True), REFUSED),
        (said(drawn=False), NOT_DRAWN),
        (said(again=True), DUPLICATE),
    ):
        assert judge(answer, RULES) == Verdict(reason, False, False)


def test_the_first_reason_stands():
    wrong = {1: 10, 7: 70}
    assert judge(said(seconds=1, chosen=wrong, refused=True, drawn=False, again=True), RULES).reason == DUPLICATE
    assert judge(said(seconds=1, chosen=wrong, refused=True, drawn=False), RULES).reason == NOT_DRAWN
    assert judge(said(seconds=1, chosen=wrong, refused=True), RULES).reason == REFUSED
    assert judge(said(seconds=1, chosen=wrong), RULES).reason == NOT_RESIDENT
    assert judge(said(seconds=1, chosen={7: 70}), RULES).reason == CONTRADICTING
    assert judge(said(seconds=15), RULES).reason == ""


@given(
    st.dictionaries(st.integers(1, 7), st.integers(0, 1)),
    st.integers(0, 100),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_what_does_not_count_says_nothing(taps, seconds, refused, drawn, again):
    chosen = {question: question * 10 + tap for question, tap in taps.items()}
    verdict = judge(Said(chosen, seconds, refused, drawn, again), RULES)
    assert not verdict.reason or not (verdict.aware or verdict.satisfied)
    # Slower, nothing becomes worse.
    slower = judge(Said(chosen, seconds + 50, refused, drawn, again), RULES)
    assert slower.reason in (verdict.reason, "") and (verdict.reason in ("", TOO_QUICK) or slower == verdict)


def test_an_open_code_takes_so_many_in_a_while():
    pace = Pace(2, 10)
    assert [pace.admits("a", moment) for moment in (0, 1, 2)] == [True, True, False]
    assert pace.admits("b", 2)
    assert [pace.admits("a", moment) for moment in (10, 10.5, 11)] == [True, False, True]


def test_of_many_codes_the_quietest_is_forgotten():
    pace = Pace(1, 1000, keys=2)
    assert pace.admits("a", 0) and pace.admits("b", 1) and pace.admits("c", 2)
    assert not pace.admits("c", 3) and not pace.admits("b", 3)
    assert pace.admits("a", 4)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 5)), max_size=60))
def test_never_more_than_so_many_in_any_window(steps):
    pace, moment, admitted = Pace(3, 7), 0.0, {"a": [], "b": []}
    for key, step in steps:
        moment += step
        if pace.admits(key, moment):
            admitted[key].append(moment)
    for times in admitted.values():
        for first, fourth in zip(times, times[3:], strict=False):
            assert fourth - first >= 7
