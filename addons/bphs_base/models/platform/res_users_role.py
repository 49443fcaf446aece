from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import groupby


class ResUsersRole(models.Model):
    _inherit = "res.users.role"

    home_action_id = fields.Many2one(
        "ir.actions.actions",
        string="First Screen",
        ondelete="set null",
        help="What people of this role see after signing in; empty: the first entry of their menu.",
    )


class ResUsersRoleLine(models.Model):
    """A role is given and taken at once, by whatever way its line is written, and by the county's calendar."""

    _inherit = "res.users.role.line"

    @api.depends("date_from", "date_to")
    def _compute_is_enabled(self):
        # The server's own day is that of UTC, eight hours behind the county's.
        today = self._county_today()
        for line in self:
            begun = not line.date_from or line.date_from <= today
            line.is_enabled = begun and (not line.date_to or today <= line.date_to)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._give_home()
        lines._take_effect(lines.user_id)
        return lines

    def write(self, vals):
        users = self.user_id
        result = super().write(vals)
        self._take_effect(users | self.user_id)
        return result

    def _give_home(self):
        """Who has no first screen yet gets that of their role, of several roles the first that has one."""
        homes = {}
        for line in self.sudo():  # sudo: a bureau administrator gives the role, and does not set actions
            if not line.user_id.action_id and not homes.get(line.user_id):
                homes[line.user_id] = line.role_id.home_action_id
        for home, users in groupby(homes, homes.get):
            if home:
                users[0].union(*users).action_id = home

    def _take_effect(self, users):
        """Give and take what the roles of these users say now, and again when a dated one begins or ends."""
        # sudo: who may give the role was checked; what it gives follows from it
        users.sudo().set_groups_from_roles(force=True)
        now = fields.Datetime.now()
        turns = {self._county_midnight(line.date_from) for line in self if line.date_from}
        turns |= {self._county_midnight(line.date_to + timedelta(days=1)) for line in self if line.date_to}
        if later := sorted(turn for turn in turns if turn > now):
            # sudo: the clock of the roles, which no user may read
            self.env.ref("base_user_role.cron_update_users").sudo()._trigger(at=later)
