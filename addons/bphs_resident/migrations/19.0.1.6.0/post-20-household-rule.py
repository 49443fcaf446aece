"""Whoever must search sees for a week the household they made: its form could not be saved.

The rule stands in a file a county may have changed since, so only these words are changed.
"""

BEFORE = 'else [("rule_member_ids.rule_access_ids", "any"'
AFTER = (
    'else ["|", "&", ("create_uid", "=", user.id), ("create_date", ">=", "today -7d"),'
    ' ("rule_member_ids.rule_access_ids", "any"'
)


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_rule SET domain_force = replace(domain_force, %s, %s)
         WHERE id IN (SELECT res_id FROM ir_model_data
                       WHERE module = 'bphs_resident' AND model = 'ir.rule' AND name = 'bphs_household_rule_search')
        """,
        [BEFORE, AFTER],
    )
