from odoo.tools import SQL


def uninstall_hook(env):
    """Drop the functions of triggers; the triggers go with them."""
    env.execute_query(SQL("DROP FUNCTION IF EXISTS bphs_fund_freeze() CASCADE"))
    env.execute_query(SQL("DROP FUNCTION IF EXISTS bphs_fund_prepayment_ratio() CASCADE"))
