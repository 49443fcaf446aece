from odoo import api, models
from odoo.exceptions import AccessError


class IrExports(models.Model):
    """A list of columns to take out stands in the dialog of everybody who may: it is its maker's to change."""

    _inherit = "ir.exports"

    def write(self, vals):
        self._check_own()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_of_others(self):
        self._check_own()

    def _check_own(self):
        """:raise AccessError: somebody else made one of these"""
        if self.env.su or self.env.user.has_group("base.group_erp_manager"):
            return
        # sudo: whose it is counts, whoever may take anything out
        if self.sudo().filtered(lambda stored: stored.create_uid != self.env.user):
            raise AccessError(self.env._("Somebody else stored this list of columns: store one of your own."))


class IrExportsLine(models.Model):
    """A column of such a list: Odoo lets whoever may take nothing out add to the lists of those who may."""

    _inherit = "ir.exports.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # After creation, because the list may come from the context.
        lines._check_own()
        return lines

    def write(self, vals):
        self._check_own()
        result = super().write(vals)
        self._check_own()
        return result

    # Whatever the context says, as above.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_of_others(self):
        self._check_own()

    def _check_own(self):
        # sudo: as above
        self.sudo().export_id.with_env(self.env)._check_own()


class MailCannedResponse(models.Model):
    """A text kept for chatting is put into the mouth of whoever picks it: one's own alone."""

    _inherit = "mail.canned.response"

    @api.model_create_multi
    def create(self, vals_list):
        responses = super().create(vals_list)
        responses._check_own_alone()
        return responses

    def write(self, vals):
        result = super().write(vals)
        self._check_own_alone()
        return result

    def _check_own_alone(self):
        """:raise AccessError: others are to find one of these as well"""
        if self.env.su or self.env.user.has_group("base.group_erp_manager"):
            return
        if self.sudo().group_ids:  # sudo: whom it is for counts, whoever may see that
            raise AccessError(self.env._("A text kept for chatting is for yourself; an administrator shares one."))


class ReportLayout(models.Model):
    """How printed pages are laid out: Odoo lets any internal user change and delete it for everybody."""

    _inherit = "report.layout"

    def _check_access(self, operation):
        return _of_the_system(self, operation) or super()._check_access(operation)


class BaseImportMapping(models.Model):
    """Which column of a file is which field: it decides what the system administrator's next import writes."""

    _inherit = "base_import.mapping"

    def _check_access(self, operation):
        return _of_the_system(self, operation) or super()._check_access(operation)


def _of_the_system(records, operation):
    """:return: as `_check_access` does, where it is for the system administrator alone; or None"""
    env = records.env
    if operation == "read" or env.su or env.user.has_group("base.group_system"):
        return None
    return records, lambda: AccessError(env._("This is for everybody: the system administrator changes it."))
