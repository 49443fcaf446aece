"""I1 区域绩效目标表: a region's targets as its annex prints them, with what the source lacks."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, Fields

COLUMNS = (
    Column("dimension", "一级指标", weight=0.8),
    Column("sub_dimension", "二级指标", weight=0.9),
    Column("name", "三级指标", weight=2.6),
    Column("holds", "指标值", weight=0.9),
    Column("defect", "原文说明", weight=1.4),
)


def title(table):
    return f"{table.year}年基本公共卫生服务区域绩效目标表（{table.region}）"


def table(table_, template):
    rows, before = [], (None, None)
    for line in table_.line_ids:
        levels = (line.dimension or "", line.sub_dimension or "")
        rows.append(
            {
                # The annex has one cell for all that share a level.
                "dimension": "" if levels[0] == before[0] else levels[0],
                "sub_dimension": "" if levels == before else levels[1],
                "name": line.name,
                # What a person decided stands in the table, and beside it that the source does not say it.
                "holds": line.holds,
                "defect": line.defect or "",
            }
        )
        before = levels
    return make_table(template, COLUMNS, rows)


def form(table_, template):
    return make_form(
        template,
        table_.env["bphs.institution"],
        table_.env["bphs.period"],
        (*([Fields(((("年度总体目标", table_.goal),),))] if table_.goal else []), table(table_, template)),
        title=title(table_),
        period_words=table_.source,
        unit="",
        notes=table_._sums(),
    )


def forms(table_, template):
    return [form(one, template) for one in table_._with_below()]
