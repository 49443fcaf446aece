from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS

from ...tools.deadlines import OVERDUE, SEVERITIES, colour
from ...tools.states import DEEDS, EDITORS, RUNNING_STATES, SIDES, STATES, STEPS, roles_of


def level_of(kind):
    """:return str: the level of an institution of this kind, which decides on who stands on which side of its tasks"""
    if kind in CLINIC_KINDS:
        return "clinic"
    return "township" if kind in TOWNSHIP_KINDS else "county"


def on_side_by_role(user, side):
    """:return Domain: the records of institutions on whose level the user stands on this side, by role"""
    levels = {
        "clinic": Domain("institution_id.kind", "in", CLINIC_KINDS),
        "township": Domain("institution_id.kind", "in", TOWNSHIP_KINDS),
        "county": Domain("institution_id.kind", "not in", (*CLINIC_KINDS, *TOWNSHIP_KINDS)),
    }
    return Domain.OR(kinds for level, kinds in levels.items() if user._holds_role(roles_of(side, level)))


class BphsRectification(models.Model):
    """Rectification task (整改任务): what an institution must put right, until another person has seen the proof.

    States, sides and who writes what stand in one table, `tools/states.py`; the steps are in
    `bphs_rectification_step.py`.
    """

    _name = "bphs.rectification"
    _description = "Rectification Task"
    _inherit = ["bphs.steps.mixin", "bphs.township.mixin", "bphs.reminded.mixin", "bphs.waiting.mixin"]
    _order = "deadline, id"
    _rec_names_search = ["number", "institution_id"]
    _reminder_type = "bphs_rectification.mail_activity_type_reminder"
    _steps = STEPS | DEEDS
    _waiting_fields = ("state", "responsible_id")
    _step_sets = (
        "number",
        "date_issued",
        "round",
        "submitted_by_id",
        "submitted_on",
        "verify_by",
        "verifier_id",
        "verified_on",
        "closed_by_id",
        "closed_on",
        "return_reason",
        "reopen_count",
        "extension_count",
        "escalation_level",
    )
    _steps_follow = ("responsible_id", "institution_id", "verifier_id", "extension_ids.state")
    _writable = EDITORS
    _given_at_creation = ("institution_id", *EDITORS["draft"]["clerk"])

    number = fields.Char(readonly=True, copy=False, help="Drawn when the task is issued.")
    line_ids = fields.One2many("bphs.problem.line", "rectification_id", string="Problems", readonly=True)
    type_id = fields.Many2one(
        "bphs.problem.type", string="Problem Type", compute="_compute_from_lines", store=True, index=True
    )
    repeat_count = fields.Integer(string="Repeats", compute="_compute_from_lines", store=True)
    problem_summary = fields.Text(string="What Was Found", compute="_compute_problem_summary")
    severity = fields.Selection(list(SEVERITIES), required=True, default="limited", index=True)
    responsible_id = fields.Many2one("res.users", index="btree_not_null", ondelete="restrict")
    responsible_worker_id = fields.Many2one(
        "bphs.worker",
        string="Responsible Person",
        index="btree_not_null",
        ondelete="restrict",
        help="Who answers for it, whether they sign in or not.",
    )
    cause = fields.Text(help="Why it went wrong.")
    measures = fields.Text(help="What is done about it, and that it does not happen again.")
    result = fields.Text(help="What has been put right.")
    date_issued = fields.Date(string="Issued On", readonly=True, copy=False)
    deadline = fields.Date(index=True, help="Set by severity when the task is issued, unless given before.")
    state = fields.Selection(list(STATES), default="draft", required=True, readonly=True, copy=False, index=True)
    round = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="How often proof was handed in; a return opens the next."
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    submitted_on = fields.Date(readonly=True, copy=False)
    verifier_id = fields.Many2one("res.users", string="Verified By", readonly=True, copy=False, ondelete="restrict")
    verified_on = fields.Date(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Date(readonly=True, copy=False, index=True)
    return_reason = fields.Text(string="Last Returned Because", readonly=True, copy=False)
    reopen_count = fields.Integer(string="Times Reopened", readonly=True, copy=False)
    extension_count = fields.Integer(string="Times Extended", readonly=True, copy=False)
    escalation_level = fields.Integer(readonly=True, copy=False, aggregator=None)
    days_left = fields.Integer(compute="_compute_clock", search="_search_days_left", aggregator=None)
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_clock", search="_search_is_overdue")
    color = fields.Integer(compute="_compute_clock", aggregator=None)
    calendar_note = fields.Char(compute="_compute_calendar_note")
    evidence_ids = fields.One2many("bphs.rectification.evidence", "rectification_id")
    event_ids = fields.One2many("bphs.rectification.event", "rectification_id", string="History", readonly=True)
    extension_ids = fields.One2many(
        "bphs.rectification.extension", "rectification_id", string="Extensions", readonly=True
    )
    active = fields.Boolean(default=True)

    _number_uniq = models.Constraint("UNIQUE(number)", "This number is taken already.")
    _issued_complete = models.Constraint(
        "CHECK(state IN ('draft', 'cancelled')"
        " OR (number IS NOT NULL AND deadline IS NOT NULL AND date_issued IS NOT NULL))",
        "A task that is issued has a number and a deadline.",
    )
    _board_idx = models.Index("(state, deadline, id)")

    # === COMPUTE METHODS === #

    @api.depends("number", "institution_id", "type_id")
    def _compute_display_name(self):
        draft = self.env._("Draft")
        for task in self:
            name = f"{task.number or draft} {task.institution_id.name or ''}"
            task.display_name = f"{name} {task.type_id.name}" if task.type_id else name

    @api.depends("line_ids.type_id", "line_ids.is_repeat")
    def _compute_from_lines(self):
        for task in self:
            lines = task.line_ids.sorted("id")
            task.type_id = lines[:1].type_id
            task.repeat_count = sum(lines.mapped("is_repeat"))

    @api.depends("line_ids.problem_id.name", "line_ids.detail")
    def _compute_problem_summary(self):
        for task in self:
            task.problem_summary = "\n".join(
                f"{line.problem_id.name}：{line.detail}" if line.detail else line.problem_id.name or ""
                for line in task.line_ids
            )

    @api.depends("state", "deadline", "verify_by")
    def _compute_clock(self):
        today = self._county_today()
        for task in self:
            running = task.state in RUNNING_STATES and bool(task.deadline)
            left = (task.deadline - today).days if running else 0
            task.days_left = left
            task.is_overdue = running and left < 0
            task.color = OVERDUE if task.is_verify_overdue else colour(running, left)

    @api.depends("state", "deadline", "verify_by")
    def _compute_calendar_note(self):
        calendar = self.env["bphs.working.day"]
        today = self._county_today()
        for task in self:
            if task.state == "submitted":
                waits_until = task.verify_by
            else:
                waits_until = task.state in RUNNING_STATES and task.deadline
            task.calendar_note = waits_until and calendar._unlisted_note(min(today, waits_until), waits_until)

    def _search_days_left(self, operator, value):
        if operator not in ("<", "<=", ">", ">=", "in"):
            return NotImplemented
        today = self._county_today()
        running = Domain("state", "in", RUNNING_STATES)
        if operator == "in":
            return running & Domain("deadline", "in", [today + timedelta(days=int(days)) for days in value])
        return running & Domain("deadline", operator, today + timedelta(days=int(value)))

    def _search_is_overdue(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("state", "in", RUNNING_STATES), ("deadline", "<", self._county_today())]

    # === CRUD METHODS === #

    @api.onchange("responsible_worker_id")
    def _onchange_responsible_worker_id(self):
        # Who signs in is told and acts by that.
        self.responsible_id = self.responsible_worker_id.user_id or self.responsible_id

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._check_responsible()
        return tasks

    def write(self, vals):
        if set(vals) - set(self._always_writable):
            # Held until the end, so that a step taken meanwhile cannot pass by what is written here.
            self.check_access("write")
            self._lock_rows()
        result = super().write(vals)
        if "responsible_id" in vals:
            self._check_responsible()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_draft(self):
        for task in self:
            if task.state != "draft" or task.event_ids:
                raise UserError(
                    self.env._("%(name)s was issued: cancel it with a reason instead.", name=task.display_name)
                )
            task.line_ids._assign(self.browse())

    # === BUSINESS METHODS === #

    def _is_on_side(self, side):
        """Whether the user stands on a side of this task; whoever is named responsible is, by whatever role."""
        if side == "anyone":
            return any(self._is_on_side(one) for one in SIDES["clinic"])
        if side == "responsible" and self.responsible_id == self.env.user:
            return True
        return self.env.user._holds_role(roles_of(side, level_of(self.institution_id.kind)))

    def _check_responsible(self):
        """:raise UserError: someone is named who does not see the task's institution"""
        # sudo: the scope of others is read only to check it
        for person, tasks in self.sudo().grouped("responsible_id").items():
            if not person:
                continue
            places = [("id", "in", tasks.institution_id.ids), ("id", "child_of", person.bphs_institution_ids.ids)]
            allowed = tasks.institution_id.search(places)
            for institution in tasks.institution_id - allowed:
                raise UserError(
                    self.env._(
                        "%(person)s does not see %(institution)s and cannot be responsible there.",
                        person=person.name,
                        institution=institution.name,
                    )
                )
