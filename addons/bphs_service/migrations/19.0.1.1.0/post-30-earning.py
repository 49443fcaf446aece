"""Rules of counting and checks of authenticity, which a new county gets from files that are loaded but once."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model in ("bphs.earning.rule", "bphs.authenticity.check"):
        if not env[model].search_count([], limit=1):
            env[model]._load_shipped()
