from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The forms that came since: they are loaded once, when the module is installed."""
    api.Environment(cr, SUPERUSER_ID, {})["bphs.form.template"]._load_shipped()
