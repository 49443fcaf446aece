"""S12 缴回通知单 and 收据: what a clinic has to give back, and the receipt for it."""

from odoo.addons.bphs_base.reports.printing import day, make_form
from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.paper.form import CutLine, Fields, Text

from .common import money


def form(returned, template):
    amount = money(returned, "amount")["amount"]
    clinic = returned.institution_id.name
    figures = (
        (("缴回原因", returned.reason),),
        (("金额大写", chinese_capitals(amount)),),
        (("金额小写", f"¥{amount:,.2f}"), ("缴回期限", day(returned.deadline))),
        (("依据文号", returned.document_id.number or ""),),
    )
    return make_form(
        template,
        returned.budget_id.institution_id,
        returned.budget_id.period_id,
        (
            Text(f"{clinic}：", bold=True),
            Text("请按下列事项将款项缴回。", indent=True),
            Fields(figures),
            CutLine("收据"),
            Text(f"今收到{clinic}缴回基本公共卫生服务补助资金人民币{chinese_capitals(amount)}。", indent=True),
            Text(f"收款日期：{day(returned.date) if returned.state == 'confirmed' else ''}", align="right"),
        ),
    )
