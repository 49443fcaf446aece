"""How likely a ratio may be by chance: asked by the check of the values around a limit, as it is shipped."""

from odoo.tools import SQL


def migrate(cr, version):
    cr.execute(
        SQL(
            "UPDATE bphs_authenticity_check SET chance = CASE WHEN code = 'fudging' THEN 0.001 ELSE 0 END"
            " WHERE chance IS NULL"
        )
    )
