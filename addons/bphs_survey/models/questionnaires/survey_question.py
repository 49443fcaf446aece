from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.validity import AWARE, SATISFIED, SCREEN

MEASURES = [(SCREEN, "Whether a Resident"), (AWARE, "Awareness"), (SATISFIED, "Satisfaction as a Whole")]


class SurveyQuestion(models.Model):
    """A question for residents, and what it measures."""

    _inherit = "survey.question"

    bphs_measure = fields.Selection(
        MEASURES, string="Measures", help="Empty: it is told by itself, and checks other answers where choices say so."
    )

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions.survey_id._check_unused()
        return questions

    def write(self, vals):
        self.survey_id._check_unused()
        result = super().write(vals)
        if "survey_id" in vals:
            self.survey_id._check_unused()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self.survey_id._check_unused()

    def _check_askable(self):
        """:raise UserError: it cannot be answered by one tap, or nobody said which choices count"""
        self.ensure_one()
        choices = self.suggested_answer_ids
        if self.question_type != "simple_choice" or len(choices) < 2 or self.triggering_answer_ids:
            raise UserError(
                self.env._('"%(question)s": residents tap one of two or more choices.', question=self.title)
            )
        if self.bphs_measure and (all(choices.mapped("is_correct")) or not any(choices.mapped("is_correct"))):
            raise UserError(self.env._('"%(question)s": say which choices count.', question=self.title))
