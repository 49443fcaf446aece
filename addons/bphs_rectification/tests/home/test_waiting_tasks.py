from odoo.tests import freeze_time, tagged

from odoo.addons.bphs_base.tests.home import check_page

from ..board_case import BoardCase

ISSUED, HANDED_IN, LOOKED_AT = "2025-11-03 01:00:00", "2025-11-04 01:00:00", "2025-11-05 01:00:00"


@tagged("post_install", "-at_install")
class TestWaitingTasks(BoardCase):
    """H7, H19, H30: whatever waits for a person is in that person's one list, what was returned first and in red."""

    def _waiting(self, key, moment=LOOKED_AT):
        with freeze_time(moment):
            page = check_page(self, self.env(user=self.user[key]))
        return {row["key"]: row for row in page["waiting"]}

    def _activities(self, task):
        return self.env["mail.activity"].search([("res_model", "=", task._name), ("res_id", "=", task.id)])

    def test_h19_a_new_task_is_told_at_once_and_waits_for_its_clinic_alone(self):
        task = self.issue(ISSUED, self.clinic_a1)
        self.assertEqual(self._activities(task).user_id, self.user["village_doctor_a1"])
        self.assertEqual(self._waiting("village_doctor_a1")["task_new"]["count"], 1)
        self.assertNotIn("task_new", self._waiting("village_doctor_a2"))
        self.assertNotIn("task_new", self._waiting("township_public_health_a"))

    def test_h19_a_returned_task_is_told_at_once_marked_and_first(self):
        task = self.issue(ISSUED, self.clinic_a1)
        self.hand_in(HANDED_IN, task, "village_doctor_a1")
        self.assertFalse(self._activities(task))
        self.assertFalse(task.is_returned)
        self.assertEqual(self._waiting("township_public_health_a")["task_verify"]["count"], 1)
        self.assertNotIn("task_verify", self._waiting("township_public_health_b"))
        with freeze_time(LOOKED_AT):
            self.as_user("township_public_health_a", task).action_return("照片看不清")
        self.assertTrue(task.is_returned)
        self.assertEqual(self.env[task._name].search([("is_returned", "=", True)]) & task, task)
        (activity,) = self._activities(task)
        self.assertEqual(activity.user_id, self.user["village_doctor_a1"])
        self.assertIn("照片看不清", activity.summary)
        waiting = self._waiting("village_doctor_a1")
        self.assertEqual(next(iter(waiting)), "task_returned")
        self.assertEqual((waiting["task_returned"]["count"], waiting["task_returned"]["tone"]), (1, "danger"))
        self.assertNotIn("task_going", waiting)
        self.assertNotIn("task_verify", self._waiting("township_public_health_a"))

    def test_closing_waits_for_a_clerk_who_did_not_verify(self):
        task = self.issue(ISSUED, self.township_a)
        self.hand_in(HANDED_IN, task, "township_public_health_a")
        with freeze_time(LOOKED_AT):
            self.as_user("rectification_clerk", task).action_verify()
        self.assertNotIn("task_close", self._waiting("rectification_clerk"))
        self.assertEqual(self._waiting("primary_care_officer")["task_close"]["count"], 1)

    def test_h30_an_extension_waits_for_the_section_alone(self):
        task = self.issue(ISSUED, self.clinic_a1)
        with freeze_time(LOOKED_AT):
            self.as_user("village_doctor_a1", task).action_ask_extension("2026-01-30", "医生培训")
        self.assertEqual(self._waiting("primary_care_officer")["extension"]["count"], 1)
        for key in ("rectification_clerk", "township_director_a", "village_doctor_a1", "evaluator"):
            self.assertNotIn("extension", self._waiting(key), key)

    def test_a_letter_waits_for_its_addressee(self):
        task = self.issue(ISSUED, self.township_a)
        with freeze_time(LOOKED_AT):
            letter = self.as_user("rectification_clerk", "bphs.supervision.letter").create(
                {
                    "institution_id": self.township_a.id,
                    "rectification_ids": [(6, 0, task.ids)],
                    "number": "督办〔2025〕1号",
                    "reason": "逾期",
                    "demand": "立即整改",
                    "reply_by": "2025-11-20",
                }
            )
            letter.action_issue()
        self.assertEqual(self._waiting("township_director_a")["letter"]["count"], 1)
        self.assertNotIn("letter", self._waiting("township_director_b"))

    def test_h30_evaluator_and_specialist_have_their_proof_to_verify(self):
        clinic, township = self.issue(ISSUED, self.clinic_a1, self.township_a)
        self.hand_in(HANDED_IN, clinic, "village_doctor_a1")
        self.hand_in(HANDED_IN, township, "township_public_health_a")
        self.assertEqual(self._waiting("evaluator")["task_verify"]["count"], 2)
        self.assertEqual(self._waiting("county_specialist")["task_verify"]["count"], 1)

    def test_a_change_of_hands_is_told_to_the_pages(self):
        task = self.issue(ISSUED, self.clinic_a1)
        self.env.cr.precommit.data.pop("bphs_waiting_institutions", None)
        with freeze_time(HANDED_IN):
            self.as_user("village_doctor_a1", task).action_acknowledge()
        self.assertEqual(self.env.cr.precommit.data["bphs_waiting_institutions"], {self.clinic_a1.id})
