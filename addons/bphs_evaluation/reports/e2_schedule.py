"""E2 分组日程: which team goes where on which day."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column

COLUMNS = (
    Column("no", "序号", "index"),
    Column("team", "组"),
    Column("date", "日期", "date"),
    Column("unit", "单位", weight=2),
    Column("people", "人员", weight=2),
)


def table(round_, template):
    planned = round_.sheet_ids.sorted(
        lambda sheet: (str(sheet.visit_date or "9999"), sheet.team or "", sheet.institution_id.code)
    )
    rows = [
        {
            "team": sheet.team,
            "date": sheet.visit_date,
            "unit": sheet.institution_id.name,
            "people": "、".join(sheet.evaluator_ids.mapped("name")),
        }
        for sheet in planned
    ]
    return make_table(template, COLUMNS, rows)


def form(round_, template):
    return make_form(template, round_.institution_id, round_.period_id, (table(round_, template),), unit="")
