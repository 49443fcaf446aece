"""Where tasks do not move the bureau presses: reminders, letters, interviews; and it looks back at what was closed."""

from datetime import timedelta

from odoo import Command

from ..seats.people import doctors

# Addressee, days since the letter was sent, days it gave for the answer, whether it was answered. The last is a draft.
LETTERS = (
    ("sudian", 25, 10, True),
    ("beicheng", 20, 10, False),
    ("doctor.beicheng", 8, 5, True),
    ("yincheng", 4, 10, False),
    ("doctor.yincheng", 2, 7, False),
    ("xihuo", 0, 7, False),
)
# Institution called in, and days since; the last is a draft.
INTERVIEWS = (("beicheng", 12), ("yincheng", 9), ("doctor.beicheng", 6), ("doctor.yincheng", 5), ("nansong", 0))
# The look-back that is done takes every task of these two, as the people of both sign in.
CHECKED_TOWNSHIPS = ("yincheng", "beicheng")


def supervise(county):
    _remind(county)
    _letters(county)
    _interviews(county)
    _look_back(county)


def _remind(county):
    """The clerk spoke to those who are over their time the longest."""
    overdue = county.as_("clerk", "bphs.rectification").search([("is_overdue", "=", True)], limit=5)
    with county.days_ago(1):
        overdue.action_remind("请本周内提交佐证材料")


def _place(county, name):
    """The institution of a township's or a doctor's sign-in name."""
    if name.startswith("doctor."):
        return county.user[name].bphs_institution_ids
    return next(county.seat[row["code"]] for row in county.townships if row["login"] == name)


def _open_tasks(county, place):
    """Up to three open tasks at a place and below that were issued by the day it is now, the most urgent first."""
    tasks = county.env["bphs.rectification"].search(
        [("institution_id", "child_of", place.id), ("state", "in", ("issued", "acknowledged", "in_progress"))]
    )
    today = tasks._county_today()
    return tasks.filtered(lambda task: task.date_issued <= today)[:3]


def _letters(county):
    for number, (name, days, given, answered) in enumerate(LETTERS, 1):
        place = _place(county, name)
        with county.days_ago(days):
            today = place._county_today()
            letter = county.as_("clerk", "bphs.supervision.letter").create(
                {
                    "number": f"演示卫督〔{today.year}〕{number}号",
                    "institution_id": place.id,
                    "rectification_ids": [Command.set(_open_tasks(county, place).ids)],
                    "date": today,
                    "reason": "所列整改任务进展缓慢，至今未提交佐证材料。",
                    "demand": "由主要负责人牵头，逐项查明原因，明确责任人和完成时间，按期提交佐证并书面答复。",
                    "reply_by": today + timedelta(days=given),
                }
            )
            if days:
                letter.action_issue()
        if answered:
            with county.days_ago(days - 3):
                mine = county.as_(name if name.startswith("doctor.") else f"director.{name}", letter)
                mine.write({"reply": "已召开专题会议，逐项落实到人，本周内完成补填和入户核实，月底前提交佐证。"})
                mine.action_answer()


def _interviews(county):
    for name, days in INTERVIEWS:
        place = _place(county, name)
        clinic = name.startswith("doctor.")
        with county.days_ago(days):
            interview = county.as_("clerk", "bphs.interview").create(
                {
                    "institution_id": place.id,
                    "rectification_ids": [Command.set(_open_tasks(county, place).ids)],
                    "date": place._county_today(),
                    "place": "卫生院会议室" if clinic else "局三楼会议室",
                    "interviewers": "牛慧敏（整改专员）、申丽芳（基层科）",
                    "interviewees": f"{county.user[name].name}（乡村医生）"
                    if clinic
                    else f"{county.user[f'director.{name}'].name}（院长）",
                    "reason": "整改任务进展缓慢（演示）",
                    "content": "通报整改任务办理进度和存在问题，听取原因说明，重申时限和佐证要求。",
                    "statement": "立即整改，指定专人负责，每周报送进度。",
                    "demand": "逐项提交佐证材料，未按期完成的在全区通报。",
                    "deadline": place._county_today() + timedelta(days=15),
                }
            )
            if days:
                interview.action_record()


def _look_back(county):
    """One that is done, where one task did not hold; one that is being checked; one that is to be drawn."""
    today = county.env["base"]._county_today()
    seats = [_place(county, name) for name in CHECKED_TOWNSHIPS]
    with county.days_ago(3):
        done = _draw(county, "荫城镇、北呈乡整改回头看（演示）", today - timedelta(days=5), seats, 60)
        lines = county.as_("evaluator", done.line_ids)
        at_doctors = lines.filtered(lambda line: line.institution_id.id in doctors(county))
        for line in lines:
            _check(line, fails=line == (at_doctors or lines)[-1:])
    with county.days_ago(2):
        under_way = _draw(county, "全区整改回头看（演示）", today - timedelta(days=4), [], 12)
    for line in county.as_("evaluator", under_way.line_ids)[:4]:
        _check(line, fails=False)
    _plan(county, "下季度整改回头看（演示）", today, [], 10)


def _plan(county, name, until, seats, size):
    return county.as_("clerk", "bphs.lookback").create(
        {
            "name": name,
            "institution_id": county.bureau.id,
            "date_from": until - timedelta(days=60),
            "date_to": until,
            "township_ids": [Command.set([seat.id for seat in seats])],
            "size": size,
        }
    )


def _draw(county, *plan):
    lookback = _plan(county, *plan)
    lookback.action_draw()
    return lookback


def _check(line, fails):
    if fails:
        line.write({"finding": "复查发现新增随访表仍有漏填，未建立日常质控。"})
        line.action_fails()
    else:
        line.write({"finding": "抽查10份，整改保持。"})
        line.action_holds()
