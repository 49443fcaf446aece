"""What a rule set would do: colours beside today's, and visits gained or lost."""

from datetime import date
from fractions import Fraction

import pytest

from odoo.addons.bphs_elderly.tools.trial import Tried, add_person, share_alarm, visits_a_month
from odoo.addons.bphs_elderly.tools.visits import Coloured, Rhythm

DAY = date(2026, 3, 1)
RHYTHMS = {
    "red": Rhythm(31, False),
    "red_face": Rhythm(93, True),
    "yellow": Rhythm(93, False),
    "green": Rhythm(186, False),
}
MONTHLY, QUARTERLY = Fraction(365, 12) / 31, Fraction(365, 12) / 93


def person(colour):
    return Coloured(colour, DAY, False, True)


@pytest.mark.parametrize(
    ("colour", "diseases", "wanted"),
    [
        ("red", [], MONTHLY),
        ("yellow", [], QUARTERLY),
        ("green", [], QUARTERLY / 2),
        ("unrated", [], 0),
        (None, [], 0),
        ("yellow", [Rhythm(93, True)], 0),
        # Of the monthly visits of red, those for the disease are made already.
        ("red", [Rhythm(93, True)], MONTHLY - QUARTERLY),
        ("red", [Rhythm(93, True), Rhythm(93, True)], MONTHLY - QUARTERLY),
        # Seen often enough, and never face to face: that is what is added.
        ("red", [Rhythm(31, False)], QUARTERLY),
    ],
)
def test_visits_a_month_are_those_beyond_a_disease(colour, diseases, wanted):
    assert visits_a_month(person(colour), RHYTHMS, diseases) == wanted


def test_a_trial_counts_who_changes_from_what_to_what():
    tried = Tried()
    for now, then in (("yellow", "green"), ("yellow", "yellow"), (None, "red")):
        add_person(tried, person(now), person(then), RHYTHMS, [])
    assert tried.changed == 2
    assert (tried.of("yellow", False), tried.of("yellow", True), tried.of("none", False)) == (2, 1, 1)
    assert tried.then - tried.now == MONTHLY - QUARTERLY / 2


def test_an_alarm_stands_outside_of_both_ends_and_not_on_them():
    assert [share_alarm(part, 100, 3, 20) for part in (2, 3, 20, 21)] == [True, False, False, True]
    assert not share_alarm(0, 0, 3, 20)
