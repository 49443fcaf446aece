from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.steps import Step

from ...tools.states import CLERKS, OPEN_STATES, RUNNING_STATES, roles_of
from ..tasks.bphs_rectification import level_of, on_side_by_role

STATES = [("draft", "Draft"), ("issued", "Sent"), ("answered", "Answered")]
STEPS = {
    "issue": Step(("draft",), "issued", side="clerk"),
    "answer": Step(("issued",), "answered", side="addressee"),
}
DRAFT_FIELDS = {"number", "institution_id", "rectification_ids", "date", "reason", "demand", "reply_by"}


class BphsSupervisionLetter(models.Model):
    """Supervision letter (督办函): the bureau presses an institution over tasks that do not move, and it answers.

    A letter that was issued stays as it was sent; the institution adds its answer and nothing else.
    """

    _name = "bphs.supervision.letter"
    _description = "Supervision Letter"
    _inherit = ["bphs.steps.mixin", "bphs.print.mixin", "bphs.scope.mixin", "bphs.waiting.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["number", "institution_id"]
    _steps = STEPS
    _step_sets = ("issued_by_id", "replied_by_id", "replied_on")
    _steps_follow = ("institution_id",)
    _writable = {"draft": {"clerk": DRAFT_FIELDS}, "issued": {"addressee": ("reply",)}}
    _given_at_creation = DRAFT_FIELDS

    number = fields.Char(string="Document Number", copy=False, help="As the bureau's registry gave it.")
    institution_id = fields.Many2one(string="Addressee")
    rectification_ids = fields.Many2many(
        "bphs.rectification", "bphs_supervision_letter_rectification_rel", string="Tasks Pressed For"
    )
    date = fields.Date(string="Letter Date", required=True, default=lambda self: self._county_today())
    reason = fields.Text(required=True, help="What does not move, and since when.")
    demand = fields.Text(string="Demanded", required=True, help="What is to be done, by whom, until when.")
    reply_by = fields.Date(string="Answer Due", required=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    issued_by_id = fields.Many2one("res.users", string="Sent By", readonly=True, copy=False, ondelete="restrict")
    reply = fields.Text(string="Answer", copy=False)
    replied_by_id = fields.Many2one("res.users", string="Answered By", readonly=True, copy=False, ondelete="restrict")
    replied_on = fields.Date(string="Answered On", readonly=True, copy=False)
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    can_answer = fields.Boolean(compute="_compute_can_answer", search="_search_can_answer")

    _number_uniq = models.UniqueIndex("(number) WHERE number IS NOT NULL", "This document number is taken already.")
    _reply_after_date = models.Constraint(
        "CHECK(reply_by >= date)", "The answer cannot be due before the letter is issued."
    )

    # === COMPUTE METHODS === #

    @api.depends("number", "institution_id")
    def _compute_display_name(self):
        draft = self.env._("Draft")
        for letter in self:
            letter.display_name = f"{letter.number or draft} {letter.institution_id.name or ''}".strip()

    @api.depends("state", "reply_by")
    def _compute_is_overdue(self):
        today = self._county_today()
        for letter in self:
            letter.is_overdue = letter.state == "issued" and letter.reply_by < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "issued"), ("reply_by", "<", self._county_today())]

    @api.depends("allowed_steps")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for letter in self:
            letter.can_answer = "answer" in letter.allowed_steps

    def _search_can_answer(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("state", "=", "issued") & on_side_by_role(self.env.user, "responsible")

    @api.constrains("institution_id", "rectification_ids")
    def _check_rectification_ids(self):
        for letter in self:
            below = self.env["bphs.institution"].search([("id", "child_of", letter.institution_id.ids)])
            for task in letter.rectification_ids:
                if task.institution_id not in below:
                    raise ValidationError(
                        self.env._(
                            "%(task)s is not of %(institution)s.",
                            task=task.display_name,
                            institution=letter.institution_id.name,
                        )
                    )

    # === CRUD METHODS === #

    def _said_fields(self):
        return super()._said_fields() | {"reply"}

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: vals[name] for name in DRAFT_FIELDS & set(vals)} for vals in vals_list])

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_issued(self):
        self._check_in_state(("draft",))

    def _is_on_side(self, side):
        if side == "addressee":
            return self.env.user._holds_role(roles_of("responsible", level_of(self.institution_id.kind)))
        return self.env.user._holds_role(CLERKS)

    def _step_words(self):
        clerk = self.env._("Supervision letters are written by the clerk and the section.")
        addressee = self.env._("The letter is answered by the institution it went to.")
        sent = self.env._("A letter that was issued stays as it was sent.")
        return super()._step_words() | {
            "role:issue": clerk,
            "side": clerk,
            "role:answer": addressee,
            "side:reply": addressee,
            "state": sent,
            "state:issue": self.env._("%(name)s was issued already."),
            "state:answer": self.env._("%(name)s does not wait for an answer."),
            "closed": sent,
            "set": sent,
        }

    # === ACTIONS === #

    def action_issue(self):
        """Issue the letters, and note it in the history of every task they press for.

        :raise AccessError: not the clerk's role
        :raise UserError: issued already, no number, or no task that is still open
        """
        self._check_step("issue")
        for letter in self:
            words = {"letter": letter.display_name}
            if not letter.number:
                raise UserError(self.env._("%(letter)s: enter the document number first.", **words))
            if not letter.rectification_ids.filtered(lambda task: task.state in OPEN_STATES):
                raise UserError(self.env._("%(letter)s names no task that is still open.", **words))
            letter.rectification_ids._add_events(
                "note", self.env._("Pressed for by supervision letter %(number)s.", number=letter.number)
            )
        self._take_step("issue", {"issued_by_id": self.env.uid})
        for letter in self:
            letter._tell_addressee()

    def action_answer(self):
        """Send the institution's answer; it stays as it was sent.

        :raise AccessError: another institution's letter
        :raise UserError: not issued, or no words
        """
        self._check_step("answer")
        for letter in self:
            if not (letter.reply or "").strip():
                raise UserError(self.env._("%(letter)s: write the answer first.", letter=letter.display_name))
        self._take_step("answer", {"replied_by_id": self.env.uid, "replied_on": self._county_today()})

    # === BUSINESS METHODS === #

    def _tell_addressee(self):
        """Put the letter among the activities of those who answer it, on each task that is still theirs."""
        tasks = self.rectification_ids.filtered(lambda task: task.state in RUNNING_STATES)
        if not tasks:
            return
        roles = roles_of("responsible", level_of(self.institution_id.kind))
        staff = self.institution_id._staff_by_level({0: ("own", roles)}).get(self.institution_id.id, {}).get(0, ())
        # sudo: those told are told in their own language, whoever sends the letter
        people = self.env["res.users"].sudo().browse(staff)
        words = {"number": self.number, "day": self.reply_by}
        note = self.env._("Supervision letter %(number)s, answer due %(day)s", **words)
        tasks._tell_people(people, dict.fromkeys(staff, tasks.ids), note)


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    def action_write_letter(self):
        """Open a new letter that presses for these tasks: to their institution, or to the township that leads them all.

        :raise AccessError: not the clerk's role
        :raise UserError: none is open, or they are of several townships
        """
        self.check_access("read")
        if not self.env.user._holds_role(CLERKS):
            raise AccessError(self.env._("Supervision letters are written by the clerk and the section."))
        tasks = self.filtered(lambda task: task.state in OPEN_STATES)
        if not tasks:
            raise UserError(self.env._("None of these tasks is still open."))
        addressee = tasks.institution_id if len(tasks.institution_id) == 1 else tasks.township_id
        if len(addressee) != 1:
            raise UserError(self.env._("A letter goes to one addressee: choose tasks of one township."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Supervision Letter"),
            "res_model": "bphs.supervision.letter",
            "view_mode": "form",
            "context": {"default_institution_id": addressee.id, "default_rectification_ids": tasks.ids},
        }
