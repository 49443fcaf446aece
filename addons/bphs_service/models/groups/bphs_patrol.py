from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

STATES = [("draft", "Draft"), ("done", "Done"), ("reported", "Reported"), ("voided", "Voided")]
STEPS = {
    "complete": Step(("draft",), "done"),
    "report": Step(("done",), "reported"),
    "reopen": Step(("done", "reported"), "draft", reason_required=True),
    "void": Step(("draft", "done", "reported"), "voided", reason_required=True),
}
FOUND = ("object_id", "done_on", "worker_id", "content", "found_problem", "problem", "handling")
ONWARD = ("reported_on", "reported_to")


class BphsPatrol(models.Model):
    """A patrol of health supervision (卫生监督协管巡查): what was looked at and found, and whom it was reported to."""

    _name = "bphs.patrol"
    _description = "Patrol of Health Supervision"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.scope.mixin"]
    _order = "done_on desc, id desc"
    _steps = STEPS
    _step_sets = ("step_reason",)
    _writable = {
        "draft": {ANYBODY: FOUND},
        "done": {ANYBODY: ONWARD},
        "reported": {ANYBODY: ("outcome",)},
        "voided": {},
    }
    _given_at_creation = FOUND
    _steps_follow = ("found_problem",)

    object_id = fields.Many2one("bphs.patrol.object", string="Place", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(related="object_id.institution_id", store=True, precompute=True)
    speciality = fields.Selection(related="object_id.speciality", store=True, precompute=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False)
    done_on = fields.Date(string="Patrolled On", required=True, default=lambda self: self._county_today())
    worker_id = fields.Many2one(
        "bphs.worker", string="Patrolled By", ondelete="restrict", default=lambda self: self._own_worker()
    )
    content = fields.Char(string="What Was Looked At", size=200)
    found_problem = fields.Boolean(string="Something Was Found")
    problem = fields.Text(string="What Was Found")
    handling = fields.Text(string="How It Was Handled")
    reported_on = fields.Date()
    reported_to = fields.Char(size=100, help="Who supervises, as the health supervision of the county.")
    outcome = fields.Text(string="What Came of It")
    step_reason = fields.Char(string="Why Reopened or Voided", readonly=True, copy=False)

    @api.depends("object_id", "done_on")
    def _compute_display_name(self):
        for patrol in self:
            # sudo: the place a readable patrol names
            patrol.display_name = f"{patrol.object_id.sudo().name or ''} {patrol.done_on or ''}".strip()

    @api.constrains("done_on", "reported_on")
    def _check_days(self):
        today = self._county_today()
        for patrol in self:
            if patrol.done_on > today or (patrol.reported_on and patrol.reported_on > today):
                raise ValidationError(self.env._("Neither a patrol nor its report is of a day to come."))
            if patrol.reported_on and patrol.reported_on < patrol.done_on:
                raise ValidationError(self.env._("What a patrol finds is reported after it."))

    # Whatever the context says: rates were told by it.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A patrol is never deleted. Void it, with the reason."))

    # === ACTIONS === #

    def action_complete(self):
        """Let the patrol count. What was found is said in words."""
        self._check_step("complete")
        for patrol in self:
            if patrol.found_problem and not (patrol.problem or "").strip():
                raise UserError(self.env._("%(name)s: say what was found.", name=patrol.display_name))
        self._take_step("complete")

    def action_report(self):
        """What was found was reported onward: to whom, and on which day."""
        self._check_step("report")
        for patrol in self:
            if not patrol.found_problem:
                raise UserError(
                    self.env._("%(name)s: nothing was found that would be reported.", name=patrol.display_name)
                )
            if not (patrol.reported_to or "").strip():
                raise UserError(self.env._("%(name)s: say to whom it was reported.", name=patrol.display_name))
        for patrol in self:
            patrol._take_step("report", {"reported_on": patrol.reported_on or self._county_today()})

    def action_reopen(self, reason):
        """Open a patrol to put it right; until it is done again it does not count."""
        self._check_step("reopen", reason)
        self._take_step("reopen", {"step_reason": reason, "reported_on": False}, reason)

    def action_void(self, reason):
        """Void a patrol: it was never made, or stands twice."""
        self._check_step("void", reason)
        self._take_step("void", {"step_reason": reason}, reason)

    def _is_step_due(self, name):
        return (name != "report" or self.found_problem) and super()._is_step_due(name)

    def _asked_steps(self):
        return {
            "reopen": (
                self.env._("Put the Patrol Right"),
                self.env._("Until it is done again it does not count."),
                True,
            ),
            "void": (self.env._("Void the Patrol"), self.env._("It stays to be read and never counts again."), True),
        }

    def _own_worker(self):
        return self.env["bphs.visit"]._own_worker()
