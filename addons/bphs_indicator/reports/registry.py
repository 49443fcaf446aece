"""The printed forms of this module by code: of which model, drawn by what, as a workbook."""

from odoo.addons.bphs_base.reports.printing import PrintedForm
from odoo.addons.bphs_base.tools.workbook import Sheet

from . import i1_target_table, i2_tasks


def _table_sheets(table, template):
    heading = (i1_target_table.title(table), table.source)
    return [
        Sheet(
            table.region, i1_target_table.table(table, template), heading=heading, notes=tuple(table._sums()), freeze=1
        )
    ]


def _task_sheets(issue, template):
    heading = (template.name, f"{issue.document_number or ''}　{issue.year}年")
    return [Sheet(template.name, i2_tasks.table(issue, template), heading=heading, freeze=2)]


FORMS = {
    "I1": PrintedForm(
        ("bphs.indicator.target.table",), i1_target_table.form, _table_sheets, rows=lambda table: len(table.line_ids)
    ),
    "I2": PrintedForm(
        ("bphs.indicator.issue",), i2_tasks.form, _task_sheets, rows=lambda issue: len(issue.task_ids.institution_id)
    ),
}
