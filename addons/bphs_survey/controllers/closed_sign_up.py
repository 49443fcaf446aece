from werkzeug.exceptions import NotFound

from odoo.http import route

from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class ClosedSignUp(AuthSignupHome):
    """Odoo's surveys bring its sign-up along: nobody signs up here, and no password is set by mail."""

    @route()
    def web_auth_signup(self, *_args, **_kwargs):
        raise NotFound()

    @route()
    def web_auth_reset_password(self, *_args, **_kwargs):
        raise NotFound()

    def get_auth_signup_config(self):
        return super().get_auth_signup_config() | {"signup_enabled": False, "reset_password_enabled": False}
