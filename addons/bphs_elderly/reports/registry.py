"""The module's forms by code: of which model, drawn by what, as a workbook or not."""

from odoo.addons.bphs_base.reports.printing import PrintedForm

from . import feedback, ledger, picture

FORMS = {
    "E16": PrintedForm(
        ("bphs.elderly.ledger",), ledger.form, ledger.sheets, rows=lambda dialog: len(dialog._standings())
    ),
    "L1": PrintedForm(("bphs.elderly.standing",), feedback.form),
    "L2": PrintedForm(("bphs.elderly.picture",), picture.form, picture.sheets),
}
