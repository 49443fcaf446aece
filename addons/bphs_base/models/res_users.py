from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    # What record rules read: a user sees the records of these institutions and of all below them.
    bphs_institution_ids = fields.Many2many(
        "bphs.institution",
        "bphs_institution_user_rel",
        "user_id",
        "institution_id",
        string="Institutions in Scope",
        # A closed clinic keeps its past: its doctor still sees it.
        context={"active_test": False},
        groups="base.group_erp_manager,bphs_base.group_administrator",
    )
