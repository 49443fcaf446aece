"""The printed forms of this module by code: of which model, drawn by what, as a workbook."""

from odoo.addons.bphs_base.reports.printing import PrintedForm
from odoo.addons.bphs_base.tools.workbook import Sheet

from . import charts, i1_target_table, i2_tasks


def _table_sheet(table, template):
    goal = (f"年度总体目标：{table.goal}",) if table.goal else ()
    return Sheet(
        table.region,
        i1_target_table.table(table, template),
        heading=(i1_target_table.title(table), table.source),
        notes=(*goal, *table._sums()),
        freeze=1,
    )


def _table_sheets(table, template):
    return [_table_sheet(table, template)]


def _all_table_sheets(table, template):
    return [_table_sheet(one, template) for one in table._with_below()]


def _task_sheets(issue, template):
    heading = (template.name, f"{issue.document_number or ''}　{issue.year}年")
    return [Sheet(template.name, i2_tasks.table(issue, template), heading=heading, freeze=2)]


PICTURE = ("bphs.indicator.picture",)
FORMS = {
    "I1": PrintedForm(
        ("bphs.indicator.target.table",), i1_target_table.form, _table_sheets, rows=lambda table: len(table.line_ids)
    ),
    "I1A": PrintedForm(
        ("bphs.indicator.target.table",),
        forms=i1_target_table.forms,
        sheets=_all_table_sheets,
        template="I1",
        rows=lambda table: len(table._with_below().line_ids),
    ),
    "I2": PrintedForm(
        ("bphs.indicator.issue",), i2_tasks.form, _task_sheets, rows=lambda issue: len(issue.task_ids.institution_id)
    ),
    "I3": PrintedForm(
        PICTURE,
        charts.ranking_form,
        charts.ranking_sheets,
        rows=lambda one: len(one._ranking()),
        picture=charts.ranking_picture,
    ),
    "I4": PrintedForm(
        PICTURE,
        charts.trend_form,
        charts.trend_sheets,
        rows=lambda one: len(one._trend()),
        picture=charts.trend_picture,
    ),
    "I5": PrintedForm(
        PICTURE, charts.heat_form, charts.heat_sheets, rows=lambda one: len(one._heat()[1]), picture=charts.heat_picture
    ),
}
