from odoo import models
from odoo.exceptions import AccessError


class SurveyInvite(models.TransientModel):
    """Nobody is invited by mail: whoever is asked has a code of their own."""

    _inherit = "survey.invite"

    def action_invite(self):
        raise AccessError(self.env._("Residents are invited by the codes of a survey, not by mail."))
