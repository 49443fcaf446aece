"""The family-doctor teams of every township, set up by its director, and what a manager finds on a morning.

In two townships whose people sign in: a doctor away with nobody in the place, a team with more people than it may
answer for, a village nobody answers for, a post nobody holds, a hand-over planned for next week.
"""

from datetime import date, timedelta

from ..seats.people import GIVEN_NAMES, SURNAMES
from ..seats.workers import person_values

SINCE = date(2025, 1, 1)
VILLAGES_A_TEAM = 8
NUMBERS = "一二三四五六"
# The register holds one in a hundred of the county's people, so the limits are a hundredth of the usual.
PEOPLE = {"gp": 20, "village_doctor": 7, "tcm": 20}
# So many of the first team's villages, where the others have less: (township, share of all villages).
LARGE = {"yincheng": 0.75}
WITHOUT_NURSE = {("beicheng", 0), ("xihuo", 1)}
WITHOUT_LEADER = {("xichi", 0)}
WITHOUT_TEAM = ("yincheng", "bayi")
SCHEDULE = "平日在卫生院全科诊室，每周三上午到所负责的村卫生室巡诊。"


def teams(county):
    for role, people in PEOPLE.items():
        county.env["bphs.team.post"].search([("role", "=", role)]).people = people
    for row in county.townships:
        _township(county, row)
    _moved_lately(county)
    _away(county)
    _planned(county)


def _township(county, row):
    login, seat = row["login"], county.seat[row["code"]]
    villages = county.of_township(login)
    number = max(1, round(len(villages) / VILLAGES_A_TEAM))
    staff = _staff(county, row, number)
    hospital = county.env["bphs.institution"].search([("kind", "=", "county_hospital")], limit=1)
    made = county.as_("primarycare", "bphs.team").create(
        [
            {
                "name": f"{row['name'].split('（')[0]}第{NUMBERS[at]}家庭医生团队",
                "code": f"{row['code']}{at + 1:02}",
                "institution_id": seat.id,
                "leader_id": (row["login"], at) not in WITHOUT_LEADER and staff[at][0][0].id,
                "partner_institution_id": hospital.id,
                "phone": f"0355-0{county.draw('team', row['code'], at).randrange(10**6):06}",
                "schedule": SCHEDULE,
                "date_from": SINCE,
            }
            for at in range(number)
        ]
    )
    made = county.as_(f"director.{login}", made)
    for at, (team, share) in enumerate(zip(made, _shares(villages, number, LARGE.get(login)), strict=True)):
        for worker, role, time in staff[at]:
            if role != "nurse" or (login, at) not in WITHOUT_NURSE:
                team._take_member(worker.with_env(team.env), role, time, SINCE)
        _give_villages(county, team, share, login)


def _give_villages(county, team, rows, login):
    nobody = team.browse()
    for row in rows:
        if login in WITHOUT_TEAM and row is county.of_township(login)[-1]:
            continue
        team._take_village(county.place[row["code"]].with_env(team.env), SINCE, seen=nobody)
        for worker in _workers(county, county.clinic[row["code"]]):
            team._take_member(worker.with_env(team.env), "village_doctor", 100, SINCE)


def _shares(villages, number, first):
    """The villages of each team, neighbours together."""
    if first and number > 1:
        cut = round(len(villages) * first)
        return [villages[:cut], *_shares(villages[cut:], number - 1, None)]
    size = -(-len(villages) // number)
    return [villages[at * size : (at + 1) * size] for at in range(number)]


def _staff(county, row, number):
    """Who of the hospital serves in each team: (worker, role, share of time)."""
    seat, login = county.seat[row["code"]], row["login"]
    leader, officer = (county.user[f"{role}.{login}"] for role in ("teamleader", "ph"))
    known = {worker.user_id.id: worker for worker in _workers(county, seat)}
    new = county.as_("bureauadmin", "bphs.worker").create(
        [
            person_values(
                county, _name(row["code"], profession, at), seat, profession, f"{row['code']}{profession}{at}"
            )
            for profession, at in (
                *(("gp", at) for at in range(1, number)),
                *(("nurse", at) for at in range(number)),
                ("tcm", 0),
            )
        ]
    )
    new = new.with_env(county.env)
    doctors = [known[leader.id], *new.filtered(lambda one: one.profession == "gp")]
    nurses, tcm = new.filtered(lambda one: one.profession == "nurse"), new.filtered(lambda one: one.profession == "tcm")
    return [
        [
            (doctors[at], "gp", 100),
            (nurses[at], "nurse", 100),
            (known[officer.id], "public_health", max(100 // number, 1)),
            *([(tcm, "tcm", 50)] if at < 2 else []),
        ]
        for at in range(number)
    ]


def _name(code, profession, at):
    place = int(code) + at * 7 + len(profession)
    return SURNAMES[place % len(SURNAMES)] + GIVEN_NAMES[(place * 3 + at) % len(GIVEN_NAMES)]


def _workers(county, institution):
    return county.env["bphs.worker"].search([("institution_id", "=", institution.id)])


def _team(county, login, at):
    row = next(row for row in county.townships if row["login"] == login)
    return county.env["bphs.team"].search([("code", "=", f"{row['code']}{at + 1:02}")])


def _moved_lately(county):
    """A village that changed its team three weeks ago, so that a past day looks otherwise than today."""
    with county.days_ago(21):
        giver, taker = _team(county, "beicheng", 0), _team(county, "beicheng", 1)
        village = giver.village_ids[-1:].division_id
        director = county.as_("director.beicheng", taker)
        director._take_village(village.with_env(director.env), giver._county_today(), seen=giver.with_env(director.env))


def _away(county):
    """One doctor whose place is empty, one whose is filled."""
    today = county.env["base"]._county_today()
    absences = county.as_("director.yincheng", "bphs.team.absence")
    absences.create(
        {
            "worker_id": _team(county, "yincheng", 1).leader_id.id,
            "date_from": today - timedelta(days=3),
            "date_to": today + timedelta(days=11),
            "reason": "ill",
        }
    )
    first, second = _team(county, "yincheng", 0).member_ids.filtered(lambda row: row.role == "village_doctor")[:2]
    absences.create(
        {
            "worker_id": first.worker_id.id,
            "substitute_id": second.worker_id.id,
            "date_from": today - timedelta(days=1),
            "date_to": today + timedelta(days=5),
            "reason": "training",
        }
    )


def _planned(county):
    """A doctor who goes to the county hospital next week."""
    giver, taker = (_team(county, "beicheng", at).leader_id for at in (1, 0))
    handover = county.as_("director.beicheng", "bphs.handover").create(
        {
            "worker_id": giver.id,
            "successor_id": taker.id,
            "date": giver._county_today() + timedelta(days=7),
            "note": "调往区人民医院全科医学科",
        }
    )
    handover.action_plan()
