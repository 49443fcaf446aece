"""S6 结算明细表: a township's clinics, what each has earned, has had and is paid."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.form import Column
from odoo.addons.bphs_base.tools.money import ZERO

from .common import capitals, money

QUARTER = (
    Column("no", "序号", "index"),
    Column("clinic", "村卫生室", weight=1.9),
    Column("base", "核定额", "money", total=True),
    Column("score", "得分", "number"),
    Column("coefficient", "系数", "number", digits=4),
    Column("deduction", "扣减", "money", total=True),
    Column("settled", "应结算", "money", total=True),
    Column("prepaid", "已预拨", "money", total=True),
    Column("carry_in", "待扣回", "money", total=True),
    Column("due", "应拨", "money", total=True),
    Column("frozen", "暂缓", "money", total=True),
    Column("pay", "实拨", "money", total=True),
    Column("carry", "下期抵扣", "money", total=True),
    Column("sign", "签字", "sign"),
)
ANNUAL = (
    Column("no", "序号", "index"),
    Column("clinic", "村卫生室", weight=1.9),
    Column("base", "核定额", "money", total=True),
    Column("claim", "年度应结算", "money", total=True),
    Column("limited", "封顶后", "money", total=True),
    Column("final", "年度结算额", "money", total=True),
    Column("paid", "全年已拨", "money", total=True),
    Column("balance", "年度差额", "money", total=True),
    Column("frozen", "暂缓", "money", total=True),
    Column("capped", "封顶核减暂缓", "money", total=True),
    Column("payable", "年度实拨", "money", total=True),
    Column("carry", "待扣回", "money", total=True),
    Column("sign", "签字", "sign"),
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
