"""All forms by code: of which model, drawn by what, as a workbook or not."""

from odoo.addons.bphs_base.reports.printing import PrintedForm, heading
from odoo.addons.bphs_base.tools.workbook import Chart, Sheet

from . import e2_schedule, e3_sample, e4_sheet, e7_scores, e8_problems, e9_bulletin, e9_feedback


def _sheets(table):
    def sheets(record, template):
        above = heading(template, record.institution_id, record.period_id, unit="")
        return [Sheet(template.name, table(record, template), heading=above, freeze=2)]

    return sheets


def _round_sheets(round_, template):
    above = heading(template, round_.institution_id, round_.period_id, unit="")
    scores = e7_scores.table(round_, template)
    problems = e8_problems.table(round_, template)
    return [
        Sheet("附件1", scores, heading=above, freeze=2, chart=Chart("得分率", "unit", ("percent",), kind="bar")),
        Sheet("附件2", problems, heading=above, freeze=2),
    ]


def _units(round_):
    return len(round_.score_ids)


def _kept(round_, kind):
    return round_._kept_bulletin(kind)


def _sample_sheets(sample, template):
    above = heading(template, sample.institution_id, sample.evaluation_id.period_id, unit="")
    return [
        Sheet(template.name, e3_sample.table(sample, template), heading=above, notes=e3_sample.notes(sample), freeze=2)
    ]


ROUND, SHEET, SAMPLE = ("bphs.evaluation",), ("bphs.evaluation.sheet",), ("bphs.evaluation.sample",)
FORMS = {
    "E2": PrintedForm(ROUND, e2_schedule.form, _sheets(e2_schedule.table), rows=lambda round_: len(round_.sheet_ids)),
    "E3": PrintedForm(SAMPLE, e3_sample.form, _sample_sheets, rows=lambda sample: len(sample.record_ids)),
    "E4": PrintedForm(SHEET, e4_sheet.form, _sheets(e4_sheet.table)),
    "E7": PrintedForm(ROUND, e7_scores.form, _sheets(e7_scores.table), rows=_units),
    "E8": PrintedForm(ROUND, e8_problems.form, _sheets(e8_problems.table), rows=_units),
    "E9": PrintedForm(ROUND, sheets=_round_sheets, rows=_units, official=e9_bulletin.official, kept=_kept),
    "E9B": PrintedForm(SHEET, official=e9_feedback.official),
}
