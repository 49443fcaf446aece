"""A stored filter without user is everyone's, also as their default: those of ordinary users become their own."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    filters = api.Environment(cr, SUPERUSER_ID, {})["ir.filters"].with_context(active_test=False)
    for stored in filters.search([("user_ids", "=", False)]):
        maker = stored.create_uid
        if maker._is_internal() and not maker.has_group("base.group_erp_manager"):
            stored.user_ids = maker
