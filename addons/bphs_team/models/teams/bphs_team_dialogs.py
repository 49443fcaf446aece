from odoo import models


class BphsTeam(models.Model):
    """The buttons that open a dated dialog; what may be done, the dialog's step decides."""

    _inherit = "bphs.team"

    def action_open_village(self):
        """Give a village to this team."""
        self.ensure_one()
        title = self.env._("A Village Comes to %(team)s", team=self.name)
        return self._change_dialog(
            title, default_kind="village", default_team_id=self.id, default_institution_id=self.institution_id.id
        )

    def action_open_join(self):
        """Let somebody join this team."""
        self.ensure_one()
        title = self.env._("Somebody Joins %(team)s", team=self.name)
        return self._change_dialog(title, default_kind="join", default_team_id=self.id)

    def action_open_close(self):
        """Ask for the last day of this team."""
        self.ensure_one()
        return self._change_dialog(self.env._("Close the Team"), "bphs.team.close", default_team_id=self.id)

    def _change_dialog(self, title, model="bphs.team.change", **context):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "name": title,
            "context": context,
        }


class BphsTeamMember(models.Model):
    _inherit = "bphs.team.member"

    def action_open_move(self):
        """Ask for another team or role, and from when."""
        self.ensure_one()
        title = self.env._("%(name)s Changes the Team", name=self.worker_id.sudo().name)  # sudo: a name one reads here
        return self.team_id._change_dialog(title, default_kind="move", default_member_id=self.id)

    def action_open_leave(self):
        """Ask for the first day without them."""
        self.ensure_one()
        title = self.env._("%(name)s Leaves the Team", name=self.worker_id.sudo().name)  # sudo: as above
        return self.team_id._change_dialog(title, default_kind="leave", default_member_id=self.id)


class BphsTeamVillage(models.Model):
    _inherit = "bphs.team.village"

    def action_open_move(self):
        """Ask for another team, and from when."""
        self.ensure_one()
        title = self.env._("%(name)s Changes the Team", name=self.division_id.name)
        return self.team_id._change_dialog(title, default_kind="village", default_division_id=self.division_id.id)


class BphsDivision(models.Model):
    _inherit = "bphs.division"

    def action_open_team(self):
        """Give this village to a team."""
        self.ensure_one()
        title = self.env._("%(name)s Comes to a Team", name=self.name)
        return self.env["bphs.team"]._change_dialog(title, default_kind="village", default_division_id=self.id)
