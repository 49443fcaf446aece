"""The list of approvals has another name beside the list of all that waits: its Chinese comes anew with it."""

from odoo.tools import SQL


def migrate(cr, version):
    for name, table in (("menu_waiting", "ir_ui_menu"), ("bphs_approval_request_action_waiting", "ir_act_window")):
        cr.execute(
            SQL(
                "UPDATE %s SET name = name - 'zh_CN' WHERE id = (SELECT res_id FROM ir_model_data"
                " WHERE module = 'bphs_approval' AND name = %s)",
                SQL.identifier(table),
                name,
            )
        )
