from odoo import api, fields, models

from ...tools.validity import CONTRADICTING, DUPLICATE, NOT_DRAWN, NOT_RESIDENT, REFUSED, TOO_QUICK

CHANNELS = [("code", "By a Code of Their Own"), ("open", "By the Open Code"), ("tablet", "On the Tablet")]
REASONS = [
    (TOO_QUICK, "Too Quick"),
    (CONTRADICTING, "Contradicting"),
    (NOT_RESIDENT, "Not a Resident"),
    (REFUSED, "Refused"),
    (DUPLICATE, "Duplicate"),
    (NOT_DRAWN, "Not in the Sample"),
]


class BphsSurveyAnswer(models.Model):
    """One answer, and whether it counts; invalid ones are kept with the reason and never deleted.

    That each person is counted once is held by the database: of a person's key, which leads back to nobody, one
    answer alone is no duplicate.
    """

    _name = "bphs.survey.answer"
    _description = "Answer to a Survey"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _order = "survey_id desc, survey_unit_id, id desc"
    _log_access = False

    survey_id = fields.Many2one("bphs.survey", required=True, readonly=True, index=True, ondelete="restrict")
    survey_unit_id = fields.Many2one(
        "bphs.survey.unit", string="Unit", required=True, readonly=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(
        related="survey_id.institution_id", store=True, precompute=True, string="Organised By"
    )
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    seconds = fields.Integer(readonly=True, aggregator="avg")
    reason = fields.Selection(REASONS, string="Does Not Count Because", readonly=True, index="btree_not_null")
    is_valid = fields.Boolean(string="Valid", compute="_compute_is_valid", store=True, precompute=True)
    # Who has answered is told while people are asked: whoever looked before and after would know what that one said.
    is_aware = fields.Boolean(string="Aware", readonly=True, groups=fields.NO_ACCESS)
    is_satisfied = fields.Boolean(string="Satisfied", readonly=True, groups=fields.NO_ACCESS)
    person_key = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    # What one filling in of the form is known by, however often it is sent.
    client_key = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    input_id = fields.Many2one(
        "survey.user_input", readonly=True, groups=fields.NO_ACCESS, index="btree_not_null", ondelete="restrict"
    )

    _person_uniq = models.UniqueIndex(
        "(survey_id, person_key) WHERE reason IS NULL OR reason <> 'duplicate'",
        "An answer of this person is there already.",
    )
    _client_uniq = models.Constraint("UNIQUE(survey_id, client_key)", "This answer has come in already.")
    _counted_valid = models.Constraint(
        "CHECK(reason IS NULL OR NOT (is_aware OR is_satisfied))", "What does not count says nothing."
    )

    @api.depends("reason")
    def _compute_is_valid(self):
        for answer in self:
            answer.is_valid = not answer.reason

    @api.depends("survey_unit_id")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = answer.survey_unit_id.display_name
