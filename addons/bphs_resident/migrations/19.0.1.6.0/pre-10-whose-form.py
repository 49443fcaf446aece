"""Whose form was printed: a rule asks for it, and nobody changes an entry afterwards."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

# Documents of one person, by their table.
OF_ONE = {"bphs.contract": "bphs_contract", "bphs.elderly.standing": "bphs_elderly_standing"}


def migrate(cr, version):
    if column_exists(cr, "bphs_print_log", "resident_id"):
        return
    cr.execute("ALTER TABLE bphs_print_log ADD COLUMN resident_id int4")
    cr.execute("ALTER TABLE bphs_print_log DISABLE TRIGGER USER")
    for model, table in OF_ONE.items():
        if table_exists(cr, table):
            cr.execute(
                SQL(
                    "UPDATE bphs_print_log l SET resident_id = d.resident_id FROM %s d"
                    " WHERE l.res_model = %s AND d.id = l.res_id",
                    SQL.identifier(table),
                    model,
                )
            )
    cr.execute("ALTER TABLE bphs_print_log ENABLE TRIGGER USER")
