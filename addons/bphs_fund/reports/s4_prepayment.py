"""S4 预拨明细表: what every clinic is paid in advance."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column

from .common import capitals

COLUMNS = (
    Column("no", "序号", "index"),
    Column("clinic", "村卫生室", weight=2),
    Column("basis", "依据", weight=1.3),
    Column("needed", "所需", "money", total=True),
    Column("ratio", "比例", "percent"),
    Column("amount", "本次", "money", total=True),
    Column("cumulative", "累计", "money", total=True),
    Column("payee", "收款人", weight=1.3),
    Column("account", "账号尾号", weight=1),
    Column("sign", "签字", "sign"),
)


def table(prepayment, template):
    env = prepayment.env
    bases = dict(env["bphs.fund.prepayment.line"]._fields["basis"]._description_selection(env))
    lines = prepayment.line_ids.sorted(lambda line: line.institution_id.code)
    day = prepayment.approval_request_id.submitted_at or env.cr.now()
    payees = env["bphs.fund.payee"]._for_date(lines.institution_id, day.date())
    rows = []
    for line in lines:
        paid = payees.get(line.institution_id, env["bphs.fund.payee"])
        rows.append(
            {
                "clinic": line.institution_id.name,
                "basis": bases[line.basis],
                "needed": line.needed,
                "ratio": line.ratio,
                "amount": line.amount,
                "cumulative": line.cumulative,
                "payee": "、".join(paid.mapped("name")),
                "account": "、".join(payee.account_masked or "" for payee in paid).strip("、"),
            }
        )
    return make_table(template, COLUMNS, rows)


def form(prepayment, template):
    listed = table(prepayment, template)
    total = listed.total(next(column for column in COLUMNS if column.key == "amount"))
    return make_form(
        template,
        prepayment.institution_id,
        prepayment.period_id,
        (listed, capitals(total, "本次预拨合计")),
        landscape=True,
        number=prepayment.scheme_id.document_id.number or "",
    )
