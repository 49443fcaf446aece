"""Indexes nothing is searched by, or that another holds already: each makes a whole county's roll slower to load."""

from odoo.tools import SQL


def migrate(cr, version):
    for name in (
        "bphs_resident_id_lookup_index",
        "bphs_resident__township_id_index",
        "bphs_household__township_id_index",
        "bphs_household__number_index",
    ):
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(name)))
