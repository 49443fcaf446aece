from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.states import CLERKS, RUNNING_STATES

STATES = [("asked", "Asked"), ("granted", "Granted"), ("refused", "Refused")]
DECIDERS = ("primary_care_officer",)


class BphsRectificationExtension(models.Model):
    """More time for a task (延期): asked with a reason, granted or refused by the section, kept either way."""

    _name = "bphs.rectification.extension"
    _description = "Extension of a Rectification Task"
    _inherit = ["bphs.scope.mixin"]
    _order = "id desc"
    _rec_name = "rectification_id"

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
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _one_asked = models.UniqueIndex(
        "(rectification_id) WHERE state = 'asked'", "An extension of this task waits for its decision already."
    )
    _is_later = models.Constraint("CHECK(asked_deadline > old_deadline)", "An extension ends after the deadline.")

    @api.depends("state", "asked_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        decides = self.env.user._holds_role(DECIDERS)
        for extension in self:
            extension.can_decide = decides and extension.state == "asked" and extension.asked_by_id != self.env.user

    # === ACTIONS === #

    def action_grant(self):
        """Grant the time asked for; the deadline of the task moves.

        :raise AccessError: not the section's officer, or whoever asked
        :raise UserError: decided already, or the institution has handed in its proof meanwhile
        """
        self._check_decision()
        self.rectification_id._check_state(RUNNING_STATES)
        for extension in self:
            # More was given meanwhile, unasked.
            extension.rectification_id._check_later(extension.asked_deadline)
        self._decide("granted")
        for extension in self:
            extension.rectification_id._extend(extension.asked_deadline, extension.reason)

    def action_refuse(self, reason):
        """Refuse, with a reason; the deadline stays.

        :param str reason: required
        """
        self._check_decision()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        self._decide("refused", reason)

    # === BUSINESS METHODS === #

    def _check_decision(self):
        self.check_access("read")
        if not self.env.su and not self.env.user._holds_role(DECIDERS):
            raise AccessError(self.env._("Extensions are decided by the primary-care section."))
        # The right was checked just above; nobody has one to write an extension. The tasks are held with it.
        self.sudo()._lock_rows()
        self.sudo().rectification_id._lock_rows()  # sudo: as above
        for extension in self:
            if extension.state != "asked":
                raise UserError(self.env._("%(name)s: this was decided already.", name=extension.display_name))
            if extension.asked_by_id == self.env.user:
                raise AccessError(self.env._("Nobody decides on what they asked for themselves."))

    def _decide(self, state, reason=False):
        # sudo: checked by `_check_decision`; nobody has a right to write an extension
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_on": self._county_today(),
                "decision_reason": reason,
            }
        )


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    extension_waits = fields.Boolean(compute="_compute_extension_waits")

    @api.depends("extension_ids.state")
    def _compute_extension_waits(self):
        for task in self:
            task.extension_waits = any(extension.state == "asked" for extension in task.extension_ids)

    def action_ask_extension(self, date, reason):
        """Ask for more time, by the responsible side.

        :param date: the deadline asked for, later than the present one
        :param str reason: required
        :return: the extensions, waiting for their decision
        """
        date = fields.Date.to_date(date)
        self._check_extension(date, reason)
        if not self.env.su and not all(task._is_on_side("responsible") for task in self):
            raise AccessError(self.env._("More time is asked for by those who put the task right."))
        waiting = self.extension_ids.filtered(lambda extension: extension.state == "asked")
        if waiting:
            raise UserError(
                self.env._(
                    "%(name)s: an extension asked for waits for its decision; decide on it first.",
                    name=waiting[0].display_name,
                )
            )
        return self._create_extensions(date, reason, {"state": "asked"})

    def action_extend(self, date, reason):
        """Give more time without being asked, by the clerk or the section, to many tasks at once.

        :param date: the new deadline, later than the present ones
        :param str reason: required
        """
        date = fields.Date.to_date(date)
        self._check_extension(date, reason)
        if not self.env.su and not self.env.user._holds_role(CLERKS):
            raise AccessError(self.env._("Your role may not take this step on a rectification task."))
        for task in self:
            if task.responsible_id == self.env.user:
                raise AccessError(self.env._("Nobody gives more time to themselves."))
        self._create_extensions(
            date,
            reason,
            {"state": "granted", "decided_by_id": self.env.uid, "decided_on": self._county_today()},
        )
        self._extend(date, reason)

    def _check_extension(self, date, reason):
        self.check_access("read")
        # Only reading is asked of the user here; the callers check the side. Held until the end.
        self.sudo()._lock_rows()
        self._check_state(RUNNING_STATES)
        if not date:
            raise UserError(self.env._("Give the new deadline."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        self._check_later(date)

    def _check_later(self, date):
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
        extensions = extensions.create(
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
