"""Whose form was printed, of the entries that stand: a rule asks for it."""

from odoo.tools import SQL
from odoo.tools.sql import table_exists

# Documents of one person, by their table.
OF_ONE = {"bphs.contract": "bphs_contract", "bphs.elderly.standing": "bphs_elderly_standing"}


def migrate(cr, version):
    for model, table in OF_ONE.items():
        if table_exists(cr, table):
            cr.execute(
                SQL(
                    "INSERT INTO bphs_print_log_person (log_id, resident_id)"
                    " SELECT l.id, d.resident_id FROM bphs_print_log l JOIN %s d ON d.id = l.res_id"
                    " WHERE l.res_model = %s ON CONFLICT DO NOTHING",
                    SQL.identifier(table),
                    model,
                )
            )
