from odoo import models

SWITCH = "bphs_base.second_factor"
# Who decides on money, or on who may.
ROLES = ("finance_officer", "deputy_leader", "leader", "administrator")


class ResUsers(models.Model):
    """A code from the phone beside the password, for who decides on money, where the county asks for it.

    Who signs in by passkey has shown two factors already: Odoo lets them in by that alone.
    """

    _inherit = "res.users"

    def _mfa_url(self):
        return super()._mfa_url() or ("/web/login/second-factor" if self._lacks_second_factor() else None)

    def _mfa_type(self):
        return super()._mfa_type() or ("second_factor" if self._lacks_second_factor() else None)

    def _rpc_api_keys_only(self):
        # A password alone is not enough for an interface either.
        return super()._rpc_api_keys_only() or self._lacks_second_factor()

    def _lacks_second_factor(self):
        """Whether the county asks this one for a code, and none is set up."""
        switch = self.env["ir.config_parameter"].sudo().get_param(SWITCH)  # sudo: a setting, of whoever signs in
        user = self.sudo()  # sudo: of whoever is signing in, who reads nothing yet
        return bool(switch) and not user.totp_enabled and user._holds_role(ROLES)
