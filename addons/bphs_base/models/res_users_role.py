from odoo import api, fields, models


class ResUsersRole(models.Model):
    _inherit = "res.users.role"

    home_action_id = fields.Many2one(
        "ir.actions.actions",
        string="First Screen",
        ondelete="set null",
        help="What people of this role see after signing in; empty: what waits for their decision.",
    )


class ResUsersRoleLine(models.Model):
    _inherit = "res.users.role.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._give_home()
        return lines

    def _give_home(self):
        """Who has no first screen yet gets that of their role."""
        for line in self.sudo():  # sudo: a bureau administrator gives the role, and does not set actions
            if not line.user_id.action_id:
                line.user_id.action_id = line.role_id.home_action_id
