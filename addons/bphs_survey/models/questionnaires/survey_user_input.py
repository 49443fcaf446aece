from odoo import models
from odoo.exceptions import AccessError


class SurveyUserInput(models.Model):
    """The choices of one person, and never who that was: the database itself keeps no name, address or user."""

    _inherit = "survey.user_input"

    _bphs_nobody = models.Constraint(
        "CHECK(partner_id IS NULL AND email IS NULL AND nickname IS NULL)",
        "Answers of residents name nobody.",
    )

    def action_resend(self):
        raise AccessError(self.env._("Residents are invited by the codes of a survey, not by mail."))

    def action_print_answers(self):
        raise AccessError(self.env._("What one person answered is shown to nobody."))

    def action_redirect_to_attempts(self):
        raise AccessError(self.env._("What one person answered is shown to nobody."))
