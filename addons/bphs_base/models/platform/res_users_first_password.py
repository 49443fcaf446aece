import secrets

from odoo import fields, models
from odoo.exceptions import AccessDenied, UserError

# Without the characters people take for one another on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
FIRST_LENGTH = 10
SHORTEST = 8


class ResUsers(models.Model):
    """A first password, printed on a slip, opens nothing but the page where its owner chooses another.

    It is held where a second factor is asked: the session stays unfinished until then, and no interface takes the
    password for itself.
    """

    _inherit = "res.users"

    password_is_first = fields.Boolean(
        string="First Password Not Changed",
        readonly=True,
        copy=False,
        groups="base.group_erp_manager,bphs_base.group_administrator",
    )

    def _mfa_url(self):
        # sudo: of whoever is signing in, who reads nothing yet
        if self.sudo().password_is_first:
            return "/web/login/first-password"
        return super()._mfa_url()

    def _mfa_type(self):
        return super()._mfa_type() or ("first_password" if self.sudo().password_is_first else None)  # sudo: as above

    def _rpc_api_keys_only(self):
        return self.sudo().password_is_first or super()._rpc_api_keys_only()  # sudo: as above

    def _give_first_password(self):
        """Set a password that its owner must change.

        :return str: the password, which is kept nowhere
        """
        self.ensure_one()
        password = "".join(secrets.choice(ALPHABET) for _ in range(FIRST_LENGTH))
        self.write({"password": password})
        self.sudo().password_is_first = True  # sudo: who may set the password may say that it is a first one
        return password

    def _replace_first_password(self, password):
        """Set what the owner of a first password chose.

        :raise UserError: it is too short, the first one again, or the sign-in name
        """
        self.ensure_one()
        user = self.sudo()  # sudo: its owner, known by the first password, whose session is not finished
        if not user.password_is_first:
            raise AccessDenied()
        if len(password) < SHORTEST:
            raise UserError(self.env._("The password needs at least %(count)s characters.", count=SHORTEST))
        if password.casefold() == user.login.casefold() or user._is_password(password):
            raise UserError(self.env._("Choose a password that is neither the printed one nor your sign-in name."))
        user.write({"password": password, "password_is_first": False})

    def _is_password(self, password):
        try:
            self.with_user(self)._check_credentials({"type": "password", "password": password}, {"interactive": True})
        except AccessDenied:
            return False
        return True
