from odoo import api, models
from odoo.exceptions import AccessError


class IrEmbeddedActions(models.Model):
    """A button beside a screen's name that runs a method with the rights of whoever presses it.

    Odoo lets any internal user make one, for everybody and with any method: it is the system's to make.
    """

    _inherit = "ir.embedded.actions"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_make()
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_make()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_of_the_system(self):
        self._check_may_make()

    def _check_may_make(self):
        if not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Buttons beside a screen are made by the system administrator."))
