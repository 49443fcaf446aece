"""Screening of target organs and assessment of cardiovascular risk: their forms, what counts as abnormal in them, and
the forms their clocks count by, which had none.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

CLOCKS = ("organ_screening", "cvd_risk")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["bphs.form.template"]._load_shipped()
    env["bphs.finding.rule"]._load_shipped()
    # A published clock stays as it is for whoever writes it: nothing was ever due by these, for nothing could close it.
    cr.execute(
        SQL(
            "UPDATE bphs_clock SET form_codes = code WHERE code = ANY(%s) AND coalesce(form_codes, '') = ''",
            list(CLOCKS),
        )
    )
    # Other forms answer the same question with other words; without them what was found would be closed as well again.
    cr.execute(
        SQL(
            "UPDATE bphs_finding_rule SET answers = 'abnormal weak none' WHERE code = 'foot_pulse' AND answers = %s",
            "abnormal",
        )
    )
