from odoo.tools import SQL

from odoo.addons.bphs_base.models.platform.res_partner import ODOO_ROBOT, ROBOT


def migrate(cr, version):
    """Who does something by itself has a Chinese name, where the county gave none."""
    cr.execute(
        SQL(
            """UPDATE res_partner SET name = %s, complete_name = %s
                WHERE name = %s
                  AND id = (SELECT res_id FROM ir_model_data WHERE module = 'base' AND name = 'partner_root')""",
            ROBOT,
            ROBOT,
            ODOO_ROBOT,
        )
    )
