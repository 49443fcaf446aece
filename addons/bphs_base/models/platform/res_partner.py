from odoo import models

# Whose name stands where the system did something by itself.
ODOO_ROBOT, ROBOT = "OdooBot", "系统"


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        # A new password is sent to the e-mail address on this card: it is as protected as the user behind it.
        # sudo: whose card it is counts, whoever may see that user
        users = self.sudo().with_context(active_test=False).user_ids.with_env(self.env)
        if users._is_limited_administrator():
            users._check_may_be_administered()
        users._check_own_name(vals)
        return super().write(vals)
