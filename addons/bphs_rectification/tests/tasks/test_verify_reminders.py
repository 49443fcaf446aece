from datetime import date, timedelta
from pathlib import Path

from odoo.modules.module import load_script
from odoo.tests import freeze_time, tagged

from ..board_case import ReminderCase

ADDON = Path(__file__).parents[2]
SECTION = {"primary_care_officer", "rectification_clerk"}
LEADERS = {"deputy_leader", "leader"}


@tagged("post_install", "-at_install")
class TestVerifyReminders(ReminderCase):
    """Proof that waits is chased as work that is late is: the verifier, then up."""

    def waiting(self, place, key):
        """A task whose proof was handed in on Monday 10 March 2025, to be verified by Monday 17 March."""
        task = self.issue("2025-03-03 02:00:00", place)
        self.hand_in("2025-03-10 02:00:00", task, key)
        self.assertEqual(task.verify_by, date(2025, 3, 17), "five working days")
        return task

    def test_of_a_clinic_from_the_officer_up_to_the_leaders(self):
        task = self.waiting(self.clinic_a1, "village_doctor_a1")
        for offset in range(-7, 25):
            self.morning(task.verify_by + timedelta(days=offset))
        officer, director = {"township_public_health_a"}, {"township_director_a"}
        self.assertEqual(
            self.told(task),
            [
                (date(2025, 3, 18), "verify_1", officer),
                (date(2025, 3, 20), "verify_3", officer | director),
                (date(2025, 3, 24), "verify_7", officer | director | SECTION),
                (date(2025, 3, 31), "verify_14", officer | director | SECTION | LEADERS),
            ],
        )
        self.assertEqual(task.escalation_level, 0, "the institution has done its part")
        self.assertEqual(set(task.event_ids.mapped("kind")) & {"reminder", "escalation"}, {"reminder", "escalation"})

    def test_of_a_township_from_the_clerk_to_the_leaders(self):
        task = self.waiting(self.township_a, "township_public_health_a")
        for offset in range(25):
            self.morning(task.verify_by + timedelta(days=offset))
        first = {"rectification_clerk", "county_specialist"}
        self.assertEqual(
            [(kind, people) for __, kind, people in self.told(task)],
            [
                ("verify_1", first),
                ("verify_3", first | {"primary_care_officer"}),
                ("verify_7", first | {"primary_care_officer", "deputy_leader"}),
                ("verify_14", first | {"primary_care_officer"} | LEADERS),
            ],
        )

    def test_whoever_did_the_work_is_not_asked_to_judge_it(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        with freeze_time("2025-03-04 02:00:00"):
            self.as_user("rectification_clerk", task).responsible_id = self.user["township_public_health_a"]
        self.hand_in("2025-03-10 02:00:00", task, "township_public_health_a")
        self.morning("2025-03-18")
        self.assertEqual(self.told(task), [(date(2025, 3, 18), "verify_1", {"township_director_a"})])

    def test_not_before_and_not_twice_and_none_missed(self):
        task = self.waiting(self.clinic_a1, "village_doctor_a1")
        for day in ("2025-03-12", "2025-03-17"):
            self.morning(day)
        self.assertEqual(self.told(task), [])
        for __ in range(2):
            self.morning("2025-03-25")
        self.assertEqual([kind for __, kind, __ in self.told(task)], ["verify_7"])
        covered = self.reminders.search([("rectification_id", "=", task.id), ("outcome", "=", "covered")])
        self.assertEqual(set(covered.mapped("kind")), {"verify_1", "verify_3"})
        self.assertEqual(set(covered.mapped("due_date")), {task.verify_by})

    def test_verifying_ends_it_and_a_return_starts_anew(self):
        task = self.waiting(self.clinic_a1, "village_doctor_a1")
        self.morning("2025-03-18")
        self.assertEqual(self.activity_users(task), ["township_public_health_a"])
        activity = self.activities.search([("res_id", "=", task.id), ("res_model", "=", task._name)])
        self.assertEqual(activity.date_deadline, task.verify_by)
        with freeze_time("2025-03-19 02:00:00"):
            self.as_user("township_director_a", task).action_return("照片不清")
        self.assertEqual(self.activity_users(task), ["village_doctor_a1"])  # told at once that it came back
        self.assertFalse(task.verify_by)
        self.hand_in("2025-03-24 02:00:00", task, "village_doctor_a1")
        self.assertEqual(task.verify_by, date(2025, 3, 31))
        self.morning("2025-04-01")
        self.assertEqual([kind for __, kind, __ in self.told(task)], ["verify_1", "verify_1"])
        with freeze_time("2025-04-02 02:00:00"):
            self.as_user("township_director_a", task).action_verify()
        self.assertEqual(self.activity_users(task), [])
        self.morning("2025-04-10")
        self.assertEqual(len(self.told(task)), 2)

    def test_it_shows_as_overdue(self):
        task = self.waiting(self.clinic_a1, "village_doctor_a1")
        tasks = self.env["bphs.rectification"]
        with freeze_time("2025-03-17 02:00:00"):
            tasks.invalidate_model()
            self.assertFalse(task.is_verify_overdue)
        with freeze_time("2025-03-18 02:00:00"):
            tasks.invalidate_model()
            self.assertTrue(task.is_verify_overdue)
            self.assertEqual((task.is_overdue, task.color), (False, 1))
            self.assertEqual(tasks.search([("is_verify_overdue", "=", True)]), task)
            self.assertNotIn(task, tasks.search([("is_verify_overdue", "!=", True)]))
            self.as_user("township_director_a", task).action_verify()
            self.assertEqual((task.is_verify_overdue, task.color), (False, 0))

    def test_a_setting_changed_later_moves_nothing_that_waits(self):
        task = self.waiting(self.clinic_a1, "village_doctor_a1")
        self.env["ir.config_parameter"].set_param("bphs_rectification.days_verification", "2")
        other = self.issue("2025-03-03 02:00:00", self.clinic_b1)
        self.hand_in("2025-03-10 02:00:00", other, "village_doctor_b1")
        self.assertEqual((task.verify_by, other.verify_by), (date(2025, 3, 17), date(2025, 3, 12)))

    def test_the_clerk_reminds_the_verifier_by_hand(self):
        task = self.waiting(self.clinic_a1, "village_doctor_a1")
        with freeze_time("2025-03-12 02:00:00"):
            self.as_user("rectification_clerk", task).action_remind("请尽快核验")
        self.assertEqual(self.told(task), [(date(2025, 3, 12), "manual", {"township_public_health_a"})])
        self.assertEqual(self.activity_users(task), ["township_public_health_a"])

    def test_what_waited_before_the_upgrade_is_chased_too(self):
        task = self.waiting(self.clinic_a1, "village_doctor_a1")
        task._write_state({"verify_by": False})
        self.env.flush_all()
        script = ADDON / "migrations" / "19.0.1.2.0" / "post-verify-by.py"
        load_script(str(script), "post_verify_by").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(task.verify_by, date(2025, 3, 17))
