from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsRectificationPrint(models.TransientModel):
    """Chooses the tasks of an institution that are printed together: notice, report or ledger."""

    _name = "bphs.rectification.print"
    _description = "Print Tasks of an Institution"
    _inherit = ["bphs.print.mixin"]

    institution_id = fields.Many2one(
        "bphs.institution",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["bphs.institution"].search([], order="parent_path", limit=1),
    )
    with_below = fields.Boolean(string="With All Institutions Below", default=True)
    date_from = fields.Date(string="Issued From")
    date_to = fields.Date(string="Issued Until")
    only_open = fields.Boolean(string="Not Yet Closed Only")
    task_count = fields.Integer(string="Tasks", compute="_compute_task_count")

    @api.depends("institution_id")
    def _compute_display_name(self):
        for choice in self:
            choice.display_name = choice.institution_id.name or ""

    @api.depends("institution_id", "with_below", "date_from", "date_to", "only_open")
    def _compute_task_count(self):
        for choice in self:
            choice.task_count = self.env["bphs.rectification"].search_count(choice._task_domain())

    def action_print(self):
        """Download the form the button names; refuses an empty one."""
        self.ensure_one()
        if not self.task_count:
            raise UserError(self.env._("There is no issued task to print."))
        return super().action_print()

    def _tasks(self):
        """The tasks chosen, those the user may see alone."""
        return self.env["bphs.rectification"].search(self._task_domain(), order="institution_id, deadline, id")

    def _task_domain(self):
        domain = [
            ("institution_id", "child_of" if self.with_below else "in", self.institution_id.ids),
            ("state", "not in", ("draft", "cancelled")),
        ]
        if self.date_from:
            domain.append(("date_issued", ">=", self.date_from))
        if self.date_to:
            domain.append(("date_issued", "<=", self.date_to))
        if self.only_open:
            domain.append(("state", "!=", "closed"))
        return domain
