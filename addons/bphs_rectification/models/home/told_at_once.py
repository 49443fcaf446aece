from odoo import api, fields, models

from ...tools.states import WORKING_STATES

# The steps after which the institution has the task, new or once more.
HANDED_OVER = ("issue", "return", "reject", "reopen")


class BphsRectification(models.Model):
    """Whoever has to put it right is told at once that a task is theirs, new or returned, and finds it marked."""

    _inherit = "bphs.rectification"

    is_returned = fields.Boolean(string="Returned", compute="_compute_is_returned", search="_search_is_returned")

    @api.depends("state", "return_reason")
    def _compute_is_returned(self):
        for task in self:
            task.is_returned = task.state in WORKING_STATES and bool(task.return_reason)

    def _search_is_returned(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self.env["bphs.waiting"]._returned_tasks()

    def _take_step(self, name, values=None, reason=""):
        result = super()._take_step(name, values, reason)
        if name in HANDED_OVER:
            self._tell_handed_over(name, reason)
        return result

    def _tell_handed_over(self, step, reason):
        """One activity for each person and task, in their list and on their bell at once."""
        tasks = self.sudo()  # sudo: whose task it is decides whom it is told to; the teller sees none of them
        staff = tasks._staff_by_level()
        by_person = {}
        for task in tasks:
            for person in staff[task.id].get(0, ()):
                by_person.setdefault(person, []).append(task.id)
        people = self.env["res.users"].sudo().browse(by_person)  # sudo: as said
        note = self.env._("New task") if step == "issue" else self.env._("Returned: %(reason)s", reason=reason)
        tasks._tell_people(people, by_person, note)
