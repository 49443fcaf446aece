from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SurveyQuestionAnswer(models.Model):
    """A choice of a question: whether it counts, and which choices of other questions nobody means along with it."""

    _inherit = "survey.question.answer"

    is_correct = fields.Boolean(string="Counts", help="Is a resident, knows of it, is satisfied.")
    bphs_against_ids = fields.Many2many(
        "survey.question.answer",
        "bphs_survey_contradiction_rel",
        "answer_id",
        "other_id",
        string="Contradicts",
        copy=False,  # those of a copy are its own (survey_survey.py)
        help="Whoever chooses both has not read the questions: the answer does not count.",
    )

    @api.constrains("bphs_against_ids", "question_id")
    def _check_against(self):
        for choice in self:
            for other in choice.bphs_against_ids:
                if (
                    other.question_id == choice.question_id
                    or other.question_id.survey_id != choice.question_id.survey_id
                ):
                    raise ValidationError(
                        self.env._(
                            '"%(choice)s" contradicts choices of other questions of its own questionnaire.',
                            choice=choice.value,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        choices = super().create(vals_list)
        choices.question_id.survey_id._check_unused()
        return choices

    def write(self, vals):
        self.question_id.survey_id._check_unused()
        result = super().write(vals)
        if "question_id" in vals:
            self.question_id.survey_id._check_unused()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self.question_id.survey_id._check_unused()
