from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    # Record rules read it: see the decision on who may browse residents.
    bphs_must_search = fields.Boolean(
        string="Opens Residents' Files One by One",
        compute="_compute_bphs_must_search",
        groups="base.group_erp_manager,bphs_base.group_administrator",
        help="Whose institutions are not those of a township finds residents by searching for them.",
    )

    @api.depends("bphs_institution_ids.township_id", "group_ids")
    def _compute_bphs_must_search(self):
        for user in self:
            scope = user.sudo().bphs_institution_ids  # sudo: one's own scope is not one's own to read
            wide = bool(scope.filtered(lambda institution: not institution.township_id))
            user.bphs_must_search = wide and not user.has_group("bphs_resident.group_browse")
