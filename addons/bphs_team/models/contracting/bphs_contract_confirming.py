import hmac

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import hmac as keyed_hash

from .bphs_contract import SIGNING

WAYS = ("call", "visit")


class BphsContract(models.Model):
    """What the resident says: people are signed without knowing it, so each can say so, and some are asked."""

    _inherit = "bphs.contract"

    def action_confirm_call(self):
        """Enter that the person was called and knows of the contract."""
        self._confirm("yes", "call")

    def action_confirm_visit(self):
        """Enter that the person was asked at home and knows of the contract."""
        self._confirm("yes", "visit")

    def action_deny(self, reason=""):
        """Enter that the person says they did not sign; the contract goes on until somebody ends it.

        :raise UserError: nothing is said of it
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say what the person said."))
        self._confirm("no", "call", reason.strip()[:200])

    def _confirm(self, said, way, note=""):
        """:raise AccessError: not one who signs or asks
        :raise UserError: the contract was not accepted"""
        self.check_access("read")
        if not self.env.su and not self.env.user._holds_role((*SIGNING, "auditor")):
            raise AccessError(self.env._("Contracts are signed and ended by those who sign people."))
        self._check_in_state(("review", "running", "renewed"))
        # sudo: what a person says is entered as it is, whoever asked; the right to the contract was checked
        self.sudo()._write_state(
            {
                "confirmed": said,
                "confirmed_on": self._county_today(),
                "confirmed_way": way,
                "confirmed_note": note or False,
            }
        )

    # === THE AGREEMENT'S OWN CODE === #

    def _code(self):
        """The number that stands on the agreement: nobody finds one by counting on."""
        self.ensure_one()
        return f"{self.id}-{self._signature()}"

    def _signature(self):
        # Digits alone: they are read out over the telephone.
        return f"{int(keyed_hash(self.env(su=True), 'bphs_team.contract', str(self.id)), 16) % 10**12:012}"

    def _of_code(self, code):
        """:return: the contract of a code that stands on an agreement, empty for any other"""
        number, __, signature = str(code or "").partition("-")
        if not number.isascii() or not number.isdecimal() or len(number) > 9:
            return self.browse()
        contract = self.browse(int(number)).exists()
        found = contract and hmac.compare_digest(contract._signature().encode(), signature.encode())
        return contract if found else self.browse()
