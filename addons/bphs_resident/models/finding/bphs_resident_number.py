from odoo import api, models

from ...tools import sealing, tokens
from .bphs_resident_search import EMPTY

_SEALS = {"id": sealing.ID_NUMBER, "phone": sealing.PHONE, "last4": sealing.ID_LAST4}


class BphsResident(models.Model):
    """Finding by a sealed number, which is a question that can be asked too often: see docs/decisions."""

    _inherit = "bphs.resident"

    @api.model
    def search_number(self, query, filters=None):
        """Residents a query with one sealed number finds within what the user may see.

        The only way to them by a number: one a request, entered in the log by its fingerprint. Who is absent, hidden or
        out of scope is answered alike, and too many that lead to nobody end it for the day.

        :param str query: a whole document number or telephone, with more or not; or the last four of an ID number
            beside a name or part of one, for holders of `group_unmask`
        :param dict filters: as for `search_page`
        :return: as for `search_page`
        """
        self.browse().check_access("read")
        terms = tokens.parse(str(query or "")[:100])
        numbers = [term for term in terms if term.kind in tokens.SEALED_NUMBERS]
        if not numbers:
            return self.search_page(query, filters)
        if hint := self._number_hint(terms, numbers):
            return {**EMPTY, "hint": hint}
        page = self._search_terms(query, terms, filters)
        if not page["hint"]:
            (number,) = numbers
            self.env["bphs.resident.access"]._record_number(_SEALS[number.kind], number.value, bool(page["rows"]))
        return page

    def _number_hint(self, terms, numbers):
        """Why a query with numbers is not looked up, or None."""
        if len(numbers) > 1:
            return "one"
        if numbers[0].kind == "last4":
            if not self._may_unmask():
                return "whole"
            if not any(map(tokens.is_part, terms)):
                return "name"
        if self.env["bphs.resident.access"]._numbers_blocked():
            return "blocked"
        return None
