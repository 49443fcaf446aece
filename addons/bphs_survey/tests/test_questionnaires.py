from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import SurveyCase


@tagged("post_install", "-at_install")
class TestQuestionnaires(SurveyCase):
    """Questionnaires are Odoo's, fixed from the first survey issued with them, and name nobody."""

    def setUp(self):
        super().setUp()
        self.questionnaire = self.as_user("primary_care_officer", self.survey.questionnaire_id)

    def _question(self, name):
        return self.as_user("primary_care_officer", self.env.ref(f"bphs_survey.question_{name}"))

    def test_it_is_edited_until_a_survey_was_issued_with_it(self):
        self._question("manner").title = "村医态度怎么样？"
        copied = self.questionnaire.copy()
        self.survey.action_issue()
        for change in (
            lambda: self.questionnaire.write({"title": "另一个"}),
            lambda: self._question("manner").write({"title": "另一个"}),
            lambda: self._question("manner").unlink(),
            lambda: self._question("manner").suggested_answer_ids[0].write({"is_correct": True}),
            lambda: self._question("manner").suggested_answer_ids[0].unlink(),
            lambda: self.questionnaire.write(
                {"question_and_page_ids": [Command.create({"title": "又一题", "question_type": "simple_choice"})]}
            ),
            lambda: self.env["survey.question.answer"].create(
                {"question_id": self._question("manner").id, "value": "不知道"}
            ),
            lambda: self.questionnaire.unlink(),
        ):
            with self.refused("has been answered and does not change"):
                change()
        # The next version is a copy.
        copied.title = "第二版"
        against = {frozenset(pair) for pair in copied._rules(3, 0).against}
        self.assertEqual(len(against), 4)
        self.assertTrue(set().union(*against) <= set(copied.question_ids.suggested_answer_ids.ids))
        self.assertEqual(len(copied.question_ids), 10)

    def test_what_it_needs_before_anybody_is_asked(self):
        question = self._question("satisfied")
        question.bphs_measure = False
        with self.refused("one question on satisfaction"):
            self.survey.action_issue()
        question.bphs_measure = "satisfied"
        question.suggested_answer_ids.is_correct = True
        with self.refused("say which choices count"):
            self.survey.action_issue()
        question.suggested_answer_ids[2:].is_correct = False
        self._question("manner").suggested_answer_ids[1:].unlink()
        with self.refused("one of two or more choices"):
            self.survey.action_issue()

    def test_contradictions_are_between_questions_of_one_questionnaire(self):
        yes, no = self._question("served").suggested_answer_ids
        with self.refused("choices of other questions"):
            yes.bphs_against_ids = no

    def test_what_one_person_chose_bears_no_name(self):
        values = {"survey_id": self.questionnaire.id, "email": "zhang@example.com"}
        with mute_logger("odoo.sql_db"), self.refused("survey_user_input_bphs_nobody", kind=CheckViolation):
            self.env["survey.user_input"].create(values).flush_recordset()

    def test_odoos_other_ways_are_closed(self):
        for method in (
            "action_send_survey",
            "action_start_survey",
            "action_test_survey",
            "action_print_survey",
            "action_result_survey",
            "action_start_session",
            "action_open_session_manager",
            "action_end_session",
        ):
            with self.denied("through an issued survey alone"):
                getattr(self.questionnaire, method)()
        for key in self.user:
            with self.no_right("read", "survey.user_input"):
                self.as_user(key, "survey.user_input").search([])

    def test_the_schema_names_nobody(self):
        """The tables of surveys point at institutions, rounds and each other; not at a person, and at no user."""
        tables = ("bphs_survey_unit", "bphs_survey_invitation", "bphs_survey_answer")
        columns = dict(
            self.env.execute_query(
                SQL(
                    "SELECT table_name || '.' || column_name, data_type FROM information_schema.columns"
                    " WHERE table_schema = current_schema AND table_name IN %s",
                    tables,
                )
            )
        )
        for table in tables[1:]:
            self.assertFalse({f"{table}.{name}" for name in ("create_uid", "write_uid", "create_date")} & set(columns))
        self.assertNotIn("timestamp without time zone", {columns[name] for name in columns if "answer." in name})
        links = {
            to
            for table in tables
            for (to,) in self.env.execute_query(
                SQL(
                    "SELECT confrelid::regclass::text FROM pg_constraint"
                    " WHERE contype = 'f' AND conrelid = %s::regclass",
                    table,
                )
            )
        }
        self.assertEqual(
            links - {"res_users"},
            {"bphs_survey", "bphs_survey_unit", "bphs_institution", "bphs_period", "survey_user_input"},
        )
