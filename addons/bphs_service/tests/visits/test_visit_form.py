from odoo import Command
from odoo.tests import Form, tagged

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestVisitForm(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.doctor = cls.as_user("village_doctor_a1", cls.Visit)

    def test_every_form_is_filled_once(self):
        self.name_person("village_doctor_a1")
        templates = self.Template.search([("state", "=", "published")])
        self.assertEqual(len(templates), 29)
        for template in templates:
            visit = self.visit("village_doctor_a1", self.zhang, template.code, complete=False)
            self.assertFalse(visit.is_complete, template.code)
            visit.write(self.filled(template))
            visit.action_complete()
            self.assertTrue(visit.is_complete, f"{template.code}: {visit.missing}")
            self.assertFalse(visit.odd_words, template.code)
            shown = {prop["name"] for prop in visit.read(["answers"])[0]["answers"]}
            asked = set(template.question_ids.mapped("code"))
            self.assertEqual(shown | set(visit.asked_columns), asked, template.code)

    def filled(self, template):
        """An answer to every question, from what the question itself says."""
        columns, answers = {}, {}
        for question in template.question_ids:
            chosen = question._choices()
            answer = {
                "selection": lambda chosen=chosen: chosen[0][0],
                "tags": lambda chosen=chosen: [chosen[0][0]],
                "integer": lambda question=question: int((question.low + question.high) / 2),
                "float": lambda question=question: (question.low + question.high) / 2,
                "date": lambda: "2026-01-15",
                "boolean": lambda: True,
            }.get(question.kind, lambda: "无")()
            (columns if question._is_column() else answers)[question.code] = answer
        return {**columns, "answers": answers}

    def test_what_is_missing_is_told_by_its_words(self):
        visit = self.visit("village_doctor_a1", self.zhang, systolic=150, diastolic=95)
        self.assertIn("心率", visit.missing_words)
        self.assertNotIn("收缩压", visit.missing_words)
        self.assertNotIn("不规律原因", visit.missing_words)
        visit.action_reopen("补录")
        visit.adherence = "irregular"
        self.assertIn("不规律原因", visit.missing_words)
        visit.answers = {"adherence_reason": "forgot"}
        self.assertNotIn("不规律原因", visit.missing_words)

    def test_a_number_beyond_what_is_plausible_is_asked_back_and_kept(self):
        visit = self.visit("village_doctor_a1", self.zhang, systolic=290)
        self.assertEqual((visit.odd_words, visit.systolic), ("收缩压", 290))

    def test_body_mass(self):
        self.assertEqual(self.visit("village_doctor_a1", self.zhang, weight=70, height=170).bmi, 24.2)
        self.assertEqual(self.visit("village_doctor_a1", self.zhang, weight=70).bmi, 0)

    def test_the_form_shows_what_its_template_asks(self):
        form = Form(self.doctor.with_context(default_resident_id=self.zhang.id))
        form.template_id = self.form("self_care")
        self.assertEqual(form.asked_columns, [])
        form.template_id = self.form("hypertension")
        self.assertIn("systolic", form.asked_columns)
        form.systolic = 132
        visit = form.save()
        self.assertEqual((visit.systolic, visit.state), (132, "draft"))

    def test_the_last_values_stand_beside_and_are_carried(self):
        medicine = {"name": "氨氯地平", "times_a_day": 1, "dose": 5}
        self.visit(
            "village_doctor_a1",
            self.zhang,
            done_on="2026-01-05",
            **{"systolic": 138, "diastolic": 86, "heart_rate": 72, "height": 170, "result": "satisfied"},
            medicine_ids=[Command.create(medicine)],
        )
        form = Form(
            self.doctor.with_context(
                default_resident_id=self.zhang.id, default_template_id=self.form("hypertension").id
            )
        )
        for words in ("2026-01-05", "138/86 mmHg", "Heart Rate 72", "Class of the Visit Controlled"):
            self.assertIn(words, form.last_words)
        self.assertEqual((form.height, form.systolic), (170, 0))
        visit = form.save()
        self.assertEqual((visit.medicine_ids.name, visit.medicine_ids.dose), ("氨氯地平", 5))
        self.assertTrue(self.log(self.zhang, kind="open", user_id=self.user["village_doctor_a1"].id))
        other = self.visit("village_doctor_a1", self.zhang, complete=False)
        self.assertIn("138/86", other.last_words)
        other.action_complete()
        self.assertFalse(other.last_words)

    def test_scores_follow_the_answers(self):
        visit = self.visit(
            "village_doctor_a1",
            self.zhang,
            "self_care",
            complete=False,
            answers={"item_1": "3", "item_2": "1", "item_3": "0", "item_4": "5"},
        )
        self.assertFalse(visit.is_scored)
        visit.answers = {"item_1": "3", "item_2": "1", "item_3": "0", "item_4": "5", "item_5": "0"}
        self.assertEqual((visit.is_scored, visit.score, visit.score_level), (True, 9, "moderate"))

    def test_the_other_scales(self):
        yes = {f"item_{number}": "yes" for number in range(1, 16)}
        self.assertEqual(self.visit("village_doctor_a1", self.zhang, "gds15", answers=yes).score, 10)
        eight = {f"item_{number}": "yes" if number < 3 else "no" for number in range(1, 9)}
        self.assertEqual(self.visit("village_doctor_a1", self.zhang, "ad8", answers=eight).score_level, "impaired")
        items = {f"item_{number}": "5" if number in (2, 3, 4, 14) else "1" for number in range(1, 34)}
        visit = self.visit("village_doctor_a1", self.zhang, "tcm33", answers=items)
        self.assertEqual(visit.constitution, "气虚质（是）")

    def test_a_medicine_reads_as_people_say_it(self):
        visit = self.visit("village_doctor_a1", self.zhang, complete=False)
        for told, words in (
            ({"times_a_day": 1, "dose": 5}, "1 a day, 5mg each"),
            ({"times_a_day": 1.5, "dose": 0.125, "dose_unit": "片"}, "1.5 a day, 0.125片 each"),
            ({"times_a_day": 10, "dose": 1000, "dose_unit": False}, "10 a day, 1000 each"),
            ({"times_a_day": 2}, "2 a day"),
            ({"dose": 20}, "20mg each time"),
            ({}, ""),
        ):
            medicine = self.env["bphs.visit.medicine"].create({"visit_id": visit.id, "name": "氨氯地平", **told})
            self.assertEqual(medicine.usage, words)
        chinese = medicine.with_context(lang="zh_CN")
        chinese.write({"times_a_day": 1, "dose": 5})
        self.assertEqual(chinese.usage, "每日1次，每次5mg")

    def test_a_used_form_is_a_new_version_when_it_changes(self):
        template = self.as_user("primary_care_officer", self.form("file_update"))
        old = self.visit("village_doctor_a1", self.zhang, "file_update", answers={"changed": "电话"})
        with self.refused("Begin a new version"):
            template.question_ids.name = "改了"
        with self.refused("is set by the steps"):
            template.definition = []
        draft = self.as_user("primary_care_officer", self.Template.browse(template.action_new_version()["res_id"]))
        draft.question_ids = [Command.create({"code": "why", "name": "原因", "kind": "char", "required": True})]
        with self.refused("is not published yet"):
            self.visit("village_doctor_a1", self.zhang, template_id=draft.id)
        draft.action_publish()
        self.assertEqual(self.form("file_update"), draft)
        self.assertEqual(old._properties(), {"changed": "电话"})
        self.assertEqual(self.visit("village_doctor_a1", self.zhang, "file_update").missing, "changed,why")

    def test_no_client_changes_a_form_through_its_records(self):
        visit = self.visit("village_doctor_a1", self.zhang, "file_update", complete=False)
        changed = [{"name": "changed", "string": "改了", "type": "char", "definition_changed": True, "value": "x"}]
        with self.no_right("write", "bphs.form.template"):
            visit.answers = changed
        self.assertNotIn("改了", str(self.form("file_update").definition))

    def test_questions_that_cannot_be_asked(self):
        officer = self.as_user("primary_care_officer", self.Template)
        for question, words in (
            ({"code": "Wrong Code"}, "make a code"),
            ({"code": "x", "kind": "selection"}, "nothing to choose from"),
            ({"code": "x", "when_code": "y"}, "which the form does not ask"),
        ):
            template = officer.create(
                {"name": "试", "code": "trial", "question_ids": [Command.create({"name": "问", **question})]}
            )
            with self.refused(words):
                template.action_publish()
