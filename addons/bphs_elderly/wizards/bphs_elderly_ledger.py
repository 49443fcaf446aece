from odoo import api, fields, models
from odoo.fields import Domain

from ..models.grading.bphs_elderly_standing import COLOURS


class BphsElderlyLedger(models.TransientModel):
    """Takes out the ledger of elders by colour of a place (老年人红黄绿台账), as a workbook or on paper."""

    _name = "bphs.elderly.ledger"
    _description = "Ledger of Elders by Colour"
    _inherit = ["bphs.print.institution.mixin", "bphs.readable.links.mixin"]

    division_id = fields.Many2one(
        "bphs.division", string="Village", domain=[("level", "=", "village")], ondelete="cascade",
        help="Empty: all villages of the institution.",
    )  # fmt: skip
    colour = fields.Selection(COLOURS, help="Empty: every colour.")

    @api.depends("institution_id", "division_id")
    def _compute_display_name(self):
        for ledger in self:
            ledger.display_name = f"{ledger._place_words()} {self._county_today()}"

    def _nothing_to_print(self):
        if self.env["bphs.resident"]._must_search():
            return self.env._("Whoever works for several townships sees the figures of teams here, and not the people.")
        return not self._standings() and self.env._("No elder stands in a colour there.")

    def _standings(self):
        """:return: bphs.elderly.standing of the place, those this user may see, by village"""
        domain = Domain("told", "=", True) & Domain("colour", "!=", False)
        domain &= Domain("institution_id", "child_of", self.institution_id.id)
        if self.division_id:
            domain &= Domain("division_id", "=", self.division_id.id)
        if self.colour:
            domain &= Domain("colour", "=", self.colour)
        standings = self.env["bphs.elderly.standing"]
        if self.env["bphs.resident"]._must_search():
            return standings
        return standings.search(domain).sorted(lambda one: (one.division_id.code or "", one.resident_id.id))

    def _row_count(self):
        """:return int: for the print log, which tells others than named persons a number that tells of nobody"""
        # sudo: which are for named persons, of those this user may see
        return len(self._standings().sudo().filtered(lambda one: not one.resident_id.restricted))

    def _place_words(self):
        return self.division_id.name or self.institution_id.name or ""
