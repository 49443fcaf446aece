from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.steps import Step
from odoo.addons.bphs_rectification.tools.states import CLERKS

from .bphs_fund_hold import STEPS

# A task over: what was wrong is put right, or was none.
OVER = ("closed", "cancelled")


class BphsFundHold(models.Model):
    """Holds wait for rectification: money withheld comes free once another person has seen that things are right.

    A hold names the tasks that release it. While one of them is open the release is refused; closing the last one
    hands the release in for approval, and never releases by itself. A task opened again blocks what is not decided;
    what was released stays released, and says so.
    """

    _inherit = "bphs.fund.hold"
    _steps = STEPS | {"ask_task": Step(("held",), None, CLERKS, access="read")}
    _steps_follow = ("approval_state",)

    # A task put away is still one that the money waits for.
    rectification_ids = fields.Many2many(
        "bphs.rectification",
        string="Rectification Tasks",
        readonly=True,
        copy=False,
        context={"active_test": False},
    )
    task_count = fields.Integer(string="Tasks", compute="_compute_tasks")
    open_task_count = fields.Integer(string="Open Tasks", compute="_compute_tasks")
    reopened_tasks = fields.Char(compute="_compute_tasks", help="Opened again after the release.")

    @api.depends("rectification_ids.state", "state")
    def _compute_tasks(self):
        for hold in self:
            # sudo: what a hold waits for is no secret to whoever sees the hold
            tasks = hold.sudo().rectification_ids
            waiting = tasks.filtered(lambda task: task.state not in OVER)
            hold.task_count = len(tasks)
            hold.open_task_count = len(waiting)
            hold.reopened_tasks = (
                ", ".join(task.display_name for task in waiting) if hold.state == "released" else False
            )

    # === ACTIONS === #

    def action_ask_task(self):
        """:return dict: the window that makes a rectification task of this hold, or names tasks under way"""
        self.ensure_one()
        self._check_task_may_be_named()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rectification Before Release"),
            "res_model": "bphs.fund.hold.task",
            "view_mode": "form",
            "target": "new",
            "context": {"default_hold_id": self.id},
        }

    def action_open_tasks(self):
        """:return dict: the tasks this hold waits for"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_rectification.bphs_rectification_action")
        domain = [("id", "in", self.rectification_ids.ids)]
        return {**action, "domain": domain, "context": {"active_test": False}}

    def action_approval_approve(self, *args, **kwargs):
        """Refused at every stage while a task is open: nobody approves what could not be handed in now."""
        self.check_access("read")
        for hold in self.filtered(lambda hold: hold.approval_state == "submitted"):
            hold._check_not_blocked()
        return super().action_approval_approve(*args, **kwargs)

    # === BUSINESS METHODS === #

    def _check_task_may_be_named(self):
        """:raise AccessError: not a clerk of rectification, or out of scope
        :raise UserError: the hold is over, or its release is being decided"""
        self._check_step("ask_task")
        for hold in self:
            if not hold._is_step_due("ask_task"):
                raise UserError(self._step_word("state", "ask_task", hold))

    def _is_step_due(self, name):
        return name != "ask_task" or self.approval_state == "draft"

    def _step_words(self):
        return super()._step_words() | {
            "role:ask_task": self.env._("Only the rectification clerk and the primary-care section ask for tasks."),
            "state:ask_task": self.env._(
                "%(name)s is released, or its release is being decided: it takes no further task."
            ),
        }

    def _name_tasks(self, tasks):
        """Let the release wait for these tasks too. Called with the right checked."""
        self.ensure_one()
        self._touch()
        self._check_task_may_be_named()
        for task in tasks:
            if task.institution_id != self.institution_id:
                raise UserError(
                    self.env._(
                        "%(task)s is not a task of %(unit)s.", task=task.display_name, unit=self.institution_id.name
                    )
                )
        # Asking for a task is no part in the release: the section that asks still reviews it.
        self._approval_write({"rectification_ids": [fields.Command.link(task.id) for task in tasks]})

    def _touch(self):
        """Write these rows as they are, so that of two who change at once what they wait for one starts again.

        Two clerks who each close one of the last two tasks would otherwise each see the other's still open, and
        nobody would hand the release in.
        """
        if self:
            self.env.execute_query(
                SQL("UPDATE bphs_fund_hold SET write_date = write_date WHERE id IN %s RETURNING id", tuple(self.ids))
            )

    def _release_blockers(self):
        states = dict(self.env["bphs.rectification"]._fields["state"]._description_selection(self.env))
        return super()._release_blockers() + [
            self.env._(
                "Rectification task %(number)s is still open: %(state)s.",
                number=task.number or task.display_name,
                state=states[task.state],
            )
            for task in self.rectification_ids
            if task.state not in OVER
        ]

    @api.model
    def _propose_releases(self, tasks):
        """Hand in the release of each hold whose last open task these are. Called with elevated rights on closing."""
        holds = self.search(
            [("rectification_ids", "in", tasks.ids), ("state", "=", "held"), ("approval_state", "=", "draft")]
        )
        holds._touch()
        # By the clerk who closed. The section decides the first stage: where it closed, it is no author of the release.
        clerk = self.env.user.has_group("bphs_base.group_rectification_clerk")
        submitter = self.env.user if clerk else self.env["res.users"].browse(SUPERUSER_ID)
        for hold in holds:
            if hold._release_blockers():
                continue
            closed = hold.rectification_ids.filtered(lambda task: task.state == "closed")
            reason = self.env._(
                "Put right, verified and closed: %(tasks)s.",
                tasks=", ".join(
                    self.env._(
                        "%(number)s (%(person)s, %(day)s)",
                        number=task.number,
                        person=task.closed_by_id.name,
                        day=task.closed_on,
                    )
                    for task in closed.sorted("number")
                ),
            )
            hold._approval_write({"release_reason": reason})
            try:
                hold._check_releasable()
            except UserError:
                # The year is in review, for one: the reason is written, and the release asked for by hand later.
                continue
            hold.with_user(submitter).action_approval_submit(reason)


class BphsRectification(models.Model):
    """What closing and reopening a task means for the money that waits for it."""

    _inherit = "bphs.rectification"

    hold_ids = fields.Many2many("bphs.fund.hold", string="Money Held Until Closed", readonly=True, copy=False)
    hold_count = fields.Integer(string="Money Held", compute="_compute_hold_count")

    @api.depends("hold_ids")
    def _compute_hold_count(self):
        sees_holds = self.env["bphs.fund.hold"].has_access("read")
        for task in self:
            task.hold_count = len(task.hold_ids) if sees_holds else 0

    def action_open_holds(self):
        """:return dict: the holds that wait for this task"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_hold_action")
        return {**action, "domain": [("id", "in", self.hold_ids.ids)], "context": {}}

    def _on_closed(self):
        super()._on_closed()
        # sudo: the clerk who closes holds no right to hand a release in; the hold's own rules decide what follows
        self.env["bphs.fund.hold"].sudo()._propose_releases(self)

    def _on_reopened(self):
        super()._on_reopened()
        for task in self:
            # sudo: what was released is said on the task, whoever may see the hold
            released = task.sudo().hold_ids.filtered(lambda hold: hold.state == "released")
            if released:
                task._add_events(
                    "note",
                    self.env._(
                        "Released already and not withheld again: %(holds)s.",
                        holds=", ".join(hold.display_name for hold in released),
                    ),
                )
