from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.roles import ASSIGNERS
from ..absences.bphs_team_absence import REASONS

STATES = [("draft", "Draft"), ("planned", "Planned"), ("done", "Handed Over"), ("undone", "Undone")]
STEPS = {
    "hand_over": Step(("draft",), "done", ASSIGNERS),
    "plan": Step(("draft",), "planned", ASSIGNERS),
    "withdraw": Step(("planned",), "draft", ASSIGNERS),
    "carry_out": Step(("planned",), "done", by_system=True),
    "undo": Step(("done",), "undone", ASSIGNERS),
}
FILLED_IN = ("worker_id", "mode", "successor_id", "date", "date_to", "reason", "note", "line_ids")
# What was so for longer is history: reports have told it.
DAYS_BACK = 31


class BphsHandover(models.Model):
    """Handing over (交接): what a member who leaves or is away has open, given to a successor from a day, or covered.

    Shown before it is confirmed, undone by one step the same day. What was done keeps the name of who did it.
    """

    _name = "bphs.handover"
    _description = "Handing Over"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _steps = STEPS
    _step_sets = ("done_on", "done_by_id", "absence_id", "hindrance")
    _writable = {"draft": {ANYBODY: FILLED_IN}}
    _given_at_creation = FILLED_IN
    _steps_follow = ("mode", "date")

    worker_id = fields.Many2one(
        "bphs.worker", string="Who Hands Over", required=True, index=True, ondelete="restrict",
        context={"active_test": False},
    )  # fmt: skip
    institution_id = fields.Many2one(related="worker_id.institution_id", store=True, precompute=True)
    mode = fields.Selection(
        [("give", "Given for Good"), ("cover", "Covered for a Time")], required=True, default="give",
        help="Covered: teams, contracts and tasks stay where they are, and somebody stands in.",
    )  # fmt: skip
    successor_id = fields.Many2one("bphs.worker", required=True, index=True, ondelete="restrict")
    date = fields.Date(string="From", required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Last Day", help="Of the cover.")
    reason = fields.Selection(REASONS, required=True, default="leave")
    note = fields.Char(size=200)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    done_on = fields.Date(readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    absence_id = fields.Many2one("bphs.team.absence", readonly=True, copy=False, ondelete="set null")
    hindrance = fields.Char(string="Could Not Be Carried Out", readonly=True, copy=False)
    line_ids = fields.One2many("bphs.handover.line", "handover_id", string="Open Work", copy=False)

    _another = models.Constraint("CHECK(worker_id <> successor_id)", "Nobody hands over to themselves.")
    _cover_ends = models.Constraint(
        "CHECK(mode = 'give' OR (date_to IS NOT NULL AND date_to >= date))",
        "A cover has its last day, not before the first.",
    )

    @api.depends("worker_id", "successor_id", "date")
    def _compute_display_name(self):
        for handover in self:
            # sudo: names that a reader of this document reads in it
            people = handover.sudo()
            handover.display_name = f"{people.worker_id.name or ''} → {people.successor_id.name or ''} {handover.date}"

    @api.constrains("successor_id", "date")
    def _check_successor(self):
        for handover in self:
            if not handover.successor_id.active:
                raise ValidationError(
                    self.env._("%(name)s has left and takes nothing over.", name=handover.successor_id.name)
                )
            if not self.env.su and handover.date < self._county_today() - timedelta(days=DAYS_BACK):
                raise ValidationError(
                    self.env._("What was so %(days)s days ago and longer is history: give a later day.", days=DAYS_BACK)
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        handovers = super().create(vals_list)
        handovers._list()
        return handovers

    def write(self, vals):
        result = super().write(vals)
        if {"worker_id", "date", "mode"} & set(vals):
            self._list()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_done(self):
        self._check_in_state(("draft",))

    # === STEPS === #

    def action_refresh(self):
        """List anew what is open."""
        self.check_access("write")
        self._check_in_state(("draft",))
        self._list()

    def action_hand_over(self):
        """Give, or cover, what the lines show.

        :raise UserError: its day is still to come, or what was shown is not what is open now
        """
        self._check_step("hand_over")
        for handover in self:
            if not handover._is_step_due("hand_over"):
                raise UserError(
                    self.env._("%(name)s: its day is still to come. Plan it for then.", name=handover.display_name)
                )
            handover._check_people()
            handover._check_shown()
            handover._carry_out("hand_over")

    def action_plan(self):
        """Let it be done on its day."""
        self._check_step("plan")
        for handover in self:
            if not handover._is_step_due("plan"):
                raise UserError(self.env._("%(name)s: its day has come. Hand over now.", name=handover.display_name))
            handover._check_people()
        self._take_step("plan")

    def action_withdraw(self):
        """Take a plan back."""
        self._check_step("withdraw")
        self._take_step("withdraw", {"hindrance": False})

    def action_undo(self):
        """Put back what was handed over today.

        :raise UserError: it was another day, or somebody has changed a piece since
        """
        self._check_step("undo")
        for handover in self:
            if handover.done_on != self._county_today():
                raise UserError(
                    self.env._("%(name)s: only what was handed over today is undone.", name=handover.display_name)
                )
            handover._put_back()
        self._take_step("undo")

    @api.model
    def _cron_carry_out(self):
        """Hand over what was planned for today; what cannot be stays planned and says why."""
        for handover in self.search([("state", "=", "planned"), ("date", "<=", self._county_today())]):
            try:
                with self.env.cr.savepoint():
                    handover._check_step("carry_out")
                    handover._list()
                    handover._carry_out("carry_out")
            except UserError as refusal:
                handover._write_state({"hindrance": str(refusal)})

    # === HELPERS === #

    def _is_step_due(self, name):
        # What is given on a coming day is planned; an absence may be entered beforehand.
        coming = self.mode == "give" and bool(self.date) and self.date > self._county_today()
        return {"hand_over": not coming, "plan": coming}.get(name, True)

    def _check_people(self):
        # Whoever hands over sees both; out of scope nobody is given work.
        (self.worker_id | self.successor_id).check_access("read")

    def _check_shown(self):
        """:raise UserError: the list has changed since it was shown"""
        for line in self.line_ids:
            if line.count != line._counted():
                raise UserError(
                    self.env._("%(name)s: the list has changed meanwhile. Refresh it and look again.", name=line.name)
                )

    def _carry_out(self, step):
        self.ensure_one()
        values = {"done_on": self._county_today(), "done_by_id": self.env.uid, "hindrance": False}
        if self.mode == "cover":
            # sudo: whoever takes the step was checked; the absence follows from it
            absence = self.env["bphs.team.absence"].sudo().create(
                {
                    "worker_id": self.worker_id.id,
                    "substitute_id": self.successor_id.id,
                    "date_from": self.date,
                    "date_to": self.date_to,
                    "reason": self.reason,
                }
            )  # fmt: skip
            values["absence_id"] = absence.id
        else:
            self._give()
        self._take_step(step, values)
