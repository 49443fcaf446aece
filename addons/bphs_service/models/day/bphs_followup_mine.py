from odoo import api, fields, models
from odoo.fields import Domain


class BphsFollowup(models.Model):
    """Whose work a row is."""

    _inherit = "bphs.followup"

    is_mine = fields.Boolean(
        string="Mine",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="Given to me, or given to nobody and of the institution where I serve.",
    )

    @api.depends_context("uid")
    @api.depends("worker_id", "institution_id")
    def _compute_is_mine(self):
        mine = self.search([("id", "in", self._origin.ids), ("is_mine", "=", True)])
        for row in self:
            row.is_mine = row._origin in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        given = Domain("worker_id.user_id", "=", self.env.uid)
        near = Domain("worker_id", "=", False) & Domain("institution_id", "in", own.ids)
        mine = given | near
        return (mine if True in value else Domain.FALSE) | (~mine if False in value else Domain.FALSE)
