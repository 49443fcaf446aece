"""Who finds which entry in the menu is written anew: loading adds roles to an entry and takes none away."""


def migrate(cr, version):
    cr.execute(
        "DELETE FROM ir_ui_menu_group_rel rel USING ir_model_data data"
        " WHERE data.module = 'bphs_rectification' AND data.model = 'ir.ui.menu' AND data.res_id = rel.menu_id"
    )
