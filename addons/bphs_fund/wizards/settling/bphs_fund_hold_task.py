from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_rectification.tools.deadlines import SEVERITIES
from odoo.addons.bphs_rectification.tools.states import OPEN_STATES


class BphsFundHoldTask(models.TransientModel):
    """Asks the clerk what must be put right before held money is released: a new task, tasks under way, or both."""

    _name = "bphs.fund.hold.task"
    _description = "Rectification Before Release"

    hold_id = fields.Many2one("bphs.fund.hold", required=True, readonly=True)
    institution_id = fields.Many2one(related="hold_id.institution_id")
    make_task = fields.Boolean(string="Issue a New Task", default=True)
    name = fields.Char(string="Problem", compute="_compute_name", store=True, readonly=False)
    type_id = fields.Many2one("bphs.problem.type", string="Type of Problem")
    severity = fields.Selection(list(SEVERITIES), default="limited")
    deadline = fields.Date(help="Empty: by severity.")
    task_ids = fields.Many2many(
        "bphs.rectification",
        string="Tasks under Way",
        domain=f"[('institution_id', '=', institution_id), ('state', 'in', {OPEN_STATES})]",
        help="Tasks of the institution that the release waits for as well.",
    )

    @api.depends("hold_id")
    def _compute_name(self):
        for wizard in self:
            wizard.name = self.env._(
                "%(period)s: %(reason)s", period=wizard.hold_id.period_id.display_name, reason=wizard.hold_id.reason
            )

    def action_save(self):
        """Make and issue the task, and let the release wait for it.

        :return dict: the hold's window
        :raise UserError: neither a new task nor one under way, or the new one lacks name or type
        """
        self.ensure_one()
        self.hold_id._check_task_may_be_named()
        tasks = self.task_ids
        if self.make_task:
            tasks |= self._issue_task()
        if not tasks:
            raise UserError(self.env._("Issue a task, or choose one that is under way."))
        self.hold_id._name_tasks(tasks)
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.fund.hold",
            "res_id": self.hold_id.id,
            "views": [(False, "form")],
        }

    def _issue_task(self):
        if not (self.name or "").strip() or not self.type_id or not self.severity:
            raise UserError(self.env._("Name the problem, its type and how urgent it is."))
        hold = self.hold_id
        problem = self.env["bphs.problem"].create(
            {
                "name": self.name.strip(),
                "type_id": self.type_id.id,
                "severity": self.severity,
                "source": "evaluation" if hold.origin == "score" else "inspection",
                "period_id": hold.period_id.id,
                "line_ids": [Command.create({"institution_id": hold.institution_id.id})],
            }
        )
        task = self.env["bphs.rectification"]._create_from_lines(problem.line_ids, deadline=self.deadline)
        task.action_issue()
        return task
