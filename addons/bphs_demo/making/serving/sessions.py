"""A specialist of the county comes to a team: once three weeks ago, and again next week.

The team names people whose pressure or sugar is not under control; the specialist opens their files on the day and
writes down for each what is advised.
"""

from datetime import timedelta

from odoo import Command

HELD, TO_COME = ("beicheng", 23), ("yincheng", 6)
TOPIC = "高血压、糖尿病控制不佳者"
# Who of those named did not come, counted from the first.
ABSENT = 3
MOST = 5
YEAR = timedelta(days=365)
CONCERNS = {
    "hypertension": "近一年有随访血压未达标",
    "diabetes": "近一年有随访血糖未达标",
}
ADVICE = {
    "hypertension": {
        "treatment": "动态血压监测后复诊；两周内由村卫生室复测血压。",
        "medicine": "在原用药基础上加用长效钙通道阻滞剂，早晨固定时间服用，不自行停药。",
        "way_of_life": "每日食盐不超过5克，戒烟，每周快走五天、每次30分钟。",
    },
    "diabetes": {
        "treatment": "一个月内查糖化血红蛋白、尿微量白蛋白和眼底。",
        "medicine": "二甲双胍随餐服用并逐步加量，注意有无低血糖。",
        "way_of_life": "主食定量、粗细搭配，餐后散步，每周测空腹血糖两次并记录。",
    },
}


def sessions(county):
    login, days = HELD
    with county.days_ago(days):
        _hold(county, _session(county, login, county.env["base"]._county_today()))
    login, days = TO_COME
    _session(county, login, county.env["base"]._county_today() + timedelta(days=days))


def _session(county, login, day):
    """The section arranges it, the team names its people and agrees."""
    leader = county.user[f"teamleader.{login}"]
    team = county.env["bphs.team"].search([("leader_id.user_id", "=", leader.id)], limit=1)
    specialist = county.env["bphs.worker"].search([("user_id", "=", county.user["specialist"].id)])
    session = county.as_("primarycare", "bphs.team.session").create(
        {
            "team_id": team.id,
            "specialist_id": specialist.id,
            "date": day,
            "topic": TOPIC,
            "place": f"{team.institution_id.name}全科诊室",
        }
    )
    session = county.as_(leader.login, session)
    session.line_ids = [
        Command.create({"resident_id": resident.id, "concern": CONCERNS[code]})
        for resident, code in _at_risk(county, leader.login, team, day)
    ]
    session.action_agree()
    return session


def _at_risk(county, login, team, day):
    """:return list: (bphs.resident, form) of those of a team who were not under control within the year before"""
    villages = team._villages_by_team(day)[team.id]
    found = {}
    for visit in county.as_(login, "bphs.visit").search(
        [
            ("resident_id.division_id", "in", villages),
            ("resident_id.status", "=", "active"),
            ("template_id.code", "in", list(CONCERNS)),
            ("state", "=", "done"),
            ("result", "=", "uncontrolled"),
            ("done_on", "<=", day),
            ("done_on", ">", day - YEAR),
        ],
        order="done_on desc, id desc",
    ):
        found.setdefault(visit.resident_id, visit)
    # sudo: files for named persons are in no figure of a session, whoever names them
    bad = [one for one in found.values() if not one.sudo().resident_id.restricted]
    return [(visit.resident_id, visit.template_id.code) for visit in bad[:MOST]]


def _hold(county, session):
    """The specialist sees all who came, and closes the session."""
    session = county.as_("specialist", session)
    for number, line in enumerate(session.line_ids, start=1):
        if number == ABSENT:
            continue
        line.action_open_file()
        code = next(code for code, concern in CONCERNS.items() if concern == line.concern)
        # sudo: whether the file was opened today is asked of the clock on the wall, which is three weeks ahead
        line.sudo().write(ADVICE[code])
    session.action_close()
