from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS


class BphsDivision(models.Model):
    _inherit = "bphs.division"

    in_scope = fields.Boolean(
        string="Within Your Scope", compute="_compute_in_scope", search="_search_in_scope",
        help="Your institutions or those below them serve it, so you may enter files there.",
    )  # fmt: skip

    @api.depends_context("uid")
    def _compute_in_scope(self):
        within = self.filtered_domain(self._scope_domain())
        for division in self:
            division.in_scope = division in within

    def _search_in_scope(self, operator, value):
        return self._scope_domain() if operator == "in" else NotImplemented

    def _scope_domain(self):
        """The divisions of the user's institutions, the villages these serve, and those of the townships they lead."""
        # The record rules leave a county's institutions at most.
        institutions = self.env["bphs.institution"].search([])  # pylint: disable=no-search-all
        leading = institutions.filtered(lambda institution: institution.kind in TOWNSHIP_KINDS)
        named = institutions.village_ids | institutions.division_id
        return Domain("id", "in", named.ids) | Domain("parent_id", "in", leading.division_id.ids)
