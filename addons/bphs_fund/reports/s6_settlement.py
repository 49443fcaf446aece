"""S6 结算明细表: a township's clinics, what each has earned, has had and is paid."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.money import ZERO
from odoo.addons.bphs_base.tools.paper.form import Column

from .common import amount_columns, capitals, money

HEAD = (Column("no", "序号", "index"), Column("clinic", "村卫生室", weight=1.9), *amount_columns("base"))
SIGN = (Column("sign", "签字", "sign"),)
QUARTER = (
    *HEAD,
    Column("score", "得分", "number"),
    Column("coefficient", "系数", "number", digits=4),
    *amount_columns("deduction", "settled", "prepaid", "carry_in", "due", "frozen", "pay", "carry"),
    *SIGN,
)
ANNUAL = (
    *HEAD,
    *amount_columns("claim", "limited", "final", "carry_in", "paid", "balance", "frozen", "capped", "payable", "carry"),
    *SIGN,
)


def columns_of(settlement):
    return ANNUAL if settlement.kind == "annual" else QUARTER


def table(settlement, template):
    columns = columns_of(settlement)
    names = [column.key for column in columns if column.kind == "money"]
    rows = [
        {
            "clinic": line.institution_id.name,
            "score": line.score,
            "coefficient": line.coefficient,
            **money(line, *names),
        }
        for line in settlement.line_ids.sorted(lambda line: (line.institution_id.code, line.id))
    ]
    return make_table(template, columns, rows)


def form(settlement, template):
    listed = table(settlement, template)
    key, label = ("payable", "年度实拨合计") if settlement.kind == "annual" else ("pay", "实拨合计")
    total = sum((money(line, key)[key] for line in settlement.line_ids), ZERO)
    return make_form(
        template,
        settlement.institution_id,
        settlement.period_id,
        (listed, capitals(total, label)),
        landscape=True,
        number=settlement.scheme_id.document_id.number or "",
    )
