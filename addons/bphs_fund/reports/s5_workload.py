"""S5 工作量核定表: one clinic's verified work and what it comes to."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.form import Column, Fields

from .common import capitals, money, yuan

COLUMNS = (
    Column("no", "序号", "index"),
    Column("item", "项目", weight=2.4),
    Column("planned", "任务", "integer"),
    Column("reported", "上报", "integer"),
    Column("invalid", "无效", "integer"),
    Column("false_qty", "不真实", "integer"),
    Column("verified", "核定", "integer"),
    Column("price", "单价", "number", digits=4),
    Column("amount", "金额", "money", total=True),
)


def table(line, template):
    planned = {row.item_id: row.planned for row in line.workload_id.line_ids}
    rows = [
        {
            "item": f"{item.item_id.name}（{item.item_id.unit}）",
            "planned": planned.get(item.item_id),
            "reported": item.reported,
            "invalid": item.invalid,
            "false_qty": item.false_qty,
            "verified": item.verified,
            "price": item.price,
            "amount": item.amount,
        }
        for item in line.item_ids
    ]
    return make_table(template, COLUMNS, rows)


def form(line, template):
    amounts = money(line, "base", "deduction", "settled", "prepaid", "carry_in", "frozen", "pay", "carry")
    result = Fields(
        (
            (("得分", f"{line.score:.2f}"), ("系数", f"{line.coefficient:.4f}"), ("扣减", yuan(amounts["deduction"]))),
            (
                ("应结算", yuan(amounts["settled"])),
                ("已预拨", yuan(amounts["prepaid"])),
                ("上期待扣回", yuan(-amounts["carry_in"])),
            ),
            (
                ("暂缓", yuan(amounts["frozen"])),
                ("实拨", yuan(amounts["pay"])),
                ("待扣回（下期抵扣）", yuan(-amounts["carry"])),
            ),
        )
    )
    return make_form(
        template,
        line.township_id,
        line.period_id,
        (
            Fields(((("村卫生室", line.institution_id.name), ("机构编码", line.institution_id.code)),)),
            table(line, template),
            capitals(amounts["base"], "核定金额"),
            result,
        ),
    )
