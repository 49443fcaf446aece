from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BphsRectificationIssue(models.TransientModel):
    """Make and issue the tasks of a list of problems, all in one action."""

    _name = "bphs.rectification.issue"
    _description = "Issue Rectification Tasks"

    line_ids = fields.Many2many("bphs.problem.line", string="Problems", required=True)
    grouping = fields.Selection(
        [
            ("institution", "One Task for Each Institution"),
            ("institution_type", "One Task for Each Institution and Type of Problem"),
        ],
        string="Tasks",
        required=True,
        default="institution_type",
    )
    deadline = fields.Date(help="For all tasks. Empty: as the list says, else by severity.")
    line_count = fields.Integer(string="Problems to Issue", compute="_compute_counts")
    calendar_note = fields.Char(compute="_compute_calendar_note")
    task_count = fields.Integer(string="Tasks to Issue", compute="_compute_counts")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "line_ids" in fields and not values.get("line_ids"):
            # From the register of problems, without a choice: everything that has no task yet.
            lines = self.env["bphs.problem.line"].search([("rectification_id", "=", False)])
            values["line_ids"] = [Command.set(lines.ids)]
        return values

    @api.depends("line_ids", "grouping")
    def _compute_counts(self):
        for issue in self:
            groups = ["institution_id", "type_id"] if issue.grouping == "institution_type" else ["institution_id"]
            counts = self.env["bphs.problem.line"]._read_group(
                [("id", "in", issue.line_ids.ids), ("rectification_id", "=", False)], groups, ["__count"]
            )
            issue.task_count = len(counts)
            issue.line_count = sum(row[-1] for row in counts)

    @api.depends("line_ids", "deadline")
    def _compute_calendar_note(self):
        today = self._county_today()
        calendar, tasks = self.env["bphs.working.day"], self.env["bphs.rectification"]
        for issue in self:
            # A day the clerk or the list names is no day that is counted.
            counted = issue.line_ids.filtered(lambda line: not line.deadline and not line.rectification_id)
            until = not issue.deadline and max(
                (tasks._deadline_by_severity(severity, today) for severity in set(counted.mapped("severity"))),
                default=False,
            )
            issue.calendar_note = until and calendar._unlisted_note(today, until)

    def action_confirm(self):
        """Issue the tasks and show them.

        :raise UserError: nothing to issue; a day that is past
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: not line.rectification_id)
        if not lines:
            raise UserError(self.env._("Every one of these problems has its task already."))
        tasks = self.env["bphs.rectification"]
        if self.deadline and self.deadline < self._county_today():
            raise UserError(self.env._("The deadline is past."))
        tasks = tasks._create_from_lines(lines, self.grouping == "institution_type", self.deadline)
        tasks.action_issue()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_rectification.bphs_rectification_action")
        action["domain"] = [("id", "in", tasks.ids)]
        action["context"] = {}
        action["target"] = "main"
        return action
