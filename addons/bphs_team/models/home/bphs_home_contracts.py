from odoo import api, models

from odoo.addons.bphs_base.tools.home import Card, Line, Wait

from ...tools.terms import ENDING_SOON_DAYS
from ..contracting.bphs_contract import ACCEPTING, SIGNING
from ..sampling.bphs_contract_sample import CALLERS

CONTRACT = {"model": "bphs.contract", "action": "bphs_team.bphs_contract_action"}
FIGURE = {"model": "bphs.contract.figure", "action": "bphs_team.bphs_contract_figure_action_never"}


class BphsHome(models.AbstractModel):
    """What is wrong with contracts, each a list away: for who must search the register of teams, not of people."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards, user = super()._cards(), self.env.user
        if user._holds_role(SIGNING):
            by_team = self.env["bphs.resident"]._must_search()
            cards.append(self._card_contracts_by_team() if by_team else self._card_contracts())
        return cards

    def _card_contracts_by_team(self):
        """The same, down to the team: whose services were not given, as the last month fixed says it."""
        _, figures = self.env._, self.env["bphs.contract.figure"]
        never = [("rate", "=", "never"), ("by_what", "=", "team"), ("counted", ">", 0)]
        last = figures.search(never[:2], order="month desc", limit=1).month
        lines = (
            Line(
                _("Teams with contracts ending within %s days", ENDING_SOON_DAYS),
                model="bphs.team", domain=[("has_ending", "=", True)], if_any="warning",
                action="bphs_team.bphs_team_action_ending",
            ),
            Line(
                _("Teams with people signed and never served"),
                domain=[*never, ("month", "=", last)], if_any="danger", **FIGURE,
            ),
            Line(
                _("Teams with people who say they did not sign"),
                model="bphs.team", domain=[("has_unaware", "=", True)], if_any="danger",
                action="bphs_team.bphs_team_action_unaware",
            ),
        )  # fmt: skip
        note = _("Services as of the end of %(month)s.", month=f"{last:%Y-%m}") if last else ""
        return Card("contracts", _("Contracts"), lines, note=note, sequence=16)

    def _card_contracts(self):
        _ = self.env._
        lines = (
            Line(_("In force"), domain=[("in_force", "=", True)], **CONTRACT),
            Line(
                _("Ending within %s days", ENDING_SOON_DAYS), domain=[("ending_soon", "=", True)],
                if_any="warning", **CONTRACT,
            ),
            Line(_("Signed, never served"), domain=[("never_served", "=", True)], if_any="danger", **CONTRACT),
            Line(_("Promises not kept this year"), domain=[("unkept", "=", True)], if_any="danger", **CONTRACT),
            Line(_("Say they did not sign"), domain=[("confirmed", "=", "no")], if_any="danger", **CONTRACT),
        )  # fmt: skip
        return Card("contracts", _("Contracts"), lines, sequence=16)  # after what a doctor is paid


class BphsWaiting(models.AbstractModel):
    """Contracts that another has signed wait for whoever accepts them, people drawn for whoever calls them."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits = super()._waits()
        if self.env.user._holds_role(CALLERS):
            name, action = self.env._("Sampled Calls to Make"), "bphs_team.bphs_contract_sample_action"
            drawn = [("state", "=", "drawn")]
            waits.append(
                Wait("contract_sample", name, "bphs.contract.sample", drawn, action, since="drawn_on", sequence=35)
            )
        if not self.env.user._holds_role(ACCEPTING):
            return waits
        review = [("state", "=", "review"), ("signed_by_id", "!=", self.env.uid)]
        name, action = self.env._("Contracts to Accept"), "bphs_team.bphs_contract_action"
        return [*waits, Wait("contract", name, "bphs.contract", review, action, sequence=34)]
