from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.grading.following import News
from ...tools.grading.standing import Verdict

DOCTORS = ("team_leader",)


class BphsElderlyStanding(models.Model):
    """What is proposed to become better, and a doctor's word on it: one by one, or many at once."""

    _name = "bphs.elderly.standing"
    _inherit = ["bphs.elderly.standing", "bphs.taken.out.mixin"]

    proposal_words = fields.Char(string="Proposal", compute="_compute_proposal_words")
    may_confirm = fields.Boolean(compute="_compute_may_confirm")

    @api.depends("proposal", "proposed_on")
    @api.depends_context("lang")
    def _compute_proposal_words(self):
        colours = dict(self._fields["proposal"]._description_selection(self.env))
        for standing in self:
            if not standing.proposal:
                standing.proposal_words = False
                continue
            run = standing.sudo().run or {}  # sudo: what is kept for the rules is told in words
            since, colour = run.get("since"), colours[standing.proposal]
            standing.proposal_words = (
                self.env._("%(colour)s: two visits in a row went well since %(day)s", colour=colour, day=since)
                if run.get("on")
                else self.env._("%(colour)s: ninety days better since %(day)s", colour=colour, day=since)
            )

    @api.depends("proposal")
    @api.depends_context("uid")
    def _compute_may_confirm(self):
        doctor = self.env.user._holds_role(DOCTORS)
        for standing in self:
            standing.may_confirm = doctor and bool(standing.proposal) and not standing._made_alone()

    # === ACTIONS === #

    def action_confirm(self):
        """Let what is proposed stand from today.

        :raise AccessError: not a doctor of a team, or who alone made the visits it rests on
        :raise UserError: nothing is proposed of one of them
        """
        self._check_proposals()
        for standing in self:
            if standing._made_alone():
                raise AccessError(
                    self.env._(
                        "%(name)s: whoever alone made the visits does not confirm what they show.",
                        name=standing.display_name,
                    )
                )
        self._decide(confirmed=True)

    def action_refuse(self, reason):
        """Let the colour stand; the days are counted anew from tomorrow."""
        self._check_proposals()
        reason = self.env["bphs.resident"]._checked_reason(reason, self.env._("Say why."))
        self.resident_id._log_access("change", what=self.env._("Proposal refused"), reason=reason)
        self._decide(confirmed=False)

    # === HELPERS === #

    def _asked_steps(self):
        words = self.env._("Refuse the Proposal"), self.env._("The colour stands; the count begins anew.")
        return {**super()._asked_steps(), "refuse": (*words, True)}

    def _check_proposals(self):
        self.check_access("read")
        if not self.env.user._holds_role(DOCTORS):
            raise AccessError(self.env._("A proposal is decided by a team leader."))
        if not self:
            raise UserError(self.env._("Choose whose proposals these are."))
        for standing in self:
            if not standing.proposal:
                raise UserError(self.env._("%(name)s: nothing is proposed.", name=standing.display_name))

    def _made_alone(self):
        """Whether this user made all the visits that the proposal rests on."""
        return (self.sudo().run or {}).get("on") == [str(self.env.uid)]  # sudo: kept for the rules

    def _decide(self, confirmed):
        """Of one person both rows are decided by whoever may see both, where of both something is proposed."""
        news = {}
        verdict = Verdict(str(self.env.uid), confirmed)
        for standing in self.sudo():  # sudo: whether there is a second row; it was asked who decides
            both = self.search([("resident_id", "=", standing.resident_id.id), ("proposal", "!=", False)])
            seen = both if self.env.user.has_group("bphs_resident.group_sensitive") else standing
            alone = seen.filtered(lambda row: confirmed and row.with_user(self.env.user)._made_alone())
            news[standing.resident_id.id] = News(verdicts={row.whole: verdict for row in seen - alone})
        self.env["bphs.elderly.grader"].sudo()._grade_at_once(news)  # sudo: gradings are nobody's to write
        self.invalidate_recordset()
