"""The rules of those who open files one by one ask for an opening with a reason, by a field that nobody else reads.

They stand in files a county may have changed since, so only these words are changed.
"""

RULES = (
    "bphs_household_rule_search",
    "bphs_resident_rule_search",
    "bphs_resident_group_rule_search",
    "bphs_resident_merge_rule_search",
    "bphs_resident_move_rule_search",
)


def migrate(cr, version):
    cr.execute(
        r"""
        UPDATE ir_rule
           SET domain_force = regexp_replace(
                   replace(
                       domain_force,
                       '("kind", "=", "open"), ("date"',
                       '("kind", "=", "open"), ("reason", "!=", False), ("date"'),
                   '([."])access_ids', '\1rule_access_ids')
         WHERE id IN (SELECT res_id FROM ir_model_data
                       WHERE module = 'bphs_resident' AND model = 'ir.rule' AND name = ANY(%s))
        """,
        [list(RULES)],
    )
