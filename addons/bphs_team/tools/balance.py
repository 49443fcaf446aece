"""Even out what teams have to do by moving whole villages: a proposal, move by move. Pure, exact, without chance.

Measured is how far the teams' loads a hand lie apart: the sum over teams of load² / hands, which is least where all are
alike. Each move makes it smaller, and none is proposed that gains less than a hundredth of what is wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

LEAST_GAIN = Fraction(1, 100)
MOST_MOVES = 12


@dataclass(frozen=True, slots=True)
class Team:
    """:param hands: what it can do, in any unit; a team without is given nothing"""

    key: int
    hands: Fraction


@dataclass(frozen=True, slots=True)
class Village:
    """:param team: None where none answers for it: it comes to some team whatever that gains"""

    key: int
    load: int
    team: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """One village from a team to another, and what both have before and after it."""

    village: int
    giver: int | None
    taker: int
    load: int
    giver_before: int
    giver_after: int
    taker_before: int
    taker_after: int


def loads(teams: Iterable[Team], villages: Iterable[Village]) -> dict[int, int]:
    """What each team has to do."""
    found = {team.key: 0 for team in teams}
    for village in villages:
        if village.team in found:
            found[village.team] += village.load
    return found


def apart(teams: Iterable[Team], of: dict[int, int]) -> Fraction:
    """How far the loads a hand lie apart: nothing where all are alike."""
    able = [team for team in teams if team.hands > 0]
    hands = sum((team.hands for team in able), Fraction(0))
    if not hands:
        return Fraction(0)
    whole = sum(of[team.key] for team in able)
    return sum((of[team.key] ** 2 / team.hands for team in able), Fraction(0)) - Fraction(whole**2) / hands


def proposal(teams: Iterable[Team], villages: Iterable[Village], most: int = MOST_MOVES) -> list[Move]:
    """Which villages should change their team, in the order in which it helps most.

    Villages without a team come first, the largest first, each to the team with the least to do a hand. No team gives
    its last village away.
    """
    teams = sorted(teams, key=lambda team: team.key)
    able = [team for team in teams if team.hands > 0]
    if not able:
        return []
    own = {village.key: village.team for village in villages}
    size = {village.key: village.load for village in villages}
    of = loads(teams, villages)
    moves = [
        _moved(key, _lightest(able, of, size[key]).key, own, size, of)
        for key in sorted((key for key, team in own.items() if team not in of), key=lambda key: (-size[key], key))
    ]
    limit = apart(teams, of) * LEAST_GAIN
    for _round in range(most):
        best = max(_gains(able, own, size, of), default=None, key=lambda gain: (gain[0], -gain[1], -gain[2]))
        if best is None or best[0] <= 0 or best[0] < limit:
            break
        moves.append(_moved(best[1], best[2], own, size, of))
    return moves


def _lightest(able, of, load):
    return min(able, key=lambda team: (Fraction(of[team.key] + load) / team.hands, team.key))


def _gains(able, own, size, of):
    """What every move that may be made would gain."""
    hands = {team.key: team.hands for team in able}
    count = {}
    for team in own.values():
        count[team] = count.get(team, 0) + 1
    for village, giver in own.items():
        # A team that can do nothing is no measure: it is left to the manager.
        if giver not in hands or count[giver] < 2 or not size[village]:
            continue
        for taker in hands:
            if taker != giver:
                yield _gain(of[giver], of[taker], size[village], hands[giver], hands[taker]), village, taker


def _gain(giver, taker, load, giver_hands, taker_hands):
    before = Fraction(giver**2) / giver_hands + Fraction(taker**2) / taker_hands
    after = Fraction((giver - load) ** 2) / giver_hands + Fraction((taker + load) ** 2) / taker_hands
    return before - after


def _moved(village, taker, own, size, of):
    giver, load = own[village], size[village]
    giver = giver if giver in of else None
    before = of[giver] if giver is not None else 0
    move = Move(village, giver, taker, load, before, max(before - load, 0), of[taker], of[taker] + load)
    if giver is not None:
        of[giver] -= load
    of[taker] += load
    own[village] = taker
    return move


def after(villages: Iterable[Village], moves: Iterable[Move]) -> list[Village]:
    """The villages once these moves are made."""
    team = {}
    for move in moves:
        team[move.village] = move.taker
    return [Village(village.key, village.load, team.get(village.key, village.team)) for village in villages]
