"""What the forms share: head, words for periods, money from records."""

from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.form import Capitals, Form, Table
from odoo.addons.bphs_base.tools.money import to_decimal

QUARTERS = {"1": "第一季度", "2": "第二季度", "3": "第三季度", "4": "第四季度"}


def period_text(period):
    """2025Q1 as 2025年第一季度, 2025 as 2025年度."""
    if period.kind == "quarter":
        year, quarter = period.code.split("Q")
        return f"{year}年{QUARTERS.get(quarter, quarter)}"
    return f"{period.code}年度" if period else ""


def money(record, *names):
    """{name: Decimal yuan} of Monetary fields."""
    return {name: to_decimal(record[name]) for name in names}


def yuan(amount):
    """1,234.50; nothing owed is never printed as -0.00."""
    return f"{amount or abs(amount):,.2f}"


def day(value):
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def name_of(institution):
    """Its full name, also of a unit above the reader's scope: it stands on the paper they are handed."""
    return institution.sudo().name or ""  # sudo: the name alone, of a unit a readable record names


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


def make_form(template, institution, period, blocks, **values):
    """A form under the county's words.

    :param template: bphs.print.template record
    :param institution: who issues it, where the template names nobody
    :param blocks: what stands on it
    """
    notes = tuple(filter(None, (template.note, *values.pop("notes", ()))))
    return Form(
        title=values.pop("title", None) or template.name,
        blocks=tuple(blocks),
        issuers=(template.issuer or name_of(institution),),
        period=period_text(period),
        signatures=template._texts("signatures"),
        seals=template._texts("seals"),
        notes=notes,
        **values,
    )


def make_table(template, columns, rows, **values):
    """A table with the columns the template prints."""
    return Table(template._columns(columns), rows, **values)
