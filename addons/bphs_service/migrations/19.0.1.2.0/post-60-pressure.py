"""The form of a blood pressure reading, and the rules that say of it too what is abnormal.

Both come from files that are loaded but once; a county may have changed the rules since, so only the form is added.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["bphs.form.template"]._load_shipped()
    cr.execute(
        SQL(
            "UPDATE bphs_finding_rule SET forms = forms || ' pressure'"
            " WHERE code = 'blood_pressure' AND NOT 'pressure' = ANY(string_to_array(forms, ' '))"
        )
    )
