from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .bphs_contract_rates import ALL, BY, COUNTED, OPEN


class BphsContract(models.Model):
    """The list behind a figure: the contracts of one part of a rate, found by the statement that counted them."""

    _inherit = "bphs.contract"

    rate_list = fields.Char(compute="_compute_rate_list", search="_search_rate_list")

    def _compute_rate_list(self):
        self.rate_list = False

    def _search_rate_list(self, operator, value):
        """``rate|part|by|key|group|first|last``: the contracts of one part of a figure, for a list to show.

        What of them a user sees, the rules of the list say.
        """
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._listed(one) for one in value)

    def _listed(self, value):
        try:
            rate, part, by, key, group, first, last = str(value).split("|")
            first, last = fields.Date.to_date(first), fields.Date.to_date(last)
            by, key = BY[by], int(key or 0)
        except (ValueError, KeyError):
            return Domain.FALSE
        if not first or not last or part not in (COUNTED, OPEN, ALL):
            return Domain.FALSE
        self._flush_rates()
        wanted = {COUNTED: SQL("u.counted > 0"), OPEN: SQL("u.counted < u.over"), ALL: SQL("TRUE")}[part]
        if group:
            wanted = SQL("%s AND u.grp = %s", wanted, group)
        # The rules of the list say what a user sees of it; a doctor's list needs no county to be reckoned.
        asked = (by, first, last, self._counted_files(True, self.env.su))
        return Domain(
            "id",
            "in",
            SQL(
                "(WITH %s SELECT u.contract_id FROM (%s) u"
                " WHERE u.contract_id IS NOT NULL AND coalesce(u.key, 0) = %s AND %s)",
                self._relations([rate], *asked),
                self._units(rate, *asked),
                key,
                wanted,
            ),
        )
