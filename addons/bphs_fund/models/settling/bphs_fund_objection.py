from odoo import fields, models
from odoo.exceptions import AccessError, UserError

STATES = [("open", "Under Review"), ("accepted", "Accepted"), ("rejected", "Rejected")]


class BphsFundObjection(models.Model):
    """A clinic's objection to its sheet and the review of it (异议复核). Kept for good, whatever the answer."""

    _name = "bphs.fund.objection"
    _description = "Settlement Objection"
    _inherit = ["bphs.scope.mixin"]
    _order = "id desc"
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
        self._answer("accepted", answer)

    def action_reject(self, answer):
        """Reject with reasons: the clinic is asked once more, and silence counts as consent again."""
        self._answer("rejected", answer)

    def action_ask_answer(self):
        """:return dict: the window that asks for the answer"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "bphs.fund.objection.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_objection_id": self.id},
        }

    def _answer(self, state, answer):
        self.check_access("read")
        if not self.env.user.has_groups("bphs_base.group_township_public_health,bphs_base.group_primary_care_officer"):
            raise AccessError(
                self.env._("Objections are reviewed by the township public-health officer or the primary-care section.")
            )
        if not (answer or "").strip():
            raise UserError(self.env._("Say what the review found: the clinic will read it."))
        for objection in self:
            if objection.state != "open":
                raise UserError(self.env._("This objection has been answered already."))
        # sudo: nobody may edit an objection; role and scope were checked above
        objections = self.sudo()
        objections._lock_rows()
        objections.write(
            {
                "state": state,
                "answer": answer.strip(),
                "answered_by_id": self.env.uid,
                "answered_on": fields.Datetime.now(),
            }
        )
        objections.line_id._ask_again()
