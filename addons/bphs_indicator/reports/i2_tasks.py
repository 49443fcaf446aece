"""I2 绩效目标任务分解表: what each institution is to reach, and that it has received it."""

from odoo.addons.bphs_base.reports.printing import day, make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column

COLUMNS = (
    Column("no", "序号", "index"),
    Column("unit", "单位", weight=1.6),
    Column("indicator", "指标", weight=2.4),
    Column("target", "目标", weight=0.9),
    Column("received", "签收", weight=1.1),
)


def table(issue, template):
    rows = [
        {
            "unit": task.institution_id.name,
            "indicator": task.indicator_id.name,
            "target": task.words,
            "received": day(task.received_on),
        }
        for task in issue.task_ids.sorted(lambda task: (task.institution_id.code, task.indicator_id.sequence))
    ]
    return make_table(template, COLUMNS, rows)


def form(issue, template):
    return make_form(
        template,
        issue.institution_id,
        issue.env["bphs.period"],
        (table(issue, template),),
        period_words=f"{issue.document_number or ''}　{issue.year}年",
        unit="",
    )
