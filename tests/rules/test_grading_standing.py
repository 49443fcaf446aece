"""The standing colour, day by day: worse at once, better by a proposal and a doctor."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_elderly.tools.grading.grade import Hit
from odoo.addons.bphs_elderly.tools.grading.standing import (
    Contact,
    Day,
    StandingError,
    Verdict,
    follow,
    standing_on,
)

START = date(2025, 1, 1)
BAD = {"green": 0, "yellow": 1, "red": 2}
HITS = {
    "red": (Hit("R05", "red", ("v1",)), Hit("Y03", "yellow", ("r1",))),
    "yellow": (Hit("Y03", "yellow", ("r1",)),),
}


def at(day):
    return START + timedelta(day)


def day_of(number, colour, **what):
    return Day(at(number), colour, what.pop("hits", HITS.get(colour, ())), "strict-2025", **what)


def walk(grades, news=None):
    """Follow a list of (colour, days); ``news`` gives what else a day brings. Returns the last state and all rows."""
    colours = [colour for colour, days in grades for _ in range(days)]
    standing, rows = None, []
    for number, colour in enumerate(colours):
        standing = follow(standing, day_of(number, colour, **(news or {}).get(number, {})))
        rows += standing.rows
    return standing, rows


def told(rows):
    return [((row.day - START).days, row.colour, row.cause) for row in rows if row.cause != "reasons"]


def good(number, by="甲"):
    return {"contacts": (Contact(at(number), True, by),)}


YES, NO = Verdict("丙", True), Verdict("丙", False)


def test_the_first_grade_stands_and_worse_counts_at_once():
    assert told(walk([("unrated", 2), ("green", 2), ("yellow", 2), ("red", 2)])[1]) == [
        (0, "unrated", "first"), (2, "green", "rated"), (4, "yellow", "worse"), (6, "red", "worse"),
    ]  # fmt: skip


def test_before_65_nothing_stands():
    standing, rows = walk([(None, 2), ("green", 1)])
    assert told(rows) == [(2, "green", "first")]
    assert told(walk([("red", 1), (None, 1)])[1])[1:] == [(1, None, "age")]
    assert walk([(None, 2)])[0].colour is None


def test_green_lapses_at_once_and_red_stays_red_without_an_assessment():
    assert told(walk([("green", 1), ("unrated", 1)])[1])[1:] == [(1, "unrated", "lapsed")]
    standing, rows = walk([("red", 1), ("unrated", 200)])
    assert (standing.colour, standing.grade, standing.proposal) == ("red", "unrated", None)
    assert [row.cause for row in rows] == ["first", "reasons"]


def test_ninety_days_in_a_row_open_a_proposal_for_the_worst_of_them():
    assert walk([("red", 1), ("green", 89)])[0].proposal is None
    assert walk([("red", 1), ("green", 90)])[0].proposal == "green"
    assert walk([("red", 1), ("green", 50), ("yellow", 1), ("green", 39)])[0].proposal == "yellow"
    assert walk([("red", 1), ("green", 50), ("unrated", 1), ("green", 89)])[0].proposal is None
    assert walk([("yellow", 1), ("green", 90)])[0].proposal == "green"


def test_a_proposal_follows_what_gets_worse_and_never_what_gets_better():
    assert walk([("red", 1), ("green", 90), ("yellow", 1)])[0].proposal == "yellow"
    assert walk([("red", 1), ("yellow", 90), ("green", 40)])[0].proposal == "yellow"


def test_what_is_not_better_any_more_closes_it():
    assert walk([("red", 1), ("green", 90), ("red", 1)])[0].proposal is None
    assert walk([("red", 1), ("green", 90), ("unrated", 1)])[0].proposal is None
    standing = walk([("red", 1), ("green", 90), ("red", 1), ("green", 89)])[0]
    assert (standing.proposal, standing.ripe_on) == (None, at(181))


def test_two_satisfactory_contacts_open_it_earlier():
    grades = [("red", 1), ("green", 10)]
    assert walk(grades, {3: good(3), 5: good(5)})[0].proposal == "green"
    # One of the first better day itself does not count, nor does one before an unsatisfactory one.
    assert walk(grades, {1: good(1), 5: good(5)})[0].proposal is None
    bad = {"contacts": (Contact(at(4), False, "甲"),)}
    assert walk(grades, {3: good(3), 4: bad, 5: good(5)})[0].proposal is None
    assert walk(grades, {3: good(3), 4: bad, 5: good(5), 6: good(6)})[0].proposal == "green"
    assert walk([("red", 10)], {3: good(3), 5: good(5)})[0].proposal is None


def test_a_doctor_confirms_and_the_colour_stands_from_that_day():
    standing, rows = walk([("red", 1), ("green", 100)], {95: {"verdicts": (YES,)}})
    assert told(rows)[1:] == [(95, "green", "confirmed")]
    assert rows[-1].confirmed_by == "丙"
    assert standing.colour == "green"


def test_confirmed_to_yellow_the_count_to_green_begins_on_that_day():
    news = {95: {"verdicts": (YES,)}}
    grades = [("red", 1), ("yellow", 1), ("green", 200)]
    assert walk([*grades[:2], ("green", 182)], news)[0].proposal is None
    standing, rows = walk([*grades[:2], ("green", 183)], news)
    assert standing.proposal == "green" and standing.run.proposed_on == at(184)
    assert told(rows)[1:] == [(95, "yellow", "confirmed")]


def test_a_refusal_begins_the_count_anew_the_day_after():
    news = {95: {"verdicts": (NO,)}}
    assert walk([("red", 1), ("green", 184)], news)[0].proposal is None
    assert walk([("red", 1), ("green", 185)], news)[0].proposal == "green"
    # The worst day before the refusal is no day of the new count.
    assert walk([("red", 1), ("yellow", 95), ("green", 90)], news)[0].proposal == "green"


def test_nobody_confirms_on_their_own_visits_alone():
    grades = [("red", 1), ("green", 9)]
    own = {3: good(3, "丙"), 5: good(5, "丙"), 6: {"verdicts": (YES,)}}
    with pytest.raises(StandingError, match="alone"):
        walk(grades, own)
    assert walk(grades, {**own, 5: good(5, "乙")})[0].colour == "green"
    # What ninety days show rests on nobody's visits.
    assert walk([("red", 1), ("green", 95)], {30: good(30, "丙"), 93: {"verdicts": (YES,)}})[0].colour == "green"


def test_without_a_proposal_nothing_is_decided():
    with pytest.raises(StandingError, match="no proposal"):
        walk([("red", 1), ("green", 20)], {10: {"verdicts": (YES,)}})
    with pytest.raises(StandingError, match="no proposal"):
        walk([("red", 10)], {5: {"verdicts": (NO,)}})


def test_a_day_comes_after_the_last_or_again_with_what_it_brought_since():
    standing = follow(None, day_of(3, "yellow"))
    with pytest.raises(StandingError, match="is before"):
        follow(standing, day_of(2, "red"))
    again = follow(standing, day_of(3, "red"))
    assert [(row.sequence, row.colour, row.cause) for row in again.rows] == [(1, "red", "worse")]
    assert follow(again, day_of(3, "red")).rows == ()


def test_what_was_voided_holds_nothing_up():
    void = {5: {"voided": frozenset({"v1"})}}
    assert told(walk([("red", 5), ("yellow", 5)], void)[1])[1:] == [(5, "yellow", "voided")]
    assert told(walk([("red", 3), ("green", 7)], void)[1])[1:] == [(5, "green", "voided")]
    assert told(walk([("red", 3), ("unrated", 7)], void)[1])[1:] == [(5, "unrated", "voided")]
    # Another record holds it up as well, or what was voided never did.
    assert told(walk([("red", 10)], void)[1])[1:] == []
    assert told(walk([("red", 3), ("green", 7)], {5: {"voided": frozenset({"r1"})}})[1])[1:] == []
    both = (*HITS["red"], Hit("R02", "red", ()))
    assert told(walk([("red", 3), ("green", 7)], {**void, 2: {"hits": both}})[1])[1:] == []


def test_every_change_of_reasons_is_a_row_too():
    other = (Hit("R02", "red", ()),)
    rows = walk([("red", 5)], {3: {"hits": other}, 4: {"hits": other}})[1]
    assert [((row.day - START).days, row.cause, row.hits) for row in rows[1:]] == [(3, "reasons", other)]


def test_the_rows_tell_what_stood():
    rows = walk([("unrated", 5), ("red", 5), ("green", 95)], {100: {"verdicts": (YES,)}})[1]
    assert standing_on(rows, at(-1)) is None
    assert [standing_on(rows, at(n)).colour for n in (0, 4, 5, 99, 100, 104)] == [
        "unrated", "unrated", "red", "red", "green", "green",
    ]  # fmt: skip
    # Two rows of one day: what is confirmed is the later of them.
    rows = walk([("red", 1), ("yellow", 90), ("green", 1)], {91: {"verdicts": (YES,)}})[1]
    assert [row.sequence for row in rows] == [1, 1, 1, 2]


# ---------------------------------------------------------------------------
# Properties
# ---------------------------------------------------------------------------

GRADES = st.lists(
    st.tuples(st.sampled_from(["red", "yellow", "green", "unrated", None]), st.integers(1, 120)), min_size=1, max_size=7
)


def answered(grades, verdicts):
    """Follow, and answer each proposal after some days with what comes next of ``verdicts``."""
    states, rows, left, wait = [], [], list(verdicts), 0
    standing = None
    for number, colour in enumerate(colour for colour, days in grades for _ in range(days)):
        given_ = ()
        if standing and standing.proposal:
            wait += 1
            # Only what is open after today's grade can be answered.
            ahead = follow(standing, day_of(number, colour))
            if wait > 3 and left and ahead.proposal:
                given_, wait = (left.pop(),), 0
        standing = follow(standing, day_of(number, colour, verdicts=given_))
        states.append(standing)
        rows += standing.rows
    return states, rows


@given(GRADES, st.lists(st.sampled_from([YES, NO]), max_size=4))
def test_better_only_by_a_doctor_worse_always_at_once(grades, verdicts):
    states, rows = answered(grades, verdicts)
    for state in states:
        if state.colour in BAD and state.grade in BAD:
            assert BAD[state.colour] >= BAD[state.grade]
        if state.grade is None or state.colour in (None, "unrated"):
            assert state.colour == state.grade
        if state.proposal:
            assert BAD[state.proposal] < BAD[state.colour]
    for before, after in zip(states, states[1:], strict=False):
        if before.colour in BAD and after.colour in BAD and BAD[after.colour] < BAD[before.colour]:
            assert after.rows[-1].cause == "confirmed" and after.rows[-1].confirmed_by
    for state in states:
        row = standing_on(rows, state.day)
        assert (row.colour if row else None) == state.colour


@given(GRADES)
def test_quiet_days_may_be_left_out(grades):
    every = walk(grades)[0]
    standing, last, number = None, None, 0
    for colour, days in grades:
        for place in range(days):
            ripe = standing is not None and standing.ripe_on == at(number)
            if place == 0 or ripe:
                standing = follow(standing, day_of(number, colour))
            last, number = colour, number + 1
    assert last == every.grade
    assert (standing.colour, standing.proposal, standing.run) == (every.colour, every.proposal, every.run)
