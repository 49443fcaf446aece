from odoo import api, models
from odoo.exceptions import AccessError


class ResUsers(models.Model):
    """Odoo's surveys bring along its sign-up by mail; here people are entered and get a slip (decision 25)."""

    _inherit = "res.users"

    def _refuse_sign_up(self):
        raise AccessError(self.env._("Sign-ins and passwords are handed out by the administrator, not by mail."))

    @api.model
    def _get_signup_invitation_scope(self):
        # Odoo's own default invites the whole world.
        return "b2b"

    @api.model
    def signup(self, values, token=None):
        self._refuse_sign_up()

    def reset_password(self, login):
        self._refuse_sign_up()

    def action_reset_password(self):
        self._refuse_sign_up()

    def send_unregistered_user_reminder(self, *, after_days=5, batch_size=100):
        self._refuse_sign_up()

    def _action_reset_password(self, signup_type="reset"):
        # Whoever makes a user with an address of mail sends nothing by that.
        return None
