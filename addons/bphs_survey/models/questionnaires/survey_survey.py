from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError

from ...tools.validity import AWARE, SATISFIED, SCREEN, Rules


class SurveySurvey(models.Model):
    """A questionnaire for residents (问卷): Odoo's own, with what its questions measure.

    It is edited until a survey is issued with it; from then on it does not change, and the next version is a copy.
    """

    _inherit = "survey.survey"

    def write(self, vals):
        # What Odoo itself keeps with it, while people answer, says nothing to them.
        if set(vals) - {"active", "message_follower_ids", "activity_ids", "message_ids"}:
            self._check_unused()
        return super().write(vals)

    def copy(self, default=None):
        copies = super().copy(default)
        for questionnaire, copied in zip(self, copies, strict=True):
            # Made in the same order.
            choices = questionnaire._asked().suggested_answer_ids
            made = dict(zip(choices.ids, copied._asked().suggested_answer_ids, strict=True))
            for choice in choices.filtered("bphs_against_ids"):
                others = [made[other].id for other in choice.bphs_against_ids.ids]
                made[choice.id].bphs_against_ids = [Command.set(others)]
        return copies

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self._check_unused()

    # === WHAT ODOO'S SURVEYS DO BESIDES === #

    def _refuse_other_ways(self):
        raise AccessError(self.env._("A questionnaire is answered through an issued survey alone."))

    def action_send_survey(self):
        self._refuse_other_ways()

    def action_start_survey(self, answer=None):
        self._refuse_other_ways()

    def action_test_survey(self):
        self._refuse_other_ways()

    def action_print_survey(self, answer=None):
        self._refuse_other_ways()

    def action_result_survey(self):
        self._refuse_other_ways()

    def action_start_session(self):
        self._refuse_other_ways()

    def action_open_session_manager(self):
        self._refuse_other_ways()

    def action_end_session(self):
        self._refuse_other_ways()

    # === FOR SURVEYS === #

    def _check_unused(self):
        """:raise UserError: a survey was issued with one of these"""
        if not self.ids:
            return
        # sudo: whether anybody has been asked by it
        used = self.env["bphs.survey"].sudo().search([("questionnaire_id", "in", self.ids), ("state", "!=", "draft")])
        for questionnaire in used.questionnaire_id:
            raise UserError(
                self.env._(
                    '"%(name)s" has been answered and does not change; copy it to write the next version.',
                    name=questionnaire.title,
                )
            )

    def _asked(self):
        """:return: the questions in their order"""
        return self.question_ids.sorted(lambda question: (question.sequence, question.id))

    def _check_complete(self):
        """:raise UserError: what is missing before residents can be asked by it"""
        for questionnaire in self:
            questions = questionnaire._asked()
            for question in questions:
                question._check_askable()
            measured = questions.mapped("bphs_measure")
            if measured.count(SATISFIED) != 1 or AWARE not in measured:
                raise UserError(
                    self.env._(
                        '"%(name)s" needs one question on satisfaction as a whole, and one or more on awareness.',
                        name=questionnaire.title,
                    )
                )

    def _rules(self, aware_least, least_seconds):
        """:return Rules: what an answer to this questionnaire is judged by"""
        self.ensure_one()
        choices = self._asked().suggested_answer_ids
        return Rules(
            {
                question.id: question.bphs_measure
                for question in self._asked()
                if question.bphs_measure in (SCREEN, AWARE, SATISFIED)
            },
            set(choices.filtered("is_correct").ids),
            [frozenset((choice.id, other.id)) for choice in choices for other in choice.bphs_against_ids],
            aware_least,
            least_seconds,
        )
