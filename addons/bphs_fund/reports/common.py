"""What the forms of the funds share: money from records, the names of the levels."""

from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.form import Capitals
from odoo.addons.bphs_base.tools.money import to_decimal


def money(record, *names):
    """{name: Decimal yuan} of Monetary fields."""
    return {name: to_decimal(record[name]) for name in names}


def yuan(amount):
    """1,234.50; nothing owed is never printed as -0.00."""
    return f"{amount or abs(amount):,.2f}"


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
