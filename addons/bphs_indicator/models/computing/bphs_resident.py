from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..definitions.bphs_indicator import COUNTED

PARTS = ("counted", "left")


class BphsResident(models.Model):
    """The list behind a figure of an indicator, found by the statement that counts it."""

    _inherit = "bphs.resident"

    indicator_list = fields.Char(compute="_compute_indicator_list", search="_search_indicator_list")

    def _compute_indicator_list(self):
        self.indicator_list = False

    def _search_indicator_list(self, operator, value):
        """``value id|counted`` or ``value id|left``: of whom a figure consists. What of them a user sees, the rules of
        the list say.
        """
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._of_figure(one) for one in value)

    def _of_figure(self, text):
        number, __, part = str(text).partition("|")
        if not number.isdecimal() or part not in PARTS:
            return Domain.FALSE
        value = self.env["bphs.indicator.value"].search([("id", "=", int(number))])
        if not value or value.indicator_id.source != COUNTED:
            return Domain.FALSE
        counter = self.env["bphs.indicator.counter"]
        return Domain("institution_id", "child_of", value.institution_id.id) & Domain(
            "id", "in", SQL("(%s)", counter._who(value.indicator_id, value.date_to, part == "counted"))
        )
