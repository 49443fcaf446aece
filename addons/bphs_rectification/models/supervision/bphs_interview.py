from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.steps import Step

from ...tools.states import CLERKS

STATES = [("draft", "Draft"), ("recorded", "Recorded")]
STEPS = {"record": Step(("draft",), "recorded", CLERKS)}
# The scan is made once the record was printed and signed.
SCAN_FIELDS = {"scan", "scan_name"}


class BphsInterview(models.Model):
    """Record of an interview (约谈记录): the bureau called in the head of an institution over its tasks."""

    _name = "bphs.interview"
    _description = "Interview Record"
    _inherit = ["bphs.steps.mixin", "bphs.print.mixin", "bphs.scope.mixin", "bphs.upload.limit.mixin"]
    _order = "date desc, id desc"
    _rec_name = "reason"
    _steps = STEPS

    institution_id = fields.Many2one(string="Institution Interviewed")
    rectification_ids = fields.Many2many(
        "bphs.rectification", "bphs_interview_rectification_rel", string="Tasks Spoken Of"
    )
    date = fields.Date(required=True, default=lambda self: self._county_today())
    place = fields.Char(required=True)
    interviewers = fields.Char(required=True, help="Names and posts.")
    interviewees = fields.Char(required=True, help="Names and posts.")
    recorder = fields.Char(string="Recorded By", required=True, default=lambda self: self.env.user.name)
    reason = fields.Char(required=True)
    content = fields.Text(string="What Was Said", required=True)
    statement = fields.Text(string="What the Institution Promised")
    demand = fields.Text(string="Demanded")
    deadline = fields.Date()
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    scan = fields.Binary(string="Signed Record", attachment=True, copy=False)
    scan_name = fields.Char(copy=False)

    @api.depends("institution_id", "date")
    def _compute_display_name(self):
        for interview in self:
            interview.display_name = f"{interview.institution_id.name or ''} {interview.date or ''}".strip()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # It is recorded by its button, which notes it in the history of the tasks.
        return super().create([{name: value for name, value in vals.items() if name != "state"} for vals in vals_list])

    def _check_written(self, vals):
        super()._check_written(vals)
        # Added once where it was wanting; a signed record is not exchanged for another.
        if not self.env.su and (set(vals) - SCAN_FIELDS or any(self.mapped("scan"))):
            self.check_access("write")
            self._check_in_state(("draft",))

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_recorded(self):
        self._check_in_state(("draft",))

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Interviews are recorded by the clerk and the section."),
            "state": self.env._("An interview that was recorded stays as it was; add the signed scan alone."),
            "set": self.env._("An interview is recorded by its button."),
        }

    # === ACTIONS === #

    def action_record(self):
        """Fix the record, and note it in the history of every task that was spoken of.

        :raise AccessError: not the clerk's role
        :raise UserError: recorded already, or still to come
        """
        self._check_step("record")
        for interview in self:
            if interview.date > self._county_today():
                raise UserError(self.env._("%(interview)s is still to come.", interview=interview.display_name))
            interview.rectification_ids._add_events(
                "note", self.env._("Spoken of in the interview of %(date)s.", date=interview.date)
            )
        self._take_step("record")
