"""The module's forms by code: of which model, drawn by what."""

from odoo.addons.bphs_base.reports.printing import PrintedForm

from . import activity, patrol, w1_workers

FORMS = {
    # Those named are not on the paper: it hangs in a folder, and a signed list is its own.
    "H1": PrintedForm(("bphs.group.service",), activity.form, rows=lambda group: 0),
    "H2": PrintedForm(("bphs.patrol",), patrol.form, rows=lambda patrol: 0),
    "W1": PrintedForm(
        ("bphs.earning.workers",), w1_workers.form, w1_workers.sheets, rows=lambda sheet: len(sheet._rows())
    ),
}
