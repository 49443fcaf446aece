from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_team.tools.balance import Move, Team, Village, after, apart, loads, proposal


@st.composite
def townships(draw):
    teams = [
        Team(key, Fraction(draw(st.integers(0, 400)), 100)) for key in range(1, draw(st.integers(1, 6)) + 1)
    ]  # fmt: skip
    places = st.sampled_from([None, 99, *(team.key for team in teams)])
    villages = [
        Village(100 + number, draw(st.integers(0, 3000)), draw(places)) for number in range(draw(st.integers(0, 20)))
    ]
    return teams, villages


@given(townships())
def test_no_village_is_lost_and_none_without_a_team(township):
    teams, villages = township
    moves = proposal(teams, villages)
    then = after(villages, moves)
    assert [(village.key, village.load) for village in then] == [(village.key, village.load) for village in villages]
    able = {team.key for team in teams if team.hands > 0}
    if able:
        known = {team.key for team in teams}
        assert all(village.team in known for village in then)
    else:
        assert not moves


@given(townships())
def test_it_is_never_further_apart_than_the_first_giving_leaves_it(township):
    teams, villages = township
    moves = proposal(teams, villages)
    given_first = [move for move in moves if move.giver is None]
    start = after(villages, given_first)
    steps = [apart(teams, loads(teams, start))]
    for move in moves[len(given_first) :]:
        start = after(start, [move])
        steps.append(apart(teams, loads(teams, start)))
    assert all(later < earlier for earlier, later in zip(steps, steps[1:], strict=False))
    assert all(step >= 0 for step in steps)


@given(townships())
def test_each_move_tells_what_it_changes(township):
    teams, villages = township
    for move in proposal(teams, villages):
        of = loads(teams, villages)
        assert (move.taker_before, move.taker_after) == (of[move.taker], of[move.taker] + move.load)
        if move.giver is not None:
            assert (move.giver_before, move.giver_after) == (of[move.giver], of[move.giver] - move.load)
        villages = after(villages, [move])


@given(townships())
def test_no_team_gives_its_last_village_away(township):
    teams, villages = township
    then = after(villages, proposal(teams, villages))
    held = {village.team for village in villages}
    assert all(team.key in {village.team for village in then} for team in teams if team.key in held)


def test_a_plain_case():
    teams = [Team(1, Fraction(1)), Team(2, Fraction(1))]
    villages = [Village(10, 800, 1), Village(11, 300, 1), Village(12, 400, 2)]
    assert proposal(teams, villages) == [Move(11, 1, 2, 300, 1100, 800, 400, 700)]
    assert proposal([Team(1, Fraction(0))], villages) == []


def test_more_hands_carry_more():
    teams = [Team(1, Fraction(1)), Team(2, Fraction(3))]
    villages = [Village(10, 100, 1), Village(11, 100, 1), Village(12, 100, 1), Village(13, 100, 1)]
    moves = proposal(teams, villages)
    assert {move.taker for move in moves} == {2} and len(moves) == 3


def test_no_more_villages_move_than_are_asked_for():
    teams = [Team(1, Fraction(1)), Team(2, Fraction(1))]
    villages = [Village(100 + number, 10, 1) for number in range(8)]
    assert len(proposal(teams, villages)) == 4
    assert len(proposal(teams, villages, most=1)) == 1
    assert proposal(teams, villages, most=0) == []
