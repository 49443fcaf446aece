from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line

from ...tools.roles import ASSIGNERS, BOARD_READERS

TEAM = {"model": "bphs.team", "action": "bphs_team.bphs_team_action"}


class BphsHome(models.AbstractModel):
    """A manager's exceptions: what is wrong with the teams, each a list away."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(BOARD_READERS):
            cards.append(self._card_teams())
        return cards

    def _card_teams(self):
        """Teams and their lacks; modules that know of contracts add theirs by the same key."""
        _, today = self.env._, self._county_today()
        lines = [
            Line(_("Teams with empty posts"), domain=[("has_gap", "=", True)], if_any="danger", **TEAM),
            Line(_("Teams over the limit of people"), domain=[("is_over", "=", True)], if_any="danger", **TEAM),
            Line(
                _("Teams with much more to do than others"),
                domain=[("is_heavy", "=", True)],
                if_any="warning",
                **TEAM,
            ),
            Line(_("Teams without a leader"), domain=[("leader_id", "=", False)], if_any="warning", **TEAM),
        ]
        if not self.env.user._holds_role(ASSIGNERS):
            # For those who set teams up the same stands among what waits for them.
            lines.append(self._line_free_villages(today))
        lines += [
            Line(_("Teams without a specialist this quarter"), domain=[("had_session", "=", False)], **TEAM),
            Line(_("Services fell steeply"), domain=[("has_fallen", "=", True)], if_any="warning", **TEAM),
            Line(
                _("Away today"),
                model="bphs.team.absence",
                domain=self.env["bphs.team.absence"]._of_day(today),
                action="bphs_team.bphs_team_absence_action",
            ),
            Line(
                _("Not seen working for days"),
                model="bphs.worker",
                domain=[("id", "in", self.env["bphs.worker"]._unseen())],
                action="bphs_base.bphs_worker_action",
                if_any="warning",
            ),
        ]
        return Card("teams", _("Family-Doctor Teams"), tuple(lines), sequence=12, wide=True)

    def _line_free_villages(self, today):
        return Line(
            self.env._("Villages without a team"),
            model="bphs.division",
            domain=[("id", "in", self.env["bphs.team"]._villages_without_team(today).ids)],
            action="bphs_team.bphs_team_action_free_villages",
            if_any="danger",
        )
