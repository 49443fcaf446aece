"""E13 督办函: why the bureau presses an institution, for which tasks, and the slip on which it answers."""

from odoo.addons.bphs_base.reports.printing import day, make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, CutLine, Text

from .common import issuer_of, label

COLUMNS = (
    Column("no", "序号", "index"),
    Column("number", "任务编号", "code"),
    Column("institution", "单位", weight=1.3),
    Column("problem", "问题", weight=2.6),
    Column("deadline", "时限", "date"),
    Column("state", "进展", weight=0.9),
)


def table(letter, template):
    rows = [
        {
            "number": task.number,
            "institution": task.institution_id.name,
            "problem": task.problem_summary,
            "deadline": task.deadline,
            "state": label(task, "state"),
        }
        for task in letter.rectification_ids.sorted(lambda task: (task.deadline, task.id))
    ]
    return make_table(template, COLUMNS, rows)


def form(letter, template):
    return make_form(
        template,
        issuer_of(letter.institution_id),
        letter.env["bphs.period"],
        (
            Text(f"{letter.institution_id.name}：", bold=True),
            Text(letter.reason, indent=True),
            table(letter, template),
            Text("现要求如下：", indent=True),
            Text(letter.demand, indent=True),
            Text(f"请于{day(letter.reply_by)}前书面答复办理情况。", indent=True),
            CutLine("回执"),
            Text(f"办理情况：{letter.reply or ''}", indent=True),
            Text(
                f"{letter.institution_id.name}（盖章）　　"
                f"负责人：　　　　　　{day(letter.replied_on) or '　　　　年　　月　　日'}",
                align="right",
            ),
        ),
        number=letter.number or "",
        unit="",
        date=day(letter.date),
        foot_above_cut=True,
    )
