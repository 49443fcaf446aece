from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BphsRectificationPrint(models.TransientModel):
    """Chooses the tasks of an institution that are printed together: notice, report or ledger."""

    _name = "bphs.rectification.print"
    _description = "Print Tasks of an Institution"
    _inherit = ["bphs.print.institution.mixin"]

    with_below = fields.Boolean(string="With All Institutions Below", default=True)
    date_from = fields.Date(string="Issued From")
    date_to = fields.Date(string="Issued Until")
    rectification_ids = fields.Many2many(
        "bphs.rectification", string="Tasks Chosen", help="Where tasks were chosen from a list, these alone."
    )
    only_open = fields.Boolean(string="Not Yet Closed Only")
    task_count = fields.Integer(string="Tasks", compute="_compute_task_count")

    @api.depends("institution_id", "rectification_ids")
    def _compute_display_name(self):
        for choice in self:
            units = choice.rectification_ids.institution_id
            choice.display_name = (
                self.env._("%(first)s and %(count)s others", first=units[0].name, count=len(units) - 1)
                if len(units) > 1
                else (units or choice.institution_id).name or ""
            )

    @api.depends("rectification_ids", "institution_id", "with_below", "date_from", "date_to", "only_open")
    def _compute_task_count(self):
        for choice in self:
            choice.task_count = self.env["bphs.rectification"].search_count(choice._task_domain())

    def _nothing_to_print(self):
        return not self.task_count and self.env._("There is no issued task to print.")

    def _tasks(self):
        """The tasks chosen, those the user may see alone."""
        return self.env["bphs.rectification"].search(self._task_domain(), order="institution_id, deadline, id")

    def _task_domain(self):
        domain = [("state", "not in", ("draft", "cancelled"))]
        if self.rectification_ids:
            return [*domain, ("id", "in", self.rectification_ids.ids)]
        domain.append(("institution_id", "child_of" if self.with_below else "in", self.institution_id.ids))
        if self.date_from:
            domain.append(("date_issued", ">=", self.date_from))
        if self.date_to:
            domain.append(("date_issued", "<=", self.date_to))
        if self.only_open:
            domain.append(("state", "!=", "closed"))
        return domain


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    def action_print_notices(self):
        """Download the notices of these tasks in one file, one for each institution.

        :return dict: the address of the file
        :raise UserError: none of them was issued
        """
        self.check_access("read")
        if not self:
            raise UserError(self.env._("There is no issued task to print."))
        choice = self.env["bphs.rectification.print"].create({"rectification_ids": [Command.set(self.ids)]})
        return choice.with_context(print_code="E10ALL", print_kind="pdf").action_print()


class BphsProblem(models.Model):
    _inherit = "bphs.problem"

    def action_print_notices(self):
        """Download the notices of the tasks of these problems in one file, one for each institution.

        :return dict: the address of the file
        :raise UserError: none was issued
        """
        self.check_access("read")
        tasks = self.env["bphs.rectification"].search([("line_ids.problem_id", "in", self.ids)])
        return tasks.action_print_notices()
