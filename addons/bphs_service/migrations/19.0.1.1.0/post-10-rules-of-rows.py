"""The rules of due rows ask the rows themselves where they belong.

They stand in a file a county may have changed since, so only these words are changed.
"""

from odoo.tools import SQL

CHANGED = {
    "bphs_followup_rule_scope": ('("resident_id.institution_id", "child_of"', '("institution_id", "child_of"'),
    "bphs_followup_rule_sensitive": (
        '("resident_id.restricted", "=", False)',
        '"!", ("resident_id.restricted", "=", True)',
    ),
}


def migrate(cr, version):
    for name, (before, after) in CHANGED.items():
        cr.execute(
            SQL(
                "UPDATE ir_rule SET domain_force = replace(domain_force, %s, %s) WHERE id ="
                " (SELECT res_id FROM ir_model_data WHERE module = 'bphs_service' AND model = 'ir.rule' AND name = %s)",
                before,
                after,
                name,
            )
        )
