"""What the forms of the funds share: money from records, the names of the levels."""

from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Capitals, Column, Text

from ..tools.explain import plain

# What an amount is called on every paper. Signs are those of the screen: what is still to be deducted is below zero.
TITLES = {
    "base": "核定额",
    "deduction": "扣减",
    "settled": "应结算",
    "prepaid": "已预拨",
    "carry_in": "上期待扣回",
    "due": "应拨",
    "frozen": "暂缓",
    "pay": "实拨",
    "carry": "下期抵扣",
    "claim": "年度应结算",
    "limited": "封顶后",
    "final": "年度结算额",
    "paid": "全年已拨",
    "balance": "年度差额",
    "capped": "封顶核减暂缓",
    "payable": "年度实拨",
}


def amounts(record, *names):
    """(heading, 1,234.50) of each Monetary field of a settlement line, for a block of figures."""
    return tuple((TITLES[name], yuan(amount)) for name, amount in money(record, *names).items())


def amount_columns(*names):
    """Columns of amounts, each with its total, under the headings all papers share."""
    return tuple(Column(name, TITLES[name], "money", total=True) for name in names)


def money(record, *names):
    """{name: Decimal yuan} of Monetary fields."""
    return {name: to_decimal(record[name]) for name in names}


def yuan(amount):
    """1,234.50; nothing owed is never printed as -0.00."""
    return f"{amount or abs(amount):,.2f}"


def false_work(line):
    """What of a quarter's deduction is for false work, and by which document; nothing where none is."""
    rule = line.false_work_id.sudo()  # sudo: the county's rule, which the sheet names
    if not rule:
        return ()
    times = plain(to_decimal(rule.times))
    told = [
        f"{item.item_id.name} {plain(to_decimal(item.price))}×{times}×{item.false_qty}"
        f"＝{yuan(to_decimal(item.false_amount))}"
        for item in line.item_ids
        if item.false_amount
    ]
    words = f"扣减中不真实服务（单价×{times}倍×不真实数，依据{rule.document_number}）：{'；'.join(told)}元。"
    return (Text(words, indent=True),)


def level_names(institution):
    """{level: its name on paper}: the fourth level prints by the division's own type, 区级 or 县级.

    :param institution: the bureau of the budget
    """
    env = institution.env
    names = dict(env["bphs.fund.source"]._fields["level"]._description_selection(env))
    own_type = institution.sudo().division_id.type_name  # sudo: a word of the register all may read
    return names | ({"county": f"{own_type}级"} if own_type else {})


def capitals(amount, label):
    """A total in words beside its figures."""
    return Capitals(chinese_capitals(amount), amount, label)
