import secrets

from odoo import fields, models

from .bphs_survey_unit import TOKEN_BYTES


class BphsSurveyInvitation(models.Model):
    """Somebody who is asked: an opaque reference, the code they answer by, and whether they have answered.

    What they said is kept apart, with nothing that leads from one to the other; and neither keeps who touched it when.
    """

    _name = "bphs.survey.invitation"
    _description = "Code of a Survey"
    _inherit = ["bphs.scope.mixin"]
    _order = "survey_id desc, survey_unit_id, reference"
    _rec_name = "reference"
    _log_access = False

    survey_id = fields.Many2one("bphs.survey", required=True, readonly=True, index=True, ondelete="restrict")
    survey_unit_id = fields.Many2one(
        "bphs.survey.unit", string="Unit", required=True, readonly=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(
        related="survey_id.institution_id", store=True, precompute=True, string="Organised By"
    )
    reference = fields.Char(required=True, readonly=True)
    stands_in_for = fields.Char(string="Reserve For", readonly=True)
    token = fields.Char(compute="_compute_token", store=True, precompute=True, groups=fields.NO_ACCESS, copy=False)
    is_answered = fields.Boolean(string="Answered", readonly=True)

    _reference_uniq = models.Constraint("UNIQUE(survey_id, reference)", "Each person is asked once.")
    _token_uniq = models.UniqueIndex("(token)", "Each code is one person's.")

    def _compute_token(self):
        # Drawn by the server with the row: no form is told of it, and no default makes it.
        for row in self:
            row.token = secrets.token_urlsafe(TOKEN_BYTES)
