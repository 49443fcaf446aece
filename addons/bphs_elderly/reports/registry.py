"""The module's forms by code: of which model, drawn by what, as a workbook or not."""

from odoo.addons.bphs_base.reports.printing import PrintedForm

from . import feedback, ledger, picture

FORMS = {
    "E16": PrintedForm(("bphs.elderly.ledger",), ledger.form, ledger.sheets, rows=lambda dialog: dialog._row_count()),
    "L1": PrintedForm(("bphs.elderly.standing",), feedback.form),
    # Townships: of which disease there is a row at all is told with the picture, to whoever is told of the disease.
    "L2": PrintedForm(
        ("bphs.elderly.picture",),
        picture.form,
        picture.sheets,
        rows=lambda shown: len(set(shown.line_ids.mapped("name"))),
    ),
}
