from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.deadlines import DEFAULT_DAYS, raw_deadline
from .bphs_rectification import on_side_by_role


class BphsRectification(models.Model):
    """The steps of a task. Each is one row of `STEPS`, and one row of its history."""

    _inherit = "bphs.rectification"

    can_verify = fields.Boolean(
        string="Waits for My Verification", compute="_compute_can_verify", search="_search_can_verify"
    )

    # === COMPUTE METHODS === #

    @api.depends("allowed_steps")
    @api.depends_context("uid")
    def _compute_can_verify(self):
        for task in self:
            task.can_verify = "verify" in task.allowed_steps

    def _search_can_verify(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        user = self.env.user
        by_me = Domain("evidence_ids.uploaded_by_id", "=", user.id) | Domain(
            "event_ids", "any", [("kind", "=", "submit"), ("user_id", "=", user.id)]
        )
        submitted = Domain("state", "=", "submitted") & Domain("responsible_id", "!=", user.id)
        return on_side_by_role(user, "verifier") & submitted & ~by_me

    # === ACTIONS === #

    def action_issue(self):
        """Issue (下达) the tasks: number, day and deadline are set, the institution's clock runs.

        :raise UserError: a task that names no problem
        """
        self._check_step("issue")
        for task in self:
            if not task.line_ids:
                raise UserError(self.env._("%(name)s names no problem.", name=task.display_name))
        today = self._county_today()
        deadlines = {severity: self._deadline_by_severity(severity, today) for severity in set(self.mapped("severity"))}
        numbers = self.env["ir.sequence"]._draw_numbers("bphs.rectification", len(self), today)
        self._write_issue(numbers, [task.deadline or deadlines[task.severity] for task in self])
        self._take_step("issue", {"date_issued": today})

    def action_acknowledge(self):
        """The institution has read the task (签收)."""
        self._check_step("acknowledge")
        self._take_step("acknowledge")

    def action_start(self):
        """The institution begins to put it right."""
        self._check_step("start")
        self._take_step("start")

    def action_submit(self, comment=""):
        """Hand in the proof; what was handed in is fixed from then on.

        :raise UserError: no result written, or no evidence of this round
        """
        self._check_step("submit")
        self._check_proved()
        today = self._county_today()
        values = {"submitted_by_id": self.env.uid, "submitted_on": today, "verify_by": self._verify_by_date(today)}
        for count, tasks in self.grouped("round").items():
            tasks._take_step("submit", {**values, "round": count + 1}, comment)

    def _check_before_asking(self, step):
        super()._check_before_asking(step)
        if step == "submit":
            self._check_proved()

    def _check_proved(self):
        """:raise UserError: no result written, or no evidence of this round"""
        for task in self:
            words = {"name": task.display_name}
            if not (task.measures or "").strip() or not (task.result or "").strip():
                raise UserError(
                    self.env._("%(name)s: write down the measures and what has been put right first.", **words)
                )
            if task.evidence_ids.filtered(lambda proof, task=task: proof.round == task.round):
                continue
            if task.evidence_ids:
                raise UserError(
                    self.env._(
                        "%(name)s was returned: what was handed in before does not count again. Add new proof first.",
                        **words,
                    )
                )
            raise UserError(self.env._("%(name)s: add a photo, a file or a text as proof first.", **words))

    def action_verify(self, comment=""):
        """Verify (核验): someone who neither did the work nor handed in its proof has seen that it holds."""
        self._check_step("verify")
        self._take_step(
            "verify",
            {"verifier_id": self.env.uid, "verified_on": self._county_today(), "return_reason": False},
            comment,
        )

    def action_return(self, reason):
        """Give the tasks back: by the verifier while proof waits, by the clerk once it was verified.

        :param str reason: kept in the history, required
        """
        verified = self.filtered(lambda task: task.state == "verified")
        for step, tasks in (("reject", verified), ("return", self - verified)):
            if tasks:
                tasks._check_step(step, reason)
                tasks._take_step(step, {**tasks._cleared_steps(), "return_reason": reason}, reason)

    def action_close(self, comment=""):
        """Close (销号) verified tasks; the one who verified does not close."""
        self._check_step("close")
        self._take_step("close", {"closed_by_id": self.env.uid, "closed_on": self._county_today()}, comment)
        self._on_closed()

    def action_reopen(self, reason):
        """Open closed tasks again, with a term that starts today.

        :param str reason: kept in the history, required
        """
        self._check_step("reopen", reason)
        today = self._county_today()
        for (severity, count), tasks in self.grouped(lambda task: (task.severity, task.reopen_count)).items():
            tasks._take_step(
                "reopen",
                {
                    **tasks._cleared_steps(),
                    "return_reason": reason,
                    "reopen_count": count + 1,
                    "active": True,
                    "escalation_level": 0,
                    "deadline": self._deadline_by_severity(severity, today),
                },
                reason,
            )
        self._on_reopened()

    def action_cancel(self, reason):
        """Cancel tasks that were issued in error. Their problems may be issued again.

        :param str reason: kept in the history, required
        """
        self._check_step("cancel", reason)
        self._take_step("cancel", reason=reason)

    def action_note(self, text):
        """Add a line to the progress log, by either side, while the task is open.

        :param str text: required
        """
        self._check_step("note", text)
        self._add_events("note", text)

    # === HOOKS === #

    def _on_closed(self):
        """Called once tasks are closed, in the same transaction."""

    def _on_reopened(self):
        """Called once closed tasks are open again, in the same transaction."""

    # === BUSINESS METHODS === #

    def _people_apart(self, name):
        if name == "submitter":
            return self._submitters()
        return super()._people_apart({"responsible": "responsible_id", "verifier": "verifier_id"}.get(name, name))

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Your role may not take this step on a rectification task."),
            "role:ask_extension": self.env._("More time is asked for by those who put the task right."),
            "role:remind": self.env._("Only the rectification clerk and the primary-care section remind by hand."),
            "reason:note": self.env._("Write what there is to note."),
            "busy": self.env._("Someone else is working on these tasks at this moment. Try again shortly."),
            "state:note": self.env._("%(name)s is over."),
            "set": self.env._("%(field)s of a rectification task cannot be set directly."),
            "apart:responsible": self.env._("%(name)s: whoever is responsible for the work does not judge it."),
            "apart:submitter": self.env._("%(name)s: whoever handed in proof does not judge it."),
            "apart:verifier": self.env._("%(name)s: whoever verified it does not close it; another person does."),
            "apart:responsible_id": self.env._("Nobody gives more time to themselves."),
        }

    def _asked_steps(self):
        kept = self.env._("Kept in the history of the task")
        asked = {
            "submit": self.env._("Hand In Evidence"),
            "verify": self.env._("Verify"),
            "return": self.env._("Return"),
            "close": self.env._("Close"),
            "reopen": self.env._("Reopen"),
            "cancel": self.env._("Cancel"),
            "note": self.env._("Note"),
            "remind": self.env._("Remind"),
            "ask_extension": self.env._("Ask for More Time"),
            "extend": self.env._("Give More Time"),
        }
        return {step: (title, kept, self._steps[step].reason_required) for step, title in asked.items()}

    def _submitters(self):
        """:return dict: task id -> ids of everyone who ever handed in proof of it, in two queries"""
        # sudo: who handed in counts, whoever asks
        people = {}
        of_these = Domain("rectification_id", "in", self.ids)
        for model, field, domain in (
            ("bphs.rectification.evidence", "uploaded_by_id", of_these),
            ("bphs.rectification.event", "user_id", of_these & Domain("kind", "=", "submit")),
        ):
            groups = self.env[model].sudo()._read_group(domain, ["rectification_id", field])  # sudo: as above
            for task, person in groups:
                people.setdefault(task.id, set()).add(person.id)
        return people

    def _record_step(self, name, reason):
        self._add_events(name, reason, self._steps[name].target)

    def _add_events(self, kind, reason="", target=None):
        """Write one line of history for each task. Called before the state changes."""
        # sudo: nobody has a right to create history, so that nobody can forge it
        self.env["bphs.rectification.event"].sudo().create(
            [
                {
                    "rectification_id": task.id,
                    "institution_id": task.institution_id.id,
                    "user_id": self.env.uid,
                    "kind": kind,
                    "from_state": task.state,
                    "to_state": target or task.state,
                    "reason": reason or False,
                }
                for task in self.sudo()  # sudo: as above
            ]
        )

    def _write_issue(self, numbers, deadlines):
        """Write a number and a deadline of its own to each task, in one statement. Callers have checked the step."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                UPDATE bphs_rectification task
                   SET number = given.number, deadline = given.deadline
                  FROM unnest(%s::int[], %s::text[], %s::date[]) AS given(id, number, deadline)
                 WHERE task.id = given.id
                """,
                self.ids,
                numbers,
                deadlines,
            )
        )
        self.invalidate_recordset(["number", "deadline"])
        self.modified(["number", "deadline"])

    @api.model
    def _cleared_steps(self):
        """:return dict: values of a task that is back at work"""
        return {
            "verify_by": False,
            "verifier_id": False,
            "verified_on": False,
            "closed_by_id": False,
            "closed_on": False,
        }

    @api.model
    def _deadline_by_severity(self, severity, day):
        """:return date: when a task issued on ``day`` is due, moved to the next day on which offices work"""
        # sudo: a setting, no secret
        value = self.env["ir.config_parameter"].sudo().get_param(f"bphs_rectification.days_{severity}")
        deadline = raw_deadline(day, int(value or DEFAULT_DAYS[severity]))
        calendar = self.env["bphs.working.day"]
        return deadline if calendar._is_working_day(deadline) else calendar._add_working_days(deadline, 1)
