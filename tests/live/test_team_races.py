"""Two people give a village to two teams, or move a member twice, at once: one result, one clear message."""

from uuid import uuid4

import pytest

CHANGE, TEAM = "bphs.team.change", "bphs.team"
FIRST, SECOND = "township_director_a", "township_director_a_2"
PREPARE = """
user = env["res.users"].search([("login", "=", {login!r})])
township = user.bphs_institution_ids
units = env["bphs.institution"].search([("id", "child_of", township.ids)])
village = units.village_ids.sorted("code")[:1]
teams = env["bphs.team"].create([
    {{"name": f"竞争{{at}}队", "code": f"{{village.code}}-{{at}}-{tag}", "institution_id": township.id}}
    for at in (1, 2, 3)
])
worker = env["bphs.worker"].create(
    {{"name": "程医生", "profession": "gp", "institution_id": township.id, "since": "2025-01-01"}}
)
env["bphs.team.village"].search([("division_id", "=", village.id)]).unlink()
teams[0]._take_village(village, teams._county_today(), seen=teams.browse())
teams[0]._take_member(worker, "gp", 100, teams._county_today())
env.cr.commit()
answer = village.id, teams.ids, teams[0].member_ids.id
"""


@pytest.fixture
def township(server, county):
    login = f"{FIRST}@{county.number}"
    return server.shell(PREPARE.format(login=login, tag=uuid4().hex[:6]))


def dialog(do, person, **values):
    return do(person, CHANGE, "create", vals_list=[values])[0]


def test_a_village_given_to_two_teams_goes_to_one(do, once, rows, township):
    village, (holder, *others), __ = township
    dialogs = [
        dialog(do, person, kind="village", division_id=village, seen_team_id=holder, team_id=team)
        for person, team in zip((FIRST, SECOND), others, strict=True)
    ]
    once(*((person, CHANGE, "action_confirm", one) for person, one in zip((FIRST, SECOND), dialogs, strict=True)))
    held = rows("SELECT team_id FROM bphs_team_village WHERE division_id = %s AND date_to IS NULL", village)
    assert len(held) == 1 and held[0][0] in others


def test_a_village_nobody_has_goes_to_one(do, once, rows, township):
    village, (holder, *others), __ = township
    first = dialog(do, FIRST, kind="village", division_id=village, seen_team_id=holder, team_id=False)
    do(FIRST, CHANGE, "action_confirm", first)
    dialogs = [
        dialog(do, person, kind="village", division_id=village, seen_team_id=False, team_id=team)
        for person, team in zip((FIRST, SECOND), others, strict=True)
    ]
    once(*((person, CHANGE, "action_confirm", one) for person, one in zip((FIRST, SECOND), dialogs, strict=True)))
    assert len(rows("SELECT 1 FROM bphs_team_village WHERE division_id = %s", village)) == 1


def test_a_member_moved_twice_is_in_one_team(do, once, rows, township):
    __, (_holder, *others), member = township
    worker = rows("SELECT worker_id FROM bphs_team_member WHERE id = %s", member)[0][0]
    dialogs = [
        dialog(do, person, kind="move", member_id=member, team_id=team, role="gp")
        for person, team in zip((FIRST, SECOND), others, strict=True)
    ]
    once(*((person, CHANGE, "action_confirm", one) for person, one in zip((FIRST, SECOND), dialogs, strict=True)))
    assert len(rows("SELECT 1 FROM bphs_team_member WHERE worker_id = %s AND date_to IS NULL", worker)) == 1
