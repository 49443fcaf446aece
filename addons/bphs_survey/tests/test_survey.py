import io

from psycopg2 import errors
from pypdf import PdfReader

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import SurveyCase


@tagged("post_install", "-at_install")
class TestSurvey(SurveyCase):
    """A survey is planned, issued with a code a person, and closed."""

    def test_issued_it_has_a_code_for_everybody_who_was_drawn(self):
        survey = self._issued()
        self.assertEqual(survey.unit_ids.unit_id, self.township_a | self.township_b)
        self.assertEqual((survey.state, survey.sent), ("running", 12))
        own = survey.sudo().invitation_ids
        self.assertEqual(sorted(own.mapped("reference")), sorted(self.sample.record_ids.mapped("reference")))
        self.assertEqual(len(set(own.mapped("token"))), 24)
        with self.refused("居民问卷", "is fixed"):
            survey.least_seconds = 5
        with self.refused("居民问卷"):
            survey.action_issue()

    def test_what_is_missing_is_said(self):
        for vals, words in (
            ({"sample_id": False}, "say which sample is asked"),
            ({"aware_least": 6}, "only 5 questions on awareness"),
            ({"date_end": "2020-01-01"}, "its last day is over"),
        ):
            with self.refused(words):
                self._survey(**vals).action_issue()
        other = self._plan("primary_care_officer", self.bureau, self.q2, self.township_a)
        with self.refused("belongs to another round"):
            self._survey(evaluation_id=other.id)
        with self.refused("has not begun"):
            self._survey(evaluation_id=other.id, sample_id=False, is_open=True).action_issue()

    def test_who_issues_and_who_closes(self):
        with self.no_right("write", "bphs.survey"):
            self.as_user("evaluator", self.survey).action_issue()
        own = self._own_survey()
        self.as_user("township_public_health_a", own).action_issue()
        self.assertEqual(own.unit_ids.unit_id, self.clinic_a1)
        self.as_user("township_director_a", own).action_close()
        self.assertEqual((own.state, own.closed_by_id), ("closed", self.user["township_director_a"]))

    def _own_survey(self):
        own = self._plan("township_public_health_a", self.township_a, self.q1, self.clinic_a1)
        own.action_start()
        return self._survey("township_public_health_a", evaluation_id=own.id, sample_id=False, is_open=True)

    def test_a_unit_sees_neither_codes_nor_answers(self):
        survey = self._issued()
        self._answer(self._codes(survey)[0].token)
        for key in ("township_director_a", "township_public_health_a"):
            for model in ("bphs.survey", "bphs.survey.unit", "bphs.survey.invitation", "bphs.survey.answer"):
                self.assertFalse(self.as_user(key, model).search([]), model)

    def test_no_interface_gives_a_code(self):
        survey = self._issued()
        for key in ("primary_care_officer", "evaluator", "administrator", "auditor"):
            for records, field in (
                (survey.invitation_ids, "token"),
                (survey.unit_ids, "open_token"),
                (survey.unit_ids, "tablet_token"),
            ):
                with self.denied(("not allowed to access", "没有访问", "不允许访问", "do not have enough rights")):
                    self.as_user(key, records).read([field])
                with self.denied(("not allowed to access", "没有访问", "不允许访问", "do not have enough rights")):
                    self.as_user(key, records).search([(field, "like", "a")])

    def test_the_sheet_of_codes_is_for_evaluators(self):
        survey = self._issued()
        row = survey.unit_ids.filtered(lambda one: one.unit_id == self.township_a)
        self._answer(self._codes(survey, self.township_a)[0].token)
        __, content = self.as_user("evaluator", row)._print_file("E6Q", "pdf")
        with mute_logger("pypdf._cmap"):
            text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")
        codes = self._codes(survey, self.township_a)
        # Whoever has answered needs none.
        self.assertNotIn(codes[0].reference, text)
        for code in codes[1:]:
            self.assertIn(code.reference, text)
        self.assertIn("（备选）", text)
        self.assertNotIn("T20-", text)
        for key in ("auditor", "leader"):
            with self.denied("asked by evaluators"):
                self.as_user(key, row)._print_file("E6Q", "pdf")

    def test_an_answer_is_never_changed_or_deleted(self):
        survey = self._issued()
        self._answer(self._codes(survey)[0].token)
        answer = self._answers(survey)
        with self.refused("never changed or deleted"):
            answer.reason = "refused"
        with self.refused("never changed or deleted"):
            answer.unlink()
        for statement in ("UPDATE bphs_survey_answer SET is_satisfied = FALSE", "DELETE FROM bphs_survey_answer"):
            with (
                mute_logger("odoo.sql_db"),
                self.refused("never changed or removed", kind=errors.IntegrityConstraintViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(SQL(statement))

    def test_only_a_draft_is_deleted(self):
        survey = self._issued()
        with self.refused("居民问卷"):
            survey.unlink()
        self._survey().unlink()
