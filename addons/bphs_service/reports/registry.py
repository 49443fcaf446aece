"""The module's forms by code: of which model, drawn by what."""

from odoo.addons.bphs_base.reports.printing import PrintedForm

from . import w1_workers

FORMS = {
    "W1": PrintedForm(
        ("bphs.earning.workers",), w1_workers.form, w1_workers.sheets, rows=lambda sheet: len(sheet._rows())
    ),
}
