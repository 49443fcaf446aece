"""What the notice demands of every quarter: trainings, guidance on site, and each unit's report of both.

Quarters count back from the one the county is made in: the last but one is over but for one unit, the last is being
handed in, the present one has begun.
"""

from datetime import timedelta

from odoo import Command

from ..county import read

COUNTY_HOSTS = ("cdc", "mch_centre", "tcm_hospital")
# Who has not handed in what is due, whose report came back, whose came late; all others were in time.
MISSING = {-2: ("zhenxing",), -1: ("zhenxing", "tcm_hospital", "shangdang")}
RETURNED = {
    -1: {"xihuo": "未附培训签到和测试成绩，请补充后重报", "yincheng": "请补充对村卫生室指导发现的问题和整改情况"}
}
LATE = {-2: ("bayi", "changzhi"), -1: ("nansong",)}
TRAINING_TEXTS = ("form", "hours", "place", "lecturer", "audience", "content", "problem", "next_step")
SUMMARY = "按年度培训计划参加区级培训，组织本辖区业务学习，人员到会率在九成以上。（演示）"
PROBLEM = "乡村医生年龄偏大，操作规范掌握不均衡。"
NEXT_STEP = "对测试未合格人员补训补考，下季度增加入村指导次数。"


def train_and_guide(county):
    quarters = _quarters(county)
    units = _units(county)
    _trainings(county, quarters, units)
    _guidance(county, quarters, units)
    for at in (-2, -1):
        _report(county, quarters[at], units, at)


def _quarters(county):
    """{-2, -1, 0: period}; the administrator opens the year where it is missing."""
    today = county.env["base"]._county_today()
    while not _quarter_of(county, today):
        county.as_("bureauadmin", "bphs.period").action_create_next_year()
    quarters = {0: _quarter_of(county, today)}
    for at in (-1, -2):
        quarters[at] = _quarter_of(county, quarters[at + 1].date_start - timedelta(days=1))
    return quarters


def _quarter_of(county, day):
    return county.env["bphs.period"].search(
        [("kind", "=", "quarter"), ("date_start", "<=", day), ("date_end", ">=", day)]
    )


def _units(county):
    """{name in the files: institution}: a township's sign-in name, or the kind of a unit of the county."""
    kinds = county.env["bphs.institution"].search([("kind", "in", COUNTY_HOSTS)])
    return {unit.kind: unit for unit in kinds} | {row["login"]: county.seat[row["code"]] for row in county.townships}


def _writer(host):
    """Who writes for a unit: the specialist for those of the county, the public-health officer of a township."""
    return "specialist" if host in COUNTY_HOSTS else f"ph.{host}"


def _clinics(county, login, count=None):
    """The clinics of a township that are at work, the seat's own first."""
    clinics = [county.clinic[row["code"]] for row in county.of_township(login)]
    return [clinic for clinic in clinics if clinic.active][:count]


def _date(county, quarter, row):
    return min(quarter.date_start + timedelta(days=int(row["day"])), county.env["base"]._county_today())


def _trainings(county, quarters, units):
    for row in read("trainings"):
        quarter = quarters[int(row["quarter"])]
        invited = county.seat.values() if row["attended_by"] == "各卫生院" else _clinics(county, row["host"])
        county.as_(_writer(row["host"]), "bphs.training").create(
            {
                "institution_id": units[row["host"]].id,
                "date": _date(county, quarter, row),
                "name": f"{row['name']}（演示）",
                "attendance_ids": [
                    Command.create({"institution_id": unit.id, **_came(county, row, unit)}) for unit in invited
                ],
                **{name: row[name] for name in TRAINING_TEXTS},
            }
        )


def _came(county, row, unit):
    """How many came from a unit, took the test and passed it: one from a clinic, a few from a hospital."""
    draw = county.draw("training", row["name"], unit.code)
    attended = 1 if unit.kind == "village_clinic" else draw.randint(2, 5)
    tested = attended if row["form"] != "online" else 0
    return {"attended": attended, "tested": tested, "passed": sum(draw.random() < 0.88 for __ in range(tested))}


def _guidance(county, quarters, units):
    for row in read("guidance"):
        quarter = quarters[int(row["quarter"])]
        visited = []
        for login in filter(None, row["units"].split(";")):
            visited += [units[login], *_clinics(county, login, int(row["clinics"]))]
        if not row["units"]:
            login, count = row["clinics"].split(":")
            visited = _clinics(county, login, int(count))
        county.as_(_writer(row["guide"]), "bphs.guidance").create(
            {
                "institution_id": units[row["guide"]].id,
                "date": _date(county, quarter, row),
                "topic": f"{row['topic']}（演示）",
                "headcount": 2 * len(visited),
                "visit_ids": [
                    Command.create(
                        {"institution_id": unit.id, "finding": row["problem"], "next_step": row["next_step"]}
                    )
                    for unit in visited
                ],
                **{name: row[name] for name in ("people", "form", "audience", "problem", "next_step")},
            }
        )


def _report(county, quarter, units, at):
    """The clerk opens the reports the day after the quarter; units hand them in by the day they are due, or after."""
    today = county.env["base"]._county_today()
    with county.days_ago((today - quarter.date_end).days - 1):
        dialog = county.as_("clerk", "bphs.quarterly.report.open").create({"period_id": quarter.id})
        dialog.action_open()
    reports = county.env["bphs.quarterly.report"].search([("period_id", "=", quarter.id)])
    due = reports[:1].due_date
    of = {report.institution_id: report for report in reports}
    returned = RETURNED.get(at, {})
    for host, unit in units.items():
        late = host in LATE[at]
        day = due + timedelta(days=3) if late else due - timedelta(days=3)
        if host in MISSING[at] or day > today:
            continue
        with county.days_ago((today - day).days):
            _hand_in(county, host, of[unit])
    clerk_day = min(due + timedelta(days=4), today)
    with county.days_ago((today - clerk_day).days):
        for host, reason in returned.items():
            if of[units[host]].state == "submitted":
                county.as_("clerk", of[units[host]]).action_return(reason)


def _hand_in(county, host, report):
    mine = county.as_(_writer(host), report)
    mine.write({"summary": SUMMARY, "problem": PROBLEM, "next_step": NEXT_STEP})
    mine.action_submit()
