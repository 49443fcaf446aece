"""Use begins with the file: a file made within the time a record may be old wants none yet."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.bphs_resident.tools import file_state

WITHOUT = "array_to_string(array_remove(string_to_array(failures, ','), 'not_dynamic'), ',')"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    today = env.user._county_today()
    cr.execute(
        SQL(
            """
            UPDATE bphs_resident r
               SET failures = nullif(%(without)s, ''), standardised = %(without)s = ''
             WHERE r.failures LIKE '%%not_dynamic%%'
               AND (r.file_created_on > %(newest)s
                    OR r.file_created_on > %(oldest)s AND NOT (%(by_age)s) AND NOT EXISTS (
                        SELECT FROM bphs_resident_group g WHERE g.resident_id = r.id AND g.kind = ANY(%(groups)s)))
            """,
            without=SQL(WITHOUT),
            newest=file_state.oldest_record(file_state.KEY_GROUPS, today),
            oldest=file_state.oldest_record((), today),
            by_age=SQL(" OR ").join(
                SQL(
                    "coalesce(r.birth_date > %s AND r.birth_date <= %s, FALSE)",
                    *file_state.birth_dates(group, today),
                )
                for group in file_state.AGE_GROUPS
            ),
            groups=sorted(file_state.KEY_GROUPS),
        )
    )
