"""All forms by code: of which model, drawn by what, as a workbook or not."""

from odoo.addons.bphs_base.reports.printing import PrintedForm, heading
from odoo.addons.bphs_base.tools.workbook import Sheet

from . import (
    e10_notice,
    e11_report,
    e12_ledger,
    e13_closure,
    e13_interview,
    e13_letter,
    e13_lookback,
    e14_quarter,
)
from .common import tasks_of

TASKS = ("bphs.rectification", "bphs.rectification.print")


def _sheets(table):
    def sheets(record, template):
        above = heading(template, record.institution_id, record.env["bphs.period"], unit="")
        return [Sheet(template.name, table(record, template), heading=above, freeze=2)]

    return sheets


def _task_count(record):
    return len(tasks_of(record))


FORMS = {
    "E10": PrintedForm(TASKS, e10_notice.form, rows=_task_count),
    # All institutions of a list in one file, each notice numbered by itself.
    "E10ALL": PrintedForm(("bphs.rectification.print",), forms=e10_notice.forms, rows=_task_count, template="E10"),
    "E11": PrintedForm(TASKS, e11_report.form, _sheets(e11_report.table), rows=_task_count),
    "E12": PrintedForm(("bphs.rectification.print",), e12_ledger.form, _sheets(e12_ledger.table), rows=_task_count),
    "E13A": PrintedForm(
        ("bphs.supervision.letter",), e13_letter.form, rows=lambda letter: len(letter.rectification_ids)
    ),
    "E13B": PrintedForm(("bphs.interview",), e13_interview.form),
    "E13C": PrintedForm(("bphs.rectification",), e13_closure.form, rows=len),
    "E13D": PrintedForm(("bphs.lookback",), e13_lookback.form, e13_lookback.sheets),
    "E14": PrintedForm(
        ("bphs.quarterly.report",),
        e14_quarter.form,
        e14_quarter.sheets,
        rows=lambda report: report.training_count + report.guidance_count,
    ),
}
