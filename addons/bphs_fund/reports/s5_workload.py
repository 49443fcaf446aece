"""S5 工作量核定表: one clinic's verified work of a quarter or a year, and what it comes to."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.money import ZERO, to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column, Fields

from .common import amounts, capitals, false_work, money
from .year_lines import quarter_lines, quarter_table, year_fields

COLUMNS = (
    Column("no", "序号", "index"),
    Column("item", "项目", weight=4.2),
    Column("planned", "任务", "integer"),
    Column("reported", "上报", "integer"),
    Column("invalid", "无效", "integer"),
    Column("false_qty", "不真实", "integer"),
    Column("verified", "核定", "integer"),
    Column("price", "单价", "number", digits=4),
    Column("amount", "金额", "money", total=True),
)
COUNTS = ("reported", "invalid", "false_qty", "verified")


def table(line, template):
    rows = _year_rows(line) if line.kind == "annual" else _quarter_rows(line)
    return make_table(template, COLUMNS, rows)


def _quarter_rows(line):
    planned = {row.item_id: row.planned for row in line.workload_id.line_ids}
    return [
        {
            "item": _name(item.item_id),
            "planned": planned.get(item.item_id),
            "price": item.price,
            **{name: item[name] for name in COUNTS},
            "amount": item.amount,
        }
        for item in line.item_ids
    ]


def _year_rows(line):
    """The year's quarters summed by item; where the price changed within the year, a row for each price."""
    plan = line.env["bphs.fund.plan"].search(
        [("institution_id", "=", line.institution_id.id), ("period_id", "=", line.period_id.id)], limit=1
    )
    planned = {row.item_id: row.quantity for row in plan.line_ids}
    sums = {}
    for item in quarter_lines(line).item_ids:
        row = sums.setdefault((item.item_id, item.price), dict.fromkeys(COUNTS, 0) | {"amount": ZERO})
        for name in COUNTS:
            row[name] += item[name]
        row["amount"] += to_decimal(item.amount)
    return [
        # What was planned stands once, beside the item's first price.
        {"item": _name(item), "planned": planned.pop(item, None), "price": price, **row}
        for (item, price), row in sorted(sums.items(), key=lambda pair: pair[0][0].code)
    ]


def _name(item):
    return f"{item.name}（{item.unit}）"


def form(line, template):
    blocks = [
        Fields(((("村卫生室", line.institution_id.name), ("机构编码", line.institution_id.code)),)),
        table(line, template),
        capitals(money(line, "base")["base"], "核定金额"),
    ]
    blocks += (
        [quarter_table(line), year_fields(line)]
        if line.kind == "annual"
        else [_quarter_result(line), *false_work(line)]
    )
    return make_form(template, line.township_id, line.period_id, blocks)


def _quarter_result(line):
    score = (("得分", f"{line.score:.2f}"), ("系数", f"{line.coefficient:.4f}"))
    return Fields(
        (
            (*score, *amounts(line, "deduction")),
            amounts(line, "settled", "prepaid", "carry_in"),
            amounts(line, "due", "frozen", "pay", "carry"),
        )
    )
