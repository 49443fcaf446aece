"""S10 公示表: what every village doctor is paid, for the public. Masked names; no identity number, no account."""

from collections import defaultdict

from odoo.addons.bphs_base.reports.printing import day, make_form, make_table
from odoo.addons.bphs_base.tools.masking import mask_name
from odoo.addons.bphs_base.tools.paper.form import Column, Text

from .common import amount_columns, money

COLUMNS = (
    Column("no", "序号", "index"),
    Column("village", "村", weight=2),
    Column("doctor", "姓名", weight=1.4),
    *amount_columns("base"),
    Column("score", "得分", "number"),
)
PAY = Column("pay", "实发", "money", total=True)
# What stands between the verified amount and what is paid: without it nobody in the village can add it up.
QUARTER = ("deduction", "settled", "prepaid", "carry_in", "frozen")
ANNUAL = ("final", "carry_in", "paid", "frozen", "capped")


def table(notice, template):
    run = notice.run_id
    name, between = ("payable", ANNUAL) if run.kind == "annual" else ("pay", QUARTER)
    lines = run.settlement_ids.line_ids.sorted(lambda line: (line.institution_id.code, line.id))
    payees = notice.env["bphs.fund.payee"]._for_date(lines.institution_id, notice.date_start)
    doctors = defaultdict(str)
    for clinic, found in payees.items():
        doctors[clinic] = "、".join(mask_name(payee.name) if payee.kind == "person" else payee.name for payee in found)
    rows = [
        {
            "village": line.institution_id.name,
            "doctor": doctors[line.institution_id],
            "score": line.score,
            **money(line, "base", *between),
            "pay": money(line, name)[name],
        }
        for line in lines
    ]
    return make_table(template, (*COLUMNS, *amount_columns(*between), PAY), rows)


def form(notice, template):
    asks = Text(
        f"现将村卫生室基本公共卫生服务补助资金结算情况予以公示，公示期自{day(notice.date_start)}至{day(notice.date_end)}"
        f"（{notice.days}个工作日）。如有异议，请在公示期内反映，监督电话：{notice.phone}。",
        indent=True,
    )
    return make_form(
        template,
        notice.institution_id,
        notice.period_id,
        (asks, table(notice, template)),
        date=day(notice.date_start),
        landscape=True,
    )
