from odoo.exceptions import UserError

from .making import make_county


def pre_init_hook(env):
    """Refuse a database that somebody works with: the demo must never stand among real institutions.

    :raise UserError: there are institutions already
    """
    institutions = env["bphs.institution"].with_context(active_test=False).search([], limit=1)
    if institutions:
        raise UserError(
            env._(
                "%(name)s is in this database already: the demo county needs one without institutions.",
                name=institutions.name,
            )
        )


def post_init_hook(env):
    """Make the demo county, step by step as its people would."""
    make_county(env)
