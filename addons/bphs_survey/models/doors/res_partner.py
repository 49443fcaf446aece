from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    """Tokens by which a person of the address book could sign up are given to nobody."""

    _inherit = "res.partner"

    def _refuse_sign_up(self):
        raise AccessError(self.env._("Sign-ins and passwords are handed out by the administrator, not by mail."))

    def action_signup_prepare(self):
        self._refuse_sign_up()

    def signup_prepare(self, signup_type="signup"):
        self._refuse_sign_up()

    def signup_get_auth_param(self):
        self._refuse_sign_up()
