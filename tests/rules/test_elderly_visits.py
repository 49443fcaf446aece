"""Which visits a colour adds, beyond those a disease asks for."""

from datetime import date, timedelta

from odoo.addons.bphs_elderly.tools.visits import Begun, Coloured, Rhythm, visits_of

SINCE = date(2026, 3, 1)
RHYTHMS = {
    "red": Rhythm(31, False),
    "red_face": Rhythm(93, True),
    "yellow": Rhythm(93, False),
    "green": Rhythm(186, False),
}
QUARTERLY = Rhythm(93, True)


def codes(colour, diseases=(), worse=False, assessed=True, today=SINCE, rhythms=RHYTHMS):
    return sorted(visits_of(Coloured(colour, SINCE, worse, assessed), rhythms, diseases, today))


def test_each_colour_has_its_clocks():
    assert codes("red") == ["red", "red_face"]
    assert codes("yellow") == ["yellow"]
    assert codes("green") == ["green"]
    assert codes(None, assessed=False) == []
    assert visits_of(Coloured("green", SINCE, False, True), RHYTHMS, (), SINCE) == {"green": Begun(SINCE)}


def test_a_disease_seen_often_enough_leaves_nothing_to_add():
    assert codes("red", [QUARTERLY]) == ["red"], "monthly is beyond, the quarter face to face is not"
    assert codes("yellow", [QUARTERLY]) == []
    assert codes("green", [QUARTERLY]) == []
    assert codes("red", [Rhythm(31, False)]) == ["red_face"], "by telephone is not face to face"
    assert codes("yellow", [Rhythm(186, True)]) == ["yellow"]


def test_who_became_worse_is_visited_within_a_week():
    plans = visits_of(Coloured("red", SINCE, True, True), RHYTHMS, (), SINCE)
    assert plans["elder_worse"] == Begun(SINCE, SINCE + timedelta(30), SINCE)
    assert codes("red", worse=True, today=SINCE + timedelta(30)) == ["elder_worse", "red", "red_face"]
    assert codes("red", worse=True, today=SINCE + timedelta(31)) == ["red", "red_face"]


def test_who_has_no_valid_assessment_is_invited_whatever_the_colour():
    assert codes("unrated", assessed=False) == ["elder_invite"]
    assert codes("red", assessed=False) == ["elder_invite", "red", "red_face"]
    today = SINCE + timedelta(50)
    assert visits_of(Coloured("unrated", SINCE, False, False), RHYTHMS, (), today)["elder_invite"] == Begun(
        today, today + timedelta(90), today
    )


def test_a_clock_that_is_not_in_force_adds_nothing():
    assert codes("red", rhythms={"red": RHYTHMS["red"]}) == ["red"]
