from odoo.tools import SQL

from .models.platform.res_partner import ODOO_ROBOT, ROBOT
from .models.registers.bphs_institution import NEUTRAL_NAME, ODOO_NAME

GUARDS = ("bphs_append_only", "bphs_period_guard", "bphs_period_closed", "bphs_published", "bphs_draft_part")


def pre_init_hook(env):
    """What a constraint over days needs: it comes with PostgreSQL, and the owner of a database may make it."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


def post_init_hook(env):
    """Name the owner of the system in every navigation bar, and who acts by itself, where nobody has named them yet."""
    company = env.ref("base.main_company")
    if company.name == ODOO_NAME:
        company.name = NEUTRAL_NAME
    robot = env.ref("base.partner_root")
    if robot.name == ODOO_ROBOT:
        robot.name = ROBOT


def uninstall_hook(env):
    """Take the guards along: their triggers go with their functions."""
    for function in GUARDS:
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", SQL.identifier(function)))
