"""A clinic's year on paper: the settled quarters it rests on, and what the year comes to."""

from odoo.addons.bphs_base.reports.printing import period_text
from odoo.addons.bphs_base.tools.paper.form import Column, Fields, Table

from .common import amount_columns, amounts, money

QUARTERS = (
    Column("period", "季度", weight=2.6),
    *amount_columns("base"),
    Column("score", "得分", "number"),
    Column("coefficient", "系数", "number", digits=4),
    *amount_columns("deduction", "settled", "prepaid", "carry_in", "frozen", "pay", "carry"),
)


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
                **money(quarter, *(column.key for column in QUARTERS if column.kind == "money")),
            }
            for quarter in quarter_lines(line)
        ],
        title="各季度结算情况",
    )


def year_fields(line):
    """What the year comes to, in the order of its rule."""
    score = (("年度得分", f"{line.score:.2f}"),) if line.score else ()
    return Fields(
        (
            (*score, *amounts(line, "claim", "limited", "final")),
            amounts(line, "carry_in", "paid", "balance"),
            amounts(line, "frozen", "capped", "payable", "carry"),
        )
    )
