"""What the bulletin found, and how far it has been put right: the clerk's morning.

The clerk loads each list as it arrived, issues its tasks, and townships and clinics have worked on them since. Days
count back from the day the county is made, so that some tasks are overdue and some fall due this week.
"""

from datetime import timedelta

from ..county import read
from ..seats.people import SIGN_IN_TOWNSHIPS

# How far the tasks of a list have come, by the days since it was issued: (state, share of the tasks).
PROGRESS = {
    60: (("closed", 0.3), ("verified", 0.1), ("submitted", 0.3), ("in_progress", 0.3)),
    36: (("closed", 0.55), ("verified", 0.1), ("submitted", 0.15), ("in_progress", 0.12), ("acknowledged", 0.08)),
    26: (("closed", 0.2), ("verified", 0.1), ("submitted", 0.25), ("in_progress", 0.3), ("acknowledged", 0.15)),
    12: (("submitted", 0.2), ("in_progress", 0.3), ("acknowledged", 0.2), ("issued", 0.3)),
    9: (("closed", 0.2), ("submitted", 0.2), ("in_progress", 0.25), ("acknowledged", 0.15), ("issued", 0.2)),
    3: (("in_progress", 0.2), ("acknowledged", 0.3), ("issued", 0.5)),
}
WAY = ("issued", "acknowledged", "in_progress", "submitted", "verified", "closed")
CAUSES = ("对规范理解不到位，日常质控缺失", "人员少、任务集中，记录不及时", "宣传和入户不够，居民参与度低")
MEASURES = (
    "组织专题培训并逐份核对补填，卫生院每月抽查",
    "明确专人负责，建立台账，每周复核一次",
    "利用体检和随访入户宣传，逐户核实",
)
RESULTS = ("已逐份核对并补充完善，抽查合格", "已完成整改，培训签到和抽查记录齐全", "已完成入户核实，台账更新")
# How far the doctors who sign in have come, by the key of the list: each has done some and has some before them.
DOCTORS_AT = {
    "medication": "closed",
    "advice": "submitted",
    "record_update": "in_progress",
    "medication_again": "issued",
}
# Days that proof has waited for its verifier by now. Five working days are allowed: of some it was too long.
PROOF_WAITS = (1, 2, 2, 3, 4, 5, 6, 9)
TERMS = {"immediate": "立行立改", "limited": "限期", "ongoing": "持续"}


def rectify(county):
    for row in sorted(read("problems"), key=lambda row: -int(row["days_ago"])):
        days = int(row["days_ago"])
        with county.days_ago(days):
            tasks = _issue(county, row)
        _progress(county, tasks, days, DOCTORS_AT.get(row["key"]))
    _ask_for_time(county)


def _issue(county, row):
    """The clerk loads the list and issues its tasks on the same day."""
    draw = county.draw("problem", row["drawn_as"])
    units = [row["townships"]] if row["townships"].startswith("各") else []
    if not units:
        units += _some(draw, county.seat.values(), row["townships"])
    clinics = _some(draw, (one for one in county.clinic.values() if one.active), row["clinics"])
    if row["key"] in DOCTORS_AT:
        seen = [one.code for one in _of_doctors(county)]
        clinics = [*seen, *(code for code in clinics if code not in seen)][: len(clinics)]
    units += clinics
    lines = [
        "序号\t单位\t问题\t指标\t时限",
        *(
            "\t".join((str(at), unit, row["problem"], row["indicator"], TERMS[row["severity"]]))
            for at, unit in enumerate(units, 1)
        ),
    ]
    known = county.env["bphs.problem.line"].search([])
    wizard = county.as_("clerk", "bphs.problem.import").create(
        {
            "source": row["source"],
            "document_id": county.documents["bulletin"].id if row["source"] == "evaluation" else False,
            "period_id": county.period("2025").id,
            "pasted": "\n".join(lines),
        }
    )
    wizard.action_load()
    if wizard.state != "loaded":
        raise ValueError(wizard.message)
    found = county.env["bphs.problem.line"].search([]) - known
    dialog = county.as_("clerk", "bphs.rectification.issue").create(
        {"line_ids": [(6, 0, found.ids)], "grouping": "institution_type"}
    )
    dialog.action_confirm()
    return found.rectification_id


def _some(draw, institutions, count):
    """The codes of so many of them; lists drawn alike name the same ones first."""
    codes = sorted(one.code for one in institutions)
    draw.shuffle(codes)
    return codes[: int(count)]


def _of_doctors(county):
    """The clinics of the doctors who sign in."""
    return county.env["bphs.institution"].union(
        *(county.user[f"doctor.{login}"].bphs_institution_ids for login in SIGN_IN_TOWNSHIPS)
    )


def _progress(county, tasks, days, doctors_at):
    """Bring each task as far as chance has it, one step every few days; ``doctors_at``: how far those who sign in.

    Proof that still waits for its verifier came in of late.
    """
    goals, doctors = {}, _of_doctors(county)
    for task in tasks:
        draw = county.draw("task", task.number)
        states, shares = zip(*PROGRESS[days], strict=True)
        goal = draw.choices(states, shares)[0]
        goals[task] = WAY.index(doctors_at if doctors_at and task.institution_id in doctors else goal)
    for at, state in enumerate(WAY[1:], 1):
        by_day = {}
        for task, goal in goals.items():
            if goal >= at:
                ago = round(days * (1 - at / len(WAY)))
                if state == WAY[goal] == "submitted":
                    ago = min(ago, county.draw("proof", task.number).choice(PROOF_WAITS))
                by_day.setdefault(ago, []).append(task)
        for ago, moving in sorted(by_day.items(), reverse=True):
            with county.days_ago(ago):
                for task in moving:
                    _step(county, task, state)


def step_to(county, task, goal):
    """Bring one issued task on, step by step, to the state ``goal``."""
    for state in WAY[1 : WAY.index(goal) + 1]:
        _step(county, task, state)


def _step(county, task, state):
    draw = county.draw(state, task.number)
    worker = task.responsible_id
    if state == "acknowledged":
        task.with_user(worker).action_acknowledge()
    elif state == "in_progress":
        task.with_user(worker).action_start()
        task.with_user(worker).write({"cause": draw.choice(CAUSES), "measures": draw.choice(MEASURES)})
    elif state == "submitted":
        task.with_user(worker).write({"result": draw.choice(RESULTS)})
        county.env["bphs.rectification.evidence"].with_user(worker).create(
            {
                "rectification_id": task.id,
                "name": "整改情况说明",
                "kind": "text",
                "text": f"涉及记录 {draw.randint(12, 160)} 份，{task.result}。",
            }
        )
        task.with_user(worker).action_submit("请予核验")
        if draw.random() < 0.1:
            _verifier(county, task).action_return("佐证不足：请补充抽查记录")
            county.env["bphs.rectification.evidence"].with_user(worker).create(
                {
                    "rectification_id": task.id,
                    "name": "抽查记录",
                    "kind": "text",
                    "text": "补充抽查记录 10 份，均已更正。",
                }
            )
            task.with_user(worker).action_submit("已补充")
    elif state == "verified":
        _verifier(county, task).action_verify("现场抽查属实")
    elif state == "closed":
        county.as_("clerk", task).action_close("同意销号")


def _verifier(county, task):
    """The task in the hands of who looks at its proof: the township's director, or the county's specialist."""
    login = next((row["login"] for row in county.townships if county.seat[row["code"]] == task.township_id), None)
    clinic = task.institution_id != task.township_id
    return county.as_(f"director.{login}" if clinic and login else "specialist", task)


def _ask_for_time(county):
    """Some who are short of time ask for more: one was granted it, the others wait for the section."""
    tasks = county.env["bphs.rectification"].search(
        [("state", "=", "in_progress"), ("severity", "=", "limited")], order="deadline, id", limit=4
    )
    for task in tasks:
        later = max(task.deadline, task._county_today()) + timedelta(weeks=3)
        task.with_user(task.responsible_id).action_ask_extension(later, "涉及人数多，正在逐户核实，申请延期")
    county.as_("primarycare", tasks[:1].extension_ids).action_grant()
