"""S9 银行代发清册: the list the bank pays by. Holds full account numbers: finance alone prints it, and it is logged."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table, period_text
from odoo.addons.bphs_base.tools.money import ZERO, to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column

from .common import capitals

COLUMNS = (
    Column("no", "序号", "index"),
    Column("holder", "户名", weight=1.2),
    Column("id_number", "证件号", "code", weight=1.7),
    Column("bank", "开户行", weight=1.8),
    Column("account", "账号", "code", weight=1.9),
    Column("amount", "金额", "money", total=True),
    Column("purpose", "附言", weight=2),
)

AMOUNT = next(column for column in COLUMNS if column.key == "amount")


def table(payment, template):
    """One row for each transfer; what one unit receives for many clinics is one transfer."""
    rows = {}
    for line in payment.line_ids.filtered(lambda line: line.state != "failed").sorted(
        lambda line: (line.institution_id.code, line.id)
    ):
        account = line.account_id
        key = account.id if payment.path == "township" else line.id
        row = rows.setdefault(
            key,
            {
                "holder": account.holder,
                "id_number": account.id_number or "",
                "bank": account.bank,
                "account": account.account_number,
                "amount": ZERO,
                "purpose": f"{period_text(line.period_id)}基本公共卫生补助",
            },
        )
        row["amount"] += to_decimal(line.amount)
    return make_table(template, COLUMNS, list(rows.values()))


def form(payment, template):
    listed = table(payment, template)
    return make_form(
        template,
        payment.institution_id,
        payment.period_id,
        (listed, capitals(listed.total(AMOUNT), "合计")),
        landscape=True,
        number=payment.number or "",
    )
