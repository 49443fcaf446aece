"""S11 结算通知书 and 回执: a clinic's figures, the day until which it may object, and the slip it signs."""

from odoo.addons.bphs_base.reports.printing import day, make_form, name_of, period_text
from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.paper.form import CutLine, Fields, Text

from .common import amounts, false_work, money
from .year_lines import quarter_table, year_fields


def form(line, template):
    annual = line.kind == "annual"
    period = period_text(line.period_id)
    clinic = line.institution_id.name
    deadline = day(line.confirm_deadline)
    until = f"如有异议，请于{deadline}前书面提出；逾期未提出的，视为确认。" if deadline else ""
    return make_form(
        template,
        line.township_id,
        line.period_id,
        (
            Text(f"{clinic}：", bold=True),
            Text(f"你单位{period}基本公共卫生服务补助资金结算结果如下，请核对。{until}", indent=True),
            *(_year_figures(line) if annual else _quarter_figures(line)),
            CutLine("回执"),
            Text(f"{name_of(line.township_id)}：", bold=True),
            Text(f"我单位已收到{period}结算通知书，对结算结果：□ 无异议　□ 有异议，说明附后。", indent=True),
            Text(f"{clinic}（签字、盖章）：　　　　　　　　　年　　月　　日", align="right"),
        ),
    )


def _year_figures(line):
    payable = money(line, "payable")["payable"]
    words = Fields(((("年度实拨大写", chinese_capitals(payable)),),))
    return quarter_table(line), year_fields(line), words


def _quarter_figures(line):
    score = (("得分", f"{line.score:.2f}"), ("系数", f"{line.coefficient:.4f}"))
    figures = Fields(
        (
            (*amounts(line, "base"), *score),
            amounts(line, "deduction", "settled", "prepaid"),
            amounts(line, "carry_in", "due", "frozen"),
            amounts(line, "pay", "carry"),
            (("实拨大写", chinese_capitals(money(line, "pay")["pay"])),),
        )
    )
    return (figures, *false_work(line))
