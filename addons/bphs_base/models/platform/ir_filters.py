from odoo import Command, api, models
from odoo.exceptions import AccessError


class IrFilters(models.Model):
    """A stored filter is its maker's. One without a user would be everyone's, and could be their default."""

    _inherit = "ir.filters"

    @api.model_create_multi
    def create(self, vals_list):
        filters = super().create(vals_list)
        if filters._is_own_alone():
            shared = filters.filtered(lambda stored: not stored.sudo().user_ids)  # sudo: whose it is, seen or not
            # The screen sends none where a filter is to be shared.
            shared.sudo().user_ids = [Command.set(self.env.user.ids)]  # sudo: one's own filter becomes one's own
            filters._check_own()
        return filters

    def write(self, vals):
        if self._is_own_alone():
            self._check_own()
        result = super().write(vals)
        if self._is_own_alone():
            self._check_own()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_of_others(self):
        if self._is_own_alone():
            self._check_own()

    def _is_own_alone(self):
        return not self.env.su and not self.env.user.has_group("base.group_erp_manager")

    def _check_own(self):
        """:raise AccessError: one of these is not the user's, or not theirs alone"""
        # sudo: whose it is counts, whoever may see that person
        if self.sudo().filtered(lambda stored: stored.user_ids != self.env.user):
            raise AccessError(self.env._("A stored filter is for yourself; an administrator shares one with others."))
