from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _bphs_demo_signins(self):
        """The people of the demo county who can sign in.

        :return: list of dicts role, login, name, password; in order of their roles
        """
        # sudo: asked by the script that prints the table, not by a user; private, so no client reaches it
        password = self.env["ir.config_parameter"].sudo().get_param("bphs_demo.password")
        self.env.cr.execute("SELECT id FROM res_users WHERE active AND NOT share AND password IS NOT NULL ORDER BY id")
        user_ids = [user_id for (user_id,) in self.env.cr.fetchall()]
        users = self.sudo().browse(user_ids)  # sudo: as above
        return [
            {
                "role": "、".join(user.role_line_ids.role_id.mapped("name")),
                "login": user.login,
                "name": user.name,
                "password": password,
            }
            for user in users
            if user.role_line_ids
        ]
