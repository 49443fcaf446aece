from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS


class BphsInstitution(models.Model):
    """A clinic that cannot be paid: nobody is named whom its money goes to, or the account is not verified."""

    _inherit = "bphs.institution"

    lacks_account = fields.Boolean(
        string="Cannot Be Paid", compute="_compute_lacks_account", search="_search_lacks_account"
    )

    def _compute_lacks_account(self):
        lacking = self.search([("id", "in", self.ids), ("lacks_account", "=", True)])
        for institution in self:
            institution.lacks_account = institution in lacking

    @api.model
    def _search_lacks_account(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        today = self._county_today()
        current = Domain("date_from", "<=", today) & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        # sudo: which clinics cannot be paid is no secret to whoever sees the clinics; no account is told
        payees = self.env["bphs.fund.payee"].sudo()
        named = payees._search(current)
        unverified = payees._search(current & Domain("account_state", "!=", "verified"))
        clinics = Domain("kind", "in", CLINIC_KINDS)
        without = Domain("id", "not in", named.subselect("institution_id"))
        broken = Domain("id", "in", unverified.subselect("institution_id"))
        return Domain("id", "in", self._search(clinics & (without | broken)))
