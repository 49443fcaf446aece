import hashlib
import re

from psycopg2 import errors

from odoo import api, models
from odoo.tools import mute_logger

from ...tools.validity import DUPLICATE, NOT_DRAWN, REFUSED, Said, judge

_KEY = re.compile(r"[0-9A-Za-z-]{16,64}")
_PERSON = "bphs_survey_answer_person_uniq"
_CLIENT = "bphs_survey_answer_client_uniq"
KEPT, INCOMPLETE, OVER, BROKEN = "kept", "incomplete", "over", "broken"


class BphsSurveyTaking(models.AbstractModel):
    """An answer comes in: read, judged by the rules, and written once however often it is sent."""

    _inherit = "bphs.survey.door"

    @api.model
    def _take(self, door, said):
        """Take one answer.

        :param dict door: what the code opens
        :param dict said: of the page: key, person, sight, spent, reference, refused, chosen
        :return dict: state: kept, incomplete (with the question), over, or broken
        """
        survey = door["row"].survey_id
        key, person = said.get("key"), said.get("person")
        chosen = self._chosen(survey, said.get("chosen"))
        well = isinstance(key, str) and _KEY.fullmatch(key) and (person is None or isinstance(person, str))
        if chosen is None or not well:
            return {"state": BROKEN}
        answers = self.env["bphs.survey.answer"].sudo()  # sudo: nobody is signed in, nobody may write answers
        if answers.search_count([("survey_id", "=", survey.id), ("client_key", "=", key)], limit=1):
            return {"state": KEPT}
        if not survey._takes_answers():
            return {"state": OVER}
        refused = said.get("refused") is True
        missing = survey.questionnaire_id._asked().filtered(lambda question: question.id not in chosen)
        if missing and not refused:
            return {"state": INCOMPLETE, "question": missing[0].id}
        invitation = self._invitation(door, said.get("reference"))
        values = {
            "survey_id": survey.id,
            "survey_unit_id": door["row"].id,
            "channel": door["kind"],
            "day": self._county_today(),
            "seconds": self._spent(door, said),
            "client_key": key,
            "person_key": self._person_key(door, invitation, person, key),
        }
        return self._write_down(
            values, invitation, {} if refused else chosen, refused, self._is_drawn(door, invitation)
        )

    @api.model
    def _write_down(self, values, invitation, chosen, refused=False, drawn=True):
        """Write one answer down. Of two that come at the same instant the database says which is the second."""
        for again in (self._is_again(values), True):
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self._create_answer(values, chosen, refused, drawn, again)
                    break
            except errors.UniqueViolation as collision:
                if collision.diag.constraint_name == _CLIENT:
                    return {"state": KEPT}
                if collision.diag.constraint_name != _PERSON:
                    raise
        if invitation and not invitation.is_answered:
            invitation.is_answered = True
        return {"state": KEPT}

    @api.model
    def _create_answer(self, values, chosen, refused, drawn, again):
        # sudo: nobody is signed in, nobody may write answers
        survey = self.env["bphs.survey"].sudo().browse(values["survey_id"])
        verdict = judge(
            Said(chosen, values["seconds"], refused=refused, drawn=drawn, again=again),
            survey.questionnaire_id._rules(survey.aware_least, survey.least_seconds),
        )
        keeps_choices = chosen and verdict.reason not in (REFUSED, DUPLICATE, NOT_DRAWN)
        kept = survey._keep_choices([chosen]) if keeps_choices else self.env["survey.user_input"]
        answers = self.env["bphs.survey.answer"].sudo()  # sudo: as above
        answer = answers.create(
            {
                **values,
                "reason": verdict.reason or False,
                "is_aware": verdict.aware,
                "is_satisfied": verdict.satisfied,
                "input_id": kept.id,
            }
        )
        answer.flush_recordset()  # so that the database refuses now what is there already

    # === HELPERS === #

    def _is_again(self, values):
        answers = self.env["bphs.survey.answer"].sudo()  # sudo: whether a person's answer is there, whoever asks
        same = [("survey_id", "=", values["survey_id"]), ("person_key", "=", values["person_key"])]
        return bool(answers.search_count([*same, "|", ("reason", "=", False), ("reason", "!=", DUPLICATE)], limit=1))

    def _chosen(self, survey, said):
        """:return dict: question id -> choice id, all of this questionnaire; None where it is anything else"""
        if said is None:
            return {}
        if not isinstance(said, dict):
            return None
        known = {
            str(question.id): (question.id, {str(choice.id): choice.id for choice in question.suggested_answer_ids})
            for question in survey.questionnaire_id._asked()
        }
        chosen = {}
        for question, choice in said.items():
            number, choices = known.get(str(question), (None, {}))
            if str(choice) not in choices:
                return None
            chosen[number] = choices[str(choice)]
        return chosen

    def _invitation(self, door, reference):
        """:return: who is answering, where that is one who was drawn"""
        # sudo: whether the number that was typed is one of this unit's
        invitations = self.env["bphs.survey.invitation"].sudo()
        if door["kind"] != "tablet" or not isinstance(reference, str):
            return door["invitation"] or invitations
        return invitations.search([("survey_unit_id", "=", door["row"].id), ("reference", "=", reference.strip())])

    def _is_drawn(self, door, invitation):
        return bool(invitation) or door["kind"] == "open" or not door["row"].survey_id.sample_id

    def _person_key(self, door, invitation, person, key):
        """What one person is known by within this survey: it leads from nobody to anybody."""
        if invitation:
            whose = invitation.token
        elif door["kind"] == "open" and person:
            whose = f"device {person[:64]}"
        else:
            whose = f"once {key}"
        return hashlib.sha256(f"{door['row'].survey_id.id} {whose}".encode()).hexdigest()

    def _spent(self, door, said):
        """Seconds over the questions: as the page says, never more than since the server first showed them.

        The tablet shows the page once and asks many; what it says is taken, for an evaluator stands beside it.
        """
        spent = said.get("spent")
        spent = spent if isinstance(spent, int) and not isinstance(spent, bool) and spent >= 0 else 0
        return min(spent, self._seconds(door, said.get("sight")), 24 * 3600)


class BphsSurvey(models.Model):
    _inherit = "bphs.survey"

    def _keep_choices(self, people):
        """Keep what people chose as Odoo's surveys keep it, in one go.

        :param list people: of each, question id -> choice id
        :return: the answers of Odoo's, in the order of the people
        """
        self.ensure_one()
        # sudo: nobody may read or write what one person answered
        inputs = self.env["survey.user_input"].sudo().with_context(tracking_disable=True, mail_create_nolog=True)
        kept = inputs.create(
            [
                {"survey_id": self.questionnaire_id.id, "state": "done", "predefined_question_ids": False}
                for __ in people
            ]
        )
        self.env["survey.user_input.line"].sudo().create(  # sudo: as above
            [
                one._get_line_answer_values(self.env["survey.question"].browse(question), choice, "suggestion")
                for one, chosen in zip(kept, people, strict=True)
                for question, choice in chosen.items()
            ]
        )
        return kept
