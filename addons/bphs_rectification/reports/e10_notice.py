"""E10 整改通知书 and its receipt: what an institution has to put right and until when, with the way to its page."""

from odoo.addons.bphs_base.reports.printing import day, make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, CutLine, Text

from .common import demand_not_empty, issuer_of, label, lines, page_of, tasks_of

COLUMNS = (
    Column("no", "序号", "index"),
    Column("institution", "单位", weight=1.3),
    Column("problem", "问题", weight=3),
    Column("demand", "要求", weight=2),
    Column("deadline", "时限", "date"),
)
# The receipt is signed by the institution.
RECEIPT_SIGN = "签收人：　　　　　　　　　　签收日期：　　　　年　　月　　日"


def table(record, template):
    rows = [
        {
            "institution": task.institution_id.name,
            "problem": lines(line.problem_id.name, line.detail, "（重复发生）" if line.is_repeat else ""),
            # Once the institution works, the measures are its own and no demand any more.
            "demand": lines(label(task, "severity"), task.measures if task.state == "issued" else ""),
            "deadline": task.deadline,
        }
        for task in tasks_of(record)
        for line in task.line_ids
    ]
    return make_table(template, COLUMNS, rows)


def form(record, template):
    return notice(record.institution_id, demand_not_empty(tasks_of(record)), template)


def forms(record, template):
    """One notice for each institution, of its own tasks alone."""
    groups = demand_not_empty(tasks_of(record)).grouped("institution_id")
    return [notice(institution, tasks, template) for institution, tasks in groups.items()]


def notice(institution, tasks, template):
    issued = max((task.date_issued for task in tasks if task.date_issued), default=None)
    return make_form(
        template,
        issuer_of(institution),
        institution.env["bphs.period"],
        (
            Text(f"{institution.name}：", bold=True),
            Text(
                f"经查，你单位基本公共卫生服务工作存在下列 {sum(len(task.line_ids) for task in tasks)} 项问题。"
                "请按要求查明原因、制定措施、逐项整改，并在时限内通过系统提交佐证材料；"
                "扫描右上角二维码可打开整改任务。逾期未改的将逐级督办。",
                indent=True,
            ),
            table(tasks, template),
            CutLine(),
            Text(f"{template.name}已收到，共 {len(tasks)} 项任务。", indent=True),
            Text(f"{institution.name}（盖章）　　{RECEIPT_SIGN}", align="right"),
        ),
        number=tasks.number if len(tasks) == 1 else "",
        unit="",
        qr=page_of(tasks),
        foot_above_cut=True,
        date=day(issued),
    )
