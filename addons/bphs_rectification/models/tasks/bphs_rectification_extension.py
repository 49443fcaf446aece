from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.steps import Step

from ...tools.states import RUNNING_STATES

STATES = [("asked", "Asked"), ("granted", "Granted"), ("refused", "Refused")]
DECIDERS = ("primary_care_officer",)
STEPS = {
    "grant": Step(("asked",), "granted", DECIDERS, apart_from=("asked_by_id",), access="read"),
    "refuse": Step(("asked",), "refused", DECIDERS, reason_required=True, apart_from=("asked_by_id",), access="read"),
}


class BphsRectificationExtension(models.Model):
    """More time for a task (延期): asked with a reason, granted or refused by the section, kept either way."""

    _name = "bphs.rectification.extension"
    _description = "Extension of a Rectification Task"
    _inherit = ["bphs.steps.mixin", "bphs.scope.mixin", "bphs.waiting.mixin"]
    _order = "id desc"
    _rec_name = "rectification_id"
    _steps = STEPS
    _step_sets = ("decided_by_id", "decided_on", "decision_reason")

    rectification_id = fields.Many2one(
        "bphs.rectification", string="Task", required=True, readonly=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(related="rectification_id.institution_id", store=True, precompute=True)
    old_deadline = fields.Date(string="Deadline Before", required=True, readonly=True)
    asked_deadline = fields.Date(required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    asked_by_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="restrict")
    state = fields.Selection(STATES, required=True, default="asked", readonly=True, index=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_on = fields.Date(readonly=True)
    decision_reason = fields.Text(readonly=True)

    _one_asked = models.UniqueIndex(
        "(rectification_id) WHERE state = 'asked'", "An extension of this task waits for its decision already."
    )
    _is_later = models.Constraint("CHECK(asked_deadline > old_deadline)", "An extension ends after the deadline.")

    # === ACTIONS === #

    def action_grant(self):
        """Grant the time asked for; the deadline of the task moves.

        :raise AccessError: not the section's officer, or whoever asked
        :raise UserError: decided already, or the institution has handed in its proof meanwhile
        """
        self._check_step("grant")
        self.sudo().rectification_id._lock_rows()  # sudo: the right was checked just above; held with their tasks
        self.rectification_id._check_in_state(RUNNING_STATES)
        for extension in self:
            # More was given meanwhile, unasked.
            extension.rectification_id._check_later(extension.asked_deadline)
        self._take_step("grant", self._decision())
        for extension in self:
            extension.rectification_id._extend(extension.asked_deadline, extension.reason)

    def action_refuse(self, reason):
        """Refuse, with a reason; the deadline stays.

        :param str reason: required
        """
        self._check_step("refuse", reason)
        self._take_step("refuse", self._decision() | {"decision_reason": reason}, reason)

    # === BUSINESS METHODS === #

    def _decision(self):
        return {"decided_by_id": self.env.uid, "decided_on": self._county_today()}

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Extensions are decided by the primary-care section."),
            "state": self.env._("%(name)s: this was decided already."),
            "apart": self.env._("Nobody decides on what they asked for themselves."),
        }

    def _asked_steps(self):
        return {"refuse": (self.env._("Refuse More Time"), self.env._("Kept in the history of the task"), True)}


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    def _is_step_due(self, name):
        # What was asked for waits for its decision.
        return name != "ask_extension" or "asked" not in self.extension_ids.mapped("state")

    def action_ask_extension(self, deadline, reason):
        """Ask for more time, by the responsible side.

        :param deadline: the one asked for, later than the present one
        :param str reason: required
        :return: the extensions, waiting for their decision
        """
        deadline = self._asked_date(deadline)
        self._check_step("ask_extension", reason)
        self._check_later(deadline)
        waiting = self.extension_ids.filtered(lambda extension: extension.state == "asked")
        if waiting:
            raise UserError(
                self.env._(
                    "%(name)s: an extension asked for waits for its decision; decide on it first.",
                    name=waiting[0].display_name,
                )
            )
        return self._create_extensions(deadline, reason, {})

    def action_extend(self, deadline, reason):
        """Give more time without being asked, by the clerk or the section, to many tasks at once.

        :param deadline: the new one, later than the present ones
        :param str reason: required
        """
        deadline = self._asked_date(deadline)
        self._check_step("extend", reason)
        self._check_later(deadline)
        self._create_extensions(
            deadline,
            reason,
            {"state": "granted", "decided_by_id": self.env.uid, "decided_on": self._county_today()},
        )
        self._extend(deadline, reason)

    def _check_later(self, date):
        if not date:
            raise UserError(self.env._("Give the new deadline."))
        for task in self:
            if date <= task.deadline or date < self._county_today():
                raise UserError(
                    self.env._(
                        "%(name)s: the new deadline must be later than %(deadline)s, and not be past.",
                        name=task.display_name,
                        deadline=task.deadline,
                    )
                )

    def _create_extensions(self, date, reason, values):
        # Decisions taken in this transaction reach the database first: it holds that one waits at a time.
        self.env["bphs.rectification.extension"].flush_model(["state"])
        # sudo: callers checked; nobody has a right to create an extension past these methods
        extensions = self.env["bphs.rectification.extension"].sudo()
        extensions = extensions._create_past_steps(
            [
                {
                    "rectification_id": task.id,
                    "old_deadline": task.deadline,
                    "asked_deadline": date,
                    "reason": reason,
                    "asked_by_id": self.env.uid,
                    **values,
                }
                for task in self
            ]
        )
        return extensions.with_env(self.env)

    def _extend(self, date, reason):
        """Move the deadline and write it down. Callers have checked who decides, and that the clock runs."""
        self._add_events("extension", reason)
        for count, tasks in self.grouped("extension_count").items():
            # sudo: checked by the callers
            tasks.sudo()._write_state({"deadline": date, "extension_count": count + 1, "escalation_level": 0})
