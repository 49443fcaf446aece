"""All forms by code: of which model, drawn by what, as a workbook or not."""

from odoo.addons.bphs_base.reports.printing import PrintedForm

from . import e6_codes, e6_results

FORMS = {
    "E6": PrintedForm(("bphs.survey",), e6_results.form, e6_results.sheets, rows=lambda survey: len(survey.unit_ids)),
    "E6Q": PrintedForm(("bphs.survey.unit",), e6_codes.form, rows=lambda row: row.sent),
}
