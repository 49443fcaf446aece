from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.bphs_base.tools.reminder_ladder import LADDER, VERIFY_LADDER

DEADLINE_KINDS = [(rung.code, rung.label) for rung in LADDER]
VERIFY_KINDS = [(rung.code, rung.label) for rung in VERIFY_LADDER]
KINDS = [*DEADLINE_KINDS, *VERIFY_KINDS, ("manual", "By Hand")]
OUTCOMES = [("told", "Told"), ("covered", "Covered by a Later One")]


class BphsRectificationReminder(models.Model):
    """Who was reminded of a task, when, and of which deadline: what keeps a reminder from being sent twice.

    One row a person told. A rung of the ladder that a later one spoke for has one row without a person. An extended
    deadline is another deadline, with a ladder of its own.
    """

    _name = "bphs.rectification.reminder"
    _description = "Rectification Reminder"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _rec_name = "kind"

    rectification_id = fields.Many2one(
        "bphs.rectification", string="Task", required=True, readonly=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    due_date = fields.Date(string="Deadline", required=True, readonly=True, help="The deadline that was spoken of.")
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    recipient_id = fields.Many2one("res.users", string="Told To", readonly=True, index=True, ondelete="restrict")
    date = fields.Date(required=True, readonly=True, help="The county's date on which it was told.")
    note = fields.Char(string="Words Added", readonly=True)

    # The database's own word that nobody is told the same twice, whatever runs beside what.
    _told_once = models.UniqueIndex(
        "(rectification_id, kind, due_date, recipient_id) NULLS NOT DISTINCT WHERE kind != 'manual'",
        "This reminder has been sent already.",
    )
    _told_once_a_day = models.UniqueIndex(
        "(rectification_id, recipient_id, date) WHERE kind = 'manual'",
        "This person has been reminded of the task today already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # Rows are evidence that a person was told: only the system writes them.
        if not self.env.su:
            raise AccessError(self.env._("Reminders are recorded by the system alone."))
        return super().create(vals_list)
