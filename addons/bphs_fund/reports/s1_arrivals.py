"""S1 资金到位台账: what each level of government assigned, what arrived, what is lacking."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column

from .common import capitals, level_names, money

COLUMNS = (
    Column("no", "序号", "index"),
    Column("document", "文号", weight=1.6),
    Column("level", "级次", weight=0.8),
    Column("indicator", "指标额", "money", total=True),
    Column("issued", "下达日", "date"),
    Column("arrived_on", "到账日", "date"),
    Column("amount", "到账额", "money", total=True),
)
SUMMARY = (
    Column("level", "级次", weight=1),
    Column("share", "分担比例", "percent"),
    Column("due", "应到", "money", total=True),
    Column("arrived", "已到", "money", total=True),
    Column("outstanding", "缺口", "money", total=True),
    Column("paid", "已拨付", "money", total=True),
    Column("available", "可用", "money", total=True),
)


def tables(budget, template):
    """Receipts, then the four levels."""
    env = budget.env
    levels = level_names(budget.institution_id)
    receipts = env["bphs.fund.receipt"].search(
        [("budget_id", "=", budget.id), ("state", "=", "confirmed")], order="date, id"
    )
    listed = [
        {
            "document": receipt.document_id.number,
            "level": levels[receipt.level],
            "indicator": receipt.indicator_amount,
            "issued": receipt.issued_date,
            "arrived_on": receipt.date,
            "amount": receipt.amount,
        }
        for receipt in receipts
    ]
    by_level = [
        {
            "level": levels[source.level],
            "share": source.share,
            **money(source, "due", "arrived", "outstanding", "available"),
            "paid": money(source, "paid")["paid"] - money(source, "returned")["returned"],
        }
        for source in budget.source_ids
    ]
    return make_table(template, COLUMNS, listed), make_table(template, SUMMARY, by_level, title="各级次到位情况")


def form(budget, template):
    listed, by_level = tables(budget, template)
    arrived = next(column for column in COLUMNS if column.key == "amount")
    return make_form(
        template,
        budget.institution_id,
        budget.period_id,
        (listed, by_level, capitals(listed.total(arrived), "到账合计")),
        landscape=True,
    )
