from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.attempts import AGREED, quiet_until

KINDS = [
    ("unreachable", "Not Reached"),
    (AGREED, "Agreed for a Day"),
    ("refused", "Refused"),
    ("moved", "Moved Away"),
    ("in_hospital", "In Hospital"),
    ("dead", "Has Died"),
    ("wrong_number", "Wrong Number"),
]
# Which step of the register a finding asks for.
STEP_OF = {"dead": "died", "moved": "out"}


class BphsFollowupAttempt(models.Model):
    """Somebody was to be seen and was not, and why (未完成随访的尝试). Written once.

    It closes no row and is no visit: it changes no count. All it can do is to leave somebody's plans in peace for some
    days. What can only be cleared by "done" is done falsely.
    """

    _name = "bphs.followup.attempt"
    _description = "Attempt in Vain"
    _inherit = ["bphs.append.only.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "made_on desc, id desc"
    _rec_name = "kind"
    _tells_of = "resident_id"

    plan_id = fields.Many2one("bphs.plan", required=True, index=True, ondelete="restrict")
    # Not the plan's of today: files merge, and what is written stays.
    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, index=True, ondelete="restrict")
    kind = fields.Selection(KINDS, string="What Came of It", required=True)
    made_on = fields.Date(string="On", required=True, default=lambda self: self._county_today())
    agreed_on = fields.Date(string="Agreed For")
    worker_id = fields.Many2one(
        "bphs.worker", readonly=True, ondelete="restrict", default=lambda self: self.env["bphs.visit"]._own_worker()
    )
    note = fields.Char()

    # === CONSTRAINTS === #

    @api.constrains("kind", "made_on", "agreed_on")
    def _check_days(self):
        today = self._county_today()
        for attempt in self:
            if attempt.made_on > today:
                raise ValidationError(self.env._("An attempt cannot have been made on a day to come."))
            if attempt.kind == AGREED and not attempt.agreed_on:
                raise ValidationError(self.env._("Say for which day it was agreed."))
            if attempt.agreed_on and attempt.agreed_on <= attempt.made_on:
                raise ValidationError(self.env._("It is agreed for a day after the attempt."))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not all(vals.get("plan_id") for vals in vals_list):
            self.check_access("create")
            raise UserError(self.env._("Say for which plan somebody was to be seen."))
        plans = self.env["bphs.plan"].browse([vals["plan_id"] for vals in vals_list])
        plans.check_access("read")
        residents = {plan.id: plan.resident_id.id for plan in plans.sudo()}  # sudo: the plans were asked for
        own = self.env["bphs.visit"]._own_worker().id
        attempts = super().create(
            [
                {**vals, "resident_id": residents[vals["plan_id"]], **({} if self.env.su else {"worker_id": own})}
                for vals in vals_list
            ]
        )
        for attempt in attempts:
            attempt._leave_in_peace()
        attempts.resident_id._log_access("change", what=self.env._("Attempt in vain"))
        return attempts

    # === ACTIONS === #

    def action_next(self):
        """What is done next: the register's step where somebody died or moved away.

        :return: the action that asks for it, or that closes the dialog
        """
        self.ensure_one()
        self.check_access("read")
        step, resident = STEP_OF.get(self.kind), self.resident_id
        if step and resident.status == "active" and resident.has_access("write"):
            action = resident.action_move()
            return {**action, "context": {**action["context"], "default_kind": step, "default_date": self.made_on}}
        return {"type": "ir.actions.act_window_close"}

    # === HELPERS === #

    @api.model
    def _dialog_of(self, plan):
        """:return dict: the dialog that asks what came of an attempt for this plan"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attempt in Vain"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_plan_id": plan.id},
        }

    def _leave_in_peace(self):
        """Mute what this user can see to be done for the resident, as the rules say."""
        until = quiet_until(self.kind, self.made_on, self.agreed_on, self._days_before())
        if not until or until < self._county_today():
            return
        to_do = [("resident_id", "=", self.resident_id.id), ("state", "in", ["open", "overdue"])]
        plans = self.env["bphs.followup"].search(to_do).plan_id | self.plan_id
        words = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        self.env["bphs.plan.mute"].sudo().create(  # sudo: follows from the attempt, which was this user's to make
            [
                {
                    "plan_id": plan.id,
                    "date_from": self.made_on,
                    "date_to": until,
                    "reason": words,
                    "attempt_id": self.id,
                }
                for plan in plans
            ]
        )

    def _days_before(self):
        """:return: the days of earlier attempts since anything was last done for the resident"""
        done = [("resident_id", "=", self.resident_id.id), ("state", "=", "done")]
        last = self.env["bphs.visit"].search(done, order="done_on desc", limit=1).done_on
        earlier = self.search([("resident_id", "=", self.resident_id.id), ("id", "!=", self.id)])
        return [attempt.made_on for attempt in earlier if not last or attempt.made_on > last]


class BphsPlanMute(models.Model):
    _inherit = "bphs.plan.mute"

    attempt_id = fields.Many2one("bphs.followup.attempt", readonly=True, index="btree_not_null", ondelete="restrict")

    def _check_by_hand(self, vals):
        if "attempt_id" in vals and not self.env.su:
            raise UserError(self.env._("Which attempt a mute follows from is not written by hand."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_by_hand(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_by_hand(vals)
        return super().write(vals)
