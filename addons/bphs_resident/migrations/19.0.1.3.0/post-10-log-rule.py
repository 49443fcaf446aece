"""Of the log, entries of lists that held files for named persons alone are for these.

The rule stands in a file a county may have changed since, so only these words are changed.
"""

BEFORE = '["|", ("resident_id", "=", False), ("resident_id.restricted", "=", False)]'
AFTER = (
    '["|", "&", ("resident_id", "=", False), "|", ("kind", "not in", ["list", "export", "import"]),'
    ' ("count", ">", 0), ("resident_id.restricted", "=", False)]'
)


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_rule SET domain_force = replace(domain_force, %s, %s)
         WHERE id IN (SELECT res_id FROM ir_model_data
                       WHERE module = 'bphs_resident' AND model = 'ir.rule'
                         AND name = 'bphs_resident_access_rule_sensitive')
        """,
        [BEFORE, AFTER],
    )
