from odoo import fields, models

from odoo.addons.bphs_base.tools.steps import Step

STATES = [("open", "Under Review"), ("accepted", "Accepted"), ("rejected", "Rejected")]
REVIEWERS = ("township_public_health", "primary_care_officer")
STEPS = {
    "accept": Step(("open",), "accepted", REVIEWERS, reason_required=True, access="read"),
    "reject": Step(("open",), "rejected", REVIEWERS, reason_required=True, access="read"),
}


class BphsFundObjection(models.Model):
    """A clinic's objection to its sheet and the review of it (异议复核). Kept for good, whatever the answer."""

    _name = "bphs.fund.objection"
    _description = "Settlement Objection"
    _inherit = ["bphs.steps.mixin", "bphs.scope.mixin", "bphs.waiting.mixin"]
    _order = "id desc"
    _steps = STEPS
    _step_sets = ("answer", "answered_by_id", "answered_on")
    _rec_name = "reason"

    line_id = fields.Many2one(
        "bphs.fund.settlement.line", string="Sheet", index="btree_not_null", readonly=True, ondelete="set null"
    )
    institution_id = fields.Many2one(string="Clinic", readonly=True)
    period_id = fields.Many2one("bphs.period", required=True, readonly=True, ondelete="restrict")
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Raised By", required=True, readonly=True, ondelete="restrict")
    raised_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection(STATES, required=True, readonly=True, default="open")
    answer = fields.Text(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    answered_on = fields.Datetime(readonly=True)

    _one_open_uniq = models.UniqueIndex(
        "(line_id) WHERE state = 'open'", "This sheet has an objection under review already."
    )

    def action_accept(self, answer):
        """Accept: the township puts the work right, the run computes again, the clinic confirms again."""
        self._answer("accept", answer)

    def action_reject(self, answer):
        """Reject with reasons: the clinic is asked once more, and silence counts as consent again."""
        self._answer("reject", answer)

    def _asked_steps(self):
        hint = self.env._("What the review found")
        return {
            "accept": (self.env._("Accept the Objection"), hint, True),
            "reject": (self.env._("Reject the Objection"), hint, True),
        }

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._(
                "Objections are reviewed by the township public-health officer or the primary-care section."
            ),
            "reason": self.env._("Say what the review found: the clinic will read it."),
            "state": self.env._("This objection has been answered already."),
        }

    def _answer(self, step, answer):
        self._check_step(step, answer)
        self._take_step(
            step,
            {"answer": answer.strip(), "answered_by_id": self.env.uid, "answered_on": fields.Datetime.now()},
            answer,
        )
        # sudo: the clinic's sheet is nobody's to write; role and scope were checked above
        self.sudo().line_id._ask_again()
