import contextlib

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request


class ResUsers(models.Model):
    """Wrong passwords are limited by what a request does, not by its address.

    Every sign-in, whatever its route, passes by `_assert_can_auth`; everything that compares a password of somebody
    known (sign-in, change of the password, asking for it again within a session) passes by `_check_credentials`.
    """

    _inherit = "res.users"

    @contextlib.contextmanager
    def _assert_can_auth(self, user=None):
        if not request:
            yield
            return
        failures = self.env["bphs.wrong.password"]
        login = self._login_of(user)
        failures._check_may_try(login)
        try:
            yield
        except AccessDenied:
            # sudo: whether there is such an account; one that is there was counted where its password was compared
            if not self.sudo().search_count(self._get_login_domain(login), limit=1):
                failures._count(login)
            raise

    def _check_credentials(self, credential, env):
        if not request:
            return super()._check_credentials(credential, env)
        failures = self.env["bphs.wrong.password"]
        # sudo: the second step of a sign-in asks it before anybody is signed in
        login = (self if len(self) == 1 else self.env.user).sudo().login
        kind = str(credential.get("type") or "password")[:20]
        failures._check_may_try(login)
        try:
            result = super()._check_credentials(credential, env)
        except AccessDenied:
            failures._count(login, kind, known=True)
            raise
        failures._forgive(login, kind)
        return result

    def _login_of(self, user):
        """:param user: a login, or the id of a user, as Odoo's callers give it"""
        if isinstance(user, int):
            # sudo: asked before anybody is signed in
            return self.sudo().browse(user).login or str(user)
        return str(user)
