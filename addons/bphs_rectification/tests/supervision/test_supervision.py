from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.bphs_base.tests.stored_defaults import store_default

from ..common import RectificationCase
from ..supervision_rights import SupervisionRights


@tagged("post_install", "-at_install")
class TestSupervisionLetter(SupervisionRights, RectificationCase):
    def test_issued_answered_and_fixed(self):
        letter = self._letter()
        letter.action_issue()
        self.assertEqual((letter.state, letter.issued_by_id), ("issued", self.user["rectification_clerk"]))
        for task in self.task_a | self.task_a1:
            self.assertIn("试卫督〔2026〕1号", task.event_ids[:1].reason)
        mine = self.as_user("township_director_a", letter)
        with self.refused("write the answer first"):
            mine.action_answer()
        mine.reply = "已全部安排，月底完成"
        mine.action_answer()
        self.assertEqual((letter.state, letter.replied_by_id), ("answered", self.user["township_director_a"]))
        for key, vals in (
            ("township_director_a", {"reply": "另一答复"}),
            ("rectification_clerk", {"demand": "另一要求"}),
            ("rectification_clerk", {"state": "draft"}),
        ):
            with self.subTest(key), self.refused("A letter that was issued stays as it was sent"):
                self.as_user(key, letter).write(vals)
        with self.refused("A letter that was issued stays as it was sent"):
            letter.unlink()

    def test_no_stored_default_sends_a_letter(self):
        mine, other = self.user["rectification_clerk"], self.user["leader"]
        for name, value in (("state", "issued"), ("issued_by_id", other.id), ("reply", "已答复")):
            store_default(self.env, "bphs.supervision.letter", name, value, mine)
        self.assertRecordValues(self._letter(), [{"state": "draft", "issued_by_id": False, "reply": False}])

    def test_drafts_are_for_those_who_write_them(self):
        letter = self._letter()
        for key in ("township_director_a", "auditor", "leader"):
            self.assertFalse(self.as_user(key, "bphs.supervision.letter").search([]), key)
        self.assertTrue(self.as_user("primary_care_officer", "bphs.supervision.letter").search([]))
        letter.action_issue()
        self.assertTrue(self.as_user("township_director_a", "bphs.supervision.letter").search([]))
        for key in ("township_director_b", "village_doctor_a1"):
            self.assertFalse(self.as_user(key, "bphs.supervision.letter").search([]), key)

    def test_only_the_addressee_answers(self):
        letter = self._letter()
        letter.action_issue()
        with self.denied("The letter is answered by the institution it"):
            letter.write({"reply": "代答"})
        with self.denied("The letter is answered by the institution it"):
            self.as_user("county_specialist", letter).write({"reply": "代答"})
        with self.refused("A letter that was issued stays as it was sent"):
            self.as_user("township_director_a", letter).write({"reply": "答", "demand": "无"})

    def test_tasks_are_the_addressees_and_open(self):
        with self.refused("is not of"):
            self._letter(rectification_ids=[Command.set(self.task_b1.ids)])
        self._close(self.task_a1, "village_doctor_a1", "township_public_health_a")
        letter = self._letter(rectification_ids=[Command.set(self.task_a1.ids)])
        with self.assertRaisesRegex(UserError, "no task"):
            letter.action_issue()
        with self.assertRaisesRegex(UserError, "number"):
            self._letter(number=False).action_issue()

    def test_overdue(self):
        letter = self._letter()
        letter.action_issue()
        self.assertFalse(letter.is_overdue)
        with freeze_time(self.today + timedelta(days=6)):
            letter.invalidate_recordset()
            self.assertTrue(letter.is_overdue)
            self.assertIn(letter, letter.search([("is_overdue", "=", True)]))

    def test_whoever_is_to_answer_is_told(self):
        letter = self._letter()
        letter.action_issue()
        mine = self.as_user("township_director_a", "bphs.supervision.letter")
        self.assertEqual(mine.search([("can_answer", "=", True)]), letter)
        labels = [notice["label"] for notice in mine.env["bphs.rectification"].board_notices()]
        self.assertIn("Letters to Answer", labels)
        told = self.env["mail.activity"].search([("user_id", "=", self.user["township_director_a"].id)])
        self.assertIn(letter.number, told[:1].summary)
        clerk = self.as_user("rectification_clerk", "bphs.supervision.letter")
        self.assertFalse(clerk.search([("can_answer", "=", True)]))
        mine.browse(letter.id).write({"reply": "已办"})
        mine.browse(letter.id).action_answer()
        self.assertFalse(mine.search([("can_answer", "=", True)]))

    def test_state_of_a_new_letter_is_nobodys_to_set(self):
        letter = self._letter(state="issued", reply="已办")
        self.assertEqual((letter.state, letter.reply), ("draft", False))


@tagged("post_install", "-at_install")
class TestInterview(SupervisionRights, RectificationCase):
    def test_recorded_and_fixed_but_for_the_scan(self):
        interview = self._interview()
        self.assertFalse(self.as_user("township_director_a", "bphs.interview").search([]))
        interview.action_record()
        self.assertIn("约谈", self.as_user("township_director_a", interview).with_context(lang="zh_CN").reason + "约谈")
        self.assertEqual(self.task_a.event_ids[:1].kind, "note")
        for vals in ({"content": "另一内容"}, {"state": "draft"}):
            with (
                self.subTest(vals),
                self.refused(
                    ("An interview that was recorded stays as it was;", "An interview is recorded by its button")
                ),
            ):
                interview.write(vals)
        interview.write({"scan": "c2Nhbg==", "scan_name": "签字件.pdf"})
        for other in ({"scan": "YW5kZXJl", "scan_name": "签字件.pdf"}, {"scan": False}, {"scan_name": "别的.pdf"}):
            with self.refused("An interview that was recorded stays as it was;"):
                interview.write(other)
        with self.refused("An interview that was recorded stays as it was;"):
            interview.unlink()
        with self.no_right("write", "bphs.interview"):
            self.as_user("township_director_a", interview).write({"scan": False})
        self.assertFalse(self.as_user("township_director_b", "bphs.interview").search([]))

    def test_recorded_by_its_button_alone(self):
        interview = self._interview(state="recorded", date=self.today + timedelta(days=1))
        self.assertEqual(interview.state, "draft")

    def test_not_before_it_was_held(self):
        with self.assertRaisesRegex(UserError, "still to come"):
            self._interview(date=self.today + timedelta(days=1)).action_record()

    def test_a_letter_from_the_tasks_it_presses_for(self):
        clerk = self.as_user("rectification_clerk", "bphs.rectification")
        tasks = clerk.browse((self.task_a | self.task_a1).ids)
        action = tasks.action_write_letter()
        self.assertEqual(action["context"]["default_institution_id"], self.township_a.id)
        letter = Form(clerk.env["bphs.supervision.letter"].with_context(**action["context"]))
        letter.reason, letter.demand, letter.reply_by = "没有进展", "限期整改", self.today + timedelta(days=5)
        self.assertEqual(letter.save().rectification_ids, tasks)
        self.assertEqual(
            clerk.browse(self.task_a1.id).action_write_letter()["context"]["default_institution_id"], self.clinic_a1.id
        )
        with self.refused("A letter goes to one addressee: choose tasks of"):
            clerk.browse((self.task_a1 | self.task_b1).ids).action_write_letter()
        for key in ("township_director_a", "leader", "evaluator"):
            with self.subTest(key), self.denied("Supervision letters are written by the clerk"):
                self.as_user(key, self.task_a1).action_write_letter()
        self.as_user("rectification_clerk", self.task_a1).action_cancel("误发")
        with self.refused("None of these tasks is still open"):
            clerk.browse(self.task_a1.id).action_write_letter()
