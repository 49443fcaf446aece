"""E12 整改台账: every task with its problem, cause, measures, progress and closure."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column

from .common import demand_not_empty, label, lines, task_cells, tasks_of

COLUMNS = (
    Column("no", "序号", "index"),
    Column("institution", "单位", weight=1.2),
    Column("problem", "问题", weight=2.2),
    Column("cause", "原因", weight=1.4),
    Column("measures", "措施", weight=1.8),
    Column("responsible", "责任人", weight=0.8),
    Column("deadline", "时限", "date"),
    Column("progress", "进展", weight=1.6),
    Column("evidence", "佐证", weight=1.2),
    Column("verifier", "核验人", weight=0.8),
    Column("closed_on", "销号日", "date"),
)


def table(record, template):
    tasks = demand_not_empty(tasks_of(record))
    rows = [
        {
            **task_cells(task),
            "progress": lines(label(task, "state"), task.result),
            "verifier": task.verifier_id.name,
            "closed_on": task.closed_on,
        }
        for task in tasks
    ]
    return make_table(template, COLUMNS, rows)


def form(record, template):
    return make_form(
        template,
        record.institution_id,
        record.env["bphs.period"],
        (table(record, template),),
        period_words=_issued_between(record),
        landscape=True,
        unit="",
    )


def _issued_between(choice):
    if choice.date_from and choice.date_to:
        return f"{choice.date_from} 至 {choice.date_to} 下达"
    if choice.date_from:
        return f"{choice.date_from} 起下达"
    return f"截至 {choice.date_to} 下达" if choice.date_to else ""
