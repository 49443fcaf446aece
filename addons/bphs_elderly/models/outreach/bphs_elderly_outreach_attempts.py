from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

# The plans whose attempts may have been made for the exam, the likeliest first.
CLOCKS = ("elder_exam", "elder_exam_oct", "elder_invite")


class BphsElderlyOutreach(models.Model):
    """Attempts to reach somebody are those of the services, whatever they were made for: each was a word with them."""

    _inherit = "bphs.elderly.outreach"

    attempts = fields.Integer(string="Attempts Made", compute="_compute_attempts", help="Of the year, in vain.")
    attempt_words = fields.Char(string="Last Attempt", compute="_compute_attempts")

    @api.depends("resident_id", "year")
    @api.depends_context("lang", "uid")
    def _compute_attempts(self):
        attempts = self.env["bphs.followup.attempt"]
        kinds = dict(attempts._fields["kind"]._description_selection(self.env))
        years = [row.year for row in self if row.year]
        made = attempts
        if years:
            made = attempts.search(
                [
                    ("resident_id", "in", self.resident_id.ids),
                    ("made_on", ">=", date(min(years), 1, 1)),
                    ("made_on", "<=", date(max(years), 12, 31)),
                ],
                order="made_on desc, id desc",
            )
        found = made.grouped(lambda attempt: (attempt.resident_id, attempt.made_on.year))
        for row in self:
            own = found.get((row.resident_id, row.year), attempts)
            row.attempts = len(own)
            row.attempt_words = f"{own[0].made_on} {kinds[own[0].kind]}" if own else False

    def action_attempt(self):
        """:return dict: the dialog that asks what came of an attempt

        :raise UserError: the elder stands under no plan of exams
        """
        self.ensure_one()
        self.check_access("read")
        attempts = self.env["bphs.followup.attempt"]
        attempts.check_access("create")
        plans = self.env["bphs.plan"].search([("resident_id", "=", self.resident_id.id), ("code", "in", CLOCKS)])
        running = plans.filtered(lambda plan: not plan.date_to or plan.date_to >= self._county_today())
        if not running:
            raise UserError(self.env._("%(name)s stands under no plan of exams.", name=self.resident_id.display_name))
        return attempts._dialog_of(min(running, key=lambda plan: CLOCKS.index(plan.code)))
