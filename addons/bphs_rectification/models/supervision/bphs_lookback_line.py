from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.states import CLERKS

VERDICTS = [("holds", "Still Holds"), ("fails", "Does Not Hold")]
CHECKERS = (*CLERKS, "county_specialist", "evaluator")
FINDING_FIELDS = {"finding", "photo", "photo_name"}


class BphsLookbackLine(models.Model):
    """A closed task that was drawn, and what was found when it was looked at again."""

    _name = "bphs.lookback.line"
    _description = "Task Looked Back At"
    _inherit = ["bphs.scope.mixin", "bphs.upload.limit.mixin", "bphs.waiting.mixin"]
    _order = "lookback_id desc, sequence, id"
    _rec_name = "rectification_id"
    _waiting_fields = ("verdict",)

    lookback_id = fields.Many2one(
        "bphs.lookback", string="Look-back", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(string="No.", readonly=True)
    rectification_id = fields.Many2one(
        "bphs.rectification", string="Task", required=True, readonly=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(readonly=True)
    problem_summary = fields.Text(related="rectification_id.problem_summary", string="What Was Found Then")
    measures = fields.Text(related="rectification_id.measures", related_sudo=False)
    result = fields.Text(related="rectification_id.result", related_sudo=False, string="What Was Put Right")
    proof_ids = fields.One2many(related="rectification_id.evidence_ids", related_sudo=False, string="Proof of Then")
    # As it was when it was drawn: a task that is opened again has no such day any more.
    closed_on = fields.Date(readonly=True)
    verdict = fields.Selection(VERDICTS, readonly=True, copy=False, index=True)
    finding = fields.Text(help="What is there now; the reason of reopening where it does not hold.")
    photo = fields.Binary(attachment=True)
    photo_name = fields.Char()
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    checked_on = fields.Date(readonly=True, copy=False)
    can_check = fields.Boolean(compute="_compute_can_check", search="_search_can_check", string="Mine to Check")

    _task_uniq = models.Constraint("UNIQUE(lookback_id, rectification_id)", "Each task is drawn once.")

    @api.depends("verdict", "rectification_id")
    @api.depends_context("uid")
    def _compute_can_check(self):
        checker = self.env.user._holds_role(CHECKERS)
        submitters = self.rectification_id._submitters() if checker else {}
        for line in self:
            line.can_check = checker and not line.verdict and not line._is_judge_of_own_work(submitters)

    def _search_can_check(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        if not self.env.user._holds_role(CHECKERS):
            return [("id", "=", False)]
        open_lines = self.search([("verdict", "=", False)])
        return [("id", "in", open_lines.filtered("can_check").ids)]

    # === CRUD METHODS === #

    def write(self, vals):
        if not self.env.su:
            if set(vals) - FINDING_FIELDS:
                raise UserError(self.env._("A verdict is given by its buttons."))
            self._check_may_check()
        return super().write(vals)

    # === ACTIONS === #

    def action_holds(self):
        """What was put right still holds.

        :raise AccessError: not a checker, or one who verified, did or proved this work
        :raise UserError: checked already, or no longer closed
        """
        self._judge("holds")

    def action_fails(self):
        """What was put right does not hold: the task is opened again, the finding is the reason.

        :raise UserError: no finding is written down
        """
        for line in self:
            if not (line.finding or "").strip():
                raise UserError(
                    self.env._("%(task)s: write down what was found first.", task=line.rectification_id.display_name)
                )
        lines = self._judge("fails")
        for line in lines:
            # sudo: a checker who is not a clerk reopens by this verdict alone; the right to check was tested
            line.rectification_id.sudo().action_reopen(
                self.env._("Look-back %(name)s: %(finding)s", name=line.lookback_id.name, finding=line.finding)
            )

    # === BUSINESS METHODS === #

    def _judge(self, verdict):
        self.check_access("write")
        self._lock_rows()
        self._check_may_check()
        for line in self:
            if line.rectification_id.state != "closed":
                raise UserError(self.env._("%(task)s is no longer closed.", task=line.rectification_id.display_name))
        # sudo: a verdict is written by these steps alone; the right to write was checked
        lines = self.sudo()
        lines.write({"verdict": verdict, "checked_by_id": self.env.uid, "checked_on": self._county_today()})
        lines.lookback_id._finish()
        return self

    def _check_may_check(self):
        if not self.env.user._holds_role(CHECKERS):
            raise AccessError(self.env._("Your role does not look back at closed tasks."))
        submitters = self.rectification_id._submitters()
        for line in self:
            task = line.rectification_id
            if line.verdict:
                raise UserError(self.env._("%(task)s was checked already.", task=task.display_name))
            if line._is_judge_of_own_work(submitters):
                raise AccessError(
                    self.env._(
                        "%(task)s: whoever did the work, proved it or verified it does not look back at it.",
                        task=task.display_name,
                    )
                )

    def _is_judge_of_own_work(self, submitters):
        task = self.rectification_id
        return self.env.user in task.verifier_id | task.responsible_id or self.env.uid in submitters.get(task.id, ())
