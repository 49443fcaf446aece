"""S7 乡镇汇总表: the sums of S6 by township, and the sources the payments were split over."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.money import ZERO, to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column

from .common import amount_columns, capitals, level_names, money

NAMES = ("base", "deduction", "settled", "prepaid", "carry_in", "due", "frozen", "pay", "carry")
ANNUAL_NAMES = ("base", "claim", "final", "carry_in", "paid", "balance", "frozen", "capped", "payable", "carry")
SOURCES = (
    Column("source", "资金来源", weight=1.4),
    Column("amount", "金额", "money", total=True),
)


def names_of(run):
    return ANNUAL_NAMES if run.kind == "annual" else NAMES


def columns_of(run):
    return (
        Column("no", "序号", "index"),
        Column("township", "乡镇", weight=2.2),
        Column("clinics", "村卫生室数", "integer", total=True),
        *amount_columns(*names_of(run)),
    )


def township_table(run, template):
    names = names_of(run)
    rows = [
        {"township": township.name, "clinics": count} | dict(zip(names, map(to_decimal, amounts), strict=True))
        for township, count, *amounts in run.env["bphs.fund.settlement.line"]._read_group(
            [("settlement_id.run_id", "=", run.id)],
            ["settlement_id.institution_id"],
            ["__count", *(f"{name}:sum" for name in names)],
        )
    ]
    return make_table(template, columns_of(run), sorted(rows, key=lambda row: row["township"]))


def source_table(run, template):
    """What the four sources have borne of this run so far; empty before the first payment."""
    env = run.env
    payables = env["bphs.fund.payable"].search(
        [("origin_model", "=", "bphs.fund.settlement.line"), ("origin_id", "in", run.settlement_ids.line_ids.ids)]
    )
    levels = level_names(run.institution_id)
    borne = dict(
        env["bphs.fund.payment.split"]._read_group([("payable_id", "in", payables.ids)], ["source_id"], ["amount:sum"])
    )
    rows = [
        {"source": levels[source.level], "amount": to_decimal(borne.get(source, 0))}
        for source in run.budget_id.source_ids
    ]
    return make_table(template, SOURCES, rows, title="已拨付资金来源")


def form(run, template):
    listed = township_table(run, template)
    key, label = ("payable", "年度实拨合计") if run.kind == "annual" else ("pay", "实拨合计")
    total = sum((money(settlement, f"total_{key}")[f"total_{key}"] for settlement in run.settlement_ids), ZERO)
    return make_form(
        template,
        run.institution_id,
        run.period_id,
        (listed, capitals(total, label), source_table(run, template)),
        landscape=True,
        number=run.scheme_id.document_id.number or "",
    )
