"""How likely a ratio may be by chance: asked by the checks that few records mislead, as they are shipped."""

from odoo.tools import SQL


def migrate(cr, version):
    cr.execute(
        SQL(
            "UPDATE bphs_authenticity_check"
            " SET chance = CASE code WHEN 'fudging' THEN 0.001 WHEN 'control_high' THEN 0.005 ELSE 0 END"
            " WHERE chance IS NULL"
        )
    )
