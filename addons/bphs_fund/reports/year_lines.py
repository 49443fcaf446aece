"""A clinic's year on paper: the settled quarters it rests on, and what the year comes to."""

from odoo.addons.bphs_base.reports.printing import period_text
from odoo.addons.bphs_base.tools.form import Column, Fields, Table

from .common import money, yuan

QUARTERS = (
    Column("period", "季度", weight=1.6),
    Column("base", "核定额", "money", total=True),
    Column("score", "得分", "number"),
    Column("coefficient", "系数", "number", digits=4),
    Column("deduction", "扣减", "money", total=True),
    Column("settled", "应结算", "money", total=True),
    Column("prepaid", "已预拨", "money", total=True),
    Column("frozen", "暂缓", "money", total=True),
    Column("pay", "实拨", "money", total=True),
)
NAMES = ("claim", "limited", "final", "carry_in", "paid", "balance", "frozen", "capped", "payable", "carry")


def quarter_lines(line):
    """The approved quarters that a settled year rests on, in order."""
    lines = line.search(
        [
            *line._current_domain(),
            ("institution_id", "=", line.institution_id.id),
            ("period_id", "in", line.period_id.child_ids.ids),
            ("kind", "=", "quarter"),
        ]
    )
    return lines.sorted(lambda quarter: quarter.period_id.date_start)


def quarter_table(line):
    """A row for each settled quarter: fixed columns, because they are the year's own proof."""
    return Table(
        QUARTERS,
        [
            {
                "period": period_text(quarter.period_id),
                "score": quarter.score,
                "coefficient": quarter.coefficient,
                **money(quarter, "base", "deduction", "settled", "prepaid", "frozen", "pay"),
            }
            for quarter in quarter_lines(line)
        ],
        title="各季度结算情况",
    )


def year_fields(line):
    """What the year comes to, in the order of its rule."""
    amount = money(line, *NAMES)
    score = (("年度得分", f"{line.score:.2f}"),) if line.score else ()
    return Fields(
        (
            (
                *score,
                ("年度应结算", yuan(amount["claim"])),
                ("封顶后", yuan(amount["limited"])),
                ("年度结算额", yuan(amount["final"])),
            ),
            (
                ("期初待扣回", yuan(-amount["carry_in"])),
                ("全年已拨", yuan(amount["paid"])),
                ("年度差额", yuan(amount["balance"])),
            ),
            (
                ("暂缓", yuan(amount["frozen"])),
                ("封顶核减暂缓", yuan(amount["capped"])),
                ("年度实拨", yuan(amount["payable"])),
                ("待扣回（下年抵扣）", yuan(-amount["carry"])),
            ),
        )
    )
