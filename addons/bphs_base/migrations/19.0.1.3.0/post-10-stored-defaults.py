"""Defaults that nobody may store any more: of what no client sets, of who a person is, and personal ones elsewhere."""

GUARDED = ("res.users", "res.users.role", "res.users.role.line", "res.groups")


def migrate(cr, version):
    cr.execute(
        """
        DELETE FROM ir_default stored USING ir_model_fields field
         WHERE field.id = stored.field_id
           AND ((field.model LIKE 'bphs.%%' AND field.readonly)
                OR field.model IN %s
                OR (field.model NOT LIKE 'bphs.%%'
                    AND stored.user_id IS NOT NULL
                    AND stored.user_id NOT IN (
                        SELECT member.uid FROM res_groups_users_rel member
                          JOIN ir_model_data name ON name.model = 'res.groups' AND name.res_id = member.gid
                         WHERE name.module = 'base' AND name.name = 'group_system')))
        """,
        [GUARDED],
    )
