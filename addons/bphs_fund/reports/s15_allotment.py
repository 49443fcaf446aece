"""S15 卫生院资金结算明细表: what each township institution is settled, and what stays in the pool."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column, Fields

from .common import capitals, money, yuan

HEAD = (Column("no", "序号", "index"), Column("unit", "机构", weight=2.4))
SCORE = (Column("score", "得分", "number"), Column("coefficient", "系数", "number", digits=4))
TAIL = (Column("amount", "应结算", "money", total=True), Column("sign", "签字", "sign"))
POINTS = Column("points", "标化工作量", "number", digits=2, total=True)
COLUMNS = {
    "points_zero_sum": (*HEAD, POINTS, *SCORE, Column("corrected", "修正标化工作量", "number", digits=4), *TAIL),
    "points_fixed_value": (
        *HEAD,
        POINTS,
        Column("raw", "按当量分配", "money", total=True),
        *SCORE,
        Column("earned", "应得", "money", total=True),
        Column("bonus", "奖励", "money", total=True),
        *TAIL,
    ),
    "capitation": (
        *HEAD,
        Column("persons", "服务人口", "integer", total=True),
        Column("standard", "人均标准", "money"),
        *SCORE,
        *TAIL,
    ),
}


def table(allotment, template):
    standard = to_decimal(allotment.scheme_id.capitation_standard)
    rows = [
        {
            "unit": line.institution_id.name,
            "points": line.points,
            "persons": line.persons,
            "standard": standard,
            "score": line.score,
            "coefficient": line.coefficient,
            "corrected": line.corrected,
            **money(line, "raw", "earned", "bonus", "amount"),
        }
        for line in allotment.line_ids.sorted(lambda line: line.institution_id.code)
    ]
    return make_table(template, COLUMNS[allotment.method], rows)


def form(allotment, template):
    listed = table(allotment, template)
    blocks = [listed, capitals(to_decimal(allotment.total_amount), "应结算合计")]
    if allotment.method != "capitation":
        blocks.insert(0, Fields((_pool(allotment),)))
    return make_form(
        template,
        allotment.institution_id,
        allotment.period_id,
        blocks,
        landscape=True,
        number=allotment.scheme_id.document_id.number or "",
    )


def _pool(allotment):
    return (
        ("可分配资金", yuan(to_decimal(allotment.pool_added))),
        ("上期留存", yuan(to_decimal(allotment.carried_in))),
        ("留存下期", yuan(to_decimal(allotment.carried))),
    )
