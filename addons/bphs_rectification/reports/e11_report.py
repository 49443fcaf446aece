"""E11 整改方案 and 整改报告: how an institution puts its problems right; the report once it says what it has done."""

import base64

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, Picture, Pictures, Text

from .common import demand_not_empty, page_of, task_cells, tasks_of

COLUMNS = (
    Column("no", "序号", "index"),
    Column("institution", "单位", weight=1.1),
    Column("problem", "问题", weight=2.2),
    Column("cause", "原因", weight=1.6),
    Column("measures", "措施", weight=2),
    Column("responsible", "责任人", weight=0.8),
    Column("deadline", "时限", "date"),
    Column("result", "完成情况", weight=2),
    Column("evidence", "佐证", weight=1.3),
)
# What a plan cannot say yet.
OF_THE_REPORT = ("result", "evidence")
PLAN, REPORT = "整改方案", "整改报告"


def is_report(tasks):
    """A report tells what was done; until every institution says so it is a plan."""
    return all((task.result or "").strip() for task in tasks)


def table(record, template):
    tasks = tasks_of(record)
    columns = COLUMNS if is_report(tasks) else [column for column in COLUMNS if column.key not in OF_THE_REPORT]
    rows = [{**task_cells(task), "result": task.result} for task in tasks]
    return make_table(template, columns, rows)


def _photos(tasks):
    """The photos themselves: a name in a table shows nobody that anything was put right."""
    pictures = tuple(
        Picture(f"{task.institution_id.name} {task.number or ''} {proof.name}".strip(), content)
        for task in (tasks if is_report(tasks) else tasks.browse())
        for proof in task.evidence_ids
        if proof.kind == "photo" and (content := base64.b64decode(proof.attachment or b""))
    )
    return (Text("佐证照片", bold=True), Pictures(pictures)) if pictures else ()


def form(record, template):
    tasks = demand_not_empty(tasks_of(record))
    return make_form(
        template,
        record.institution_id,
        record.env["bphs.period"],
        (table(record, template), *_photos(tasks)),
        title=REPORT if is_report(tasks) else PLAN,
        number=tasks.number if len(tasks) == 1 else "",
        landscape=True,
        unit="",
        qr=page_of(tasks),
    )
