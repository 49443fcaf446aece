from odoo.tools import SQL


def uninstall_hook(env):
    """Take the guards along: their triggers go with their functions."""
    for function in ("bphs_append_only", "bphs_period_guard", "bphs_period_closed"):
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", SQL.identifier(function)))
