from odoo.tools import SQL


def uninstall_hook(env):
    """Drop the functions that freeze published records; their triggers go with them."""
    env.execute_query(SQL("DROP FUNCTION IF EXISTS bphs_fund_freeze() CASCADE"))
    env.execute_query(SQL("DROP FUNCTION IF EXISTS bphs_fund_freeze_line() CASCADE"))
