from datetime import date, timedelta

from odoo.tests import tagged

from .common import EarningCase


@tagged("post_install", "-at_install")
class TestStatement(EarningCase):
    """A statement follows the records, says where it differs, and stays the institution's to submit."""

    def setUp(self):
        super().setUp()
        for month in (1, 2, 3):
            self.done(self.zhang, date(2025, month, 3))
        self.done(self.wang, date(2025, 2, 3), complete=False)
        self.done(self.wang, date(2025, 3, 3))
        self.done(self.wang, date(2025, 3, 3))
        self.done(self.wang, date(2025, 3, 20))
        self.htn = self.line(self.statement_a1, self.item_htn)

    def test_what_nobody_typed_follows_the_records(self):
        self.counted(self.statement_a1)
        self.assertEqual((self.htn.reported, self.htn.visits_reported, self.htn.visits_difference), (7, 7, 0))
        self.assertEqual((self.htn.visits_source, self.htn.answered, self.htn.verified), ("records", True, 7))
        self.assertEqual(self.htn.visits_invalid, 3)
        self.assertEqual(self.htn.visits_words, "Not Complete 1、Twice on a Day 1、Outside the Window 1")
        self.assertFalse(self.line(self.statement_a1, self.item["PATROL"]).visits_on, "no form tells of it")
        self.assertFalse(self.line(self.statement_a1, self.item_dm).answered, "nothing is no answer")
        self.done(self.zhao, date(2025, 1, 9))
        self.counted(self.statement_a1)
        self.assertEqual(self.htn.reported, 8)

    def test_what_was_typed_stays_and_the_difference_is_told(self):
        doctor = self.as_user("village_doctor_a1", self.htn)
        doctor.reported = 9
        self.counted(self.statement_a1)
        self.assertEqual((self.htn.reported, self.htn.visits_difference, self.htn.visits_source), (9, 2, "typed"))
        self.assertEqual(self.statement_a1.visits_differ, 1)
        self.as_user("village_doctor_a1", self.statement_a1).action_take_visits()
        self.assertEqual((self.htn.reported, self.htn.visits_source), (7, "records"))

    def test_the_township_takes_over_what_is_proposed_and_verifies(self):
        clinic = self.as_user("village_doctor_a1", self.statement_a1)
        clinic.action_count_visits()
        clinic.action_submit()
        with self.denied("your role may not change"):
            clinic.action_take_visits()
        officer = self.as_user("township_public_health_a", self.statement_a1)
        self.assertTrue(officer.visits_proposed)
        officer.action_take_visits()
        self.assertEqual((self.htn.invalid, self.htn.false_qty, self.htn.verified), (3, 0, 4))
        self.assertIn("Not Complete 1", self.htn.invalid_reason)
        self.assertFalse(officer.visits_proposed)
        officer.action_verify()
        with self.refused("cannot be changed now"):
            officer.action_take_visits()

    def test_what_the_township_found_by_hand_stays(self):
        clinic = self.as_user("village_doctor_a1", self.statement_a1)
        clinic.action_count_visits()
        clinic.action_submit()
        line = self.as_user("township_public_health_a", self.htn)
        line.write({"invalid": 4, "invalid_reason": "与门诊记录不符", "false_qty": 1})
        self.assertFalse(self.as_user("township_public_health_a", self.statement_a1).visits_proposed)

    def test_a_statement_handed_in_keeps_its_quantities(self):
        clinic = self.as_user("village_doctor_a1", self.statement_a1)
        clinic.action_count_visits()
        clinic.action_submit()
        self.done(self.zhao, date(2025, 1, 9))
        self.counted(self.statement_a1)
        self.assertEqual((self.htn.reported, self.htn.visits_reported, self.htn.visits_difference), (7, 8, -1))

    def test_a_closed_period_changes_no_figure(self):
        self.counted(self.statement_a1)
        self.q1.action_lock("已结算")
        before = self.htn.read()
        self.done(self.zhao, date(2025, 1, 9))
        self.counted(self.statement_a1)
        self.assertEqual(self.htn.read(), before)
        with self.refused("is locked"):
            self.as_user("village_doctor_a1", self.statement_a1).action_count_visits()

    def test_every_night(self):
        self.env["bphs.workload"]._cron_count_visits()
        self.assertEqual(self.htn.reported, 7)

    def test_a_figure_opens_to_its_records(self):
        self.counted(self.statement_a1)
        action = self.as_user("village_doctor_a1", self.htn).action_visits()
        found = self.as_user("village_doctor_a1", "bphs.visit").search(action["domain"])
        self.assertEqual(len(found), 7)
        self.assertEqual(set(found.resident_id.ids), {self.zhang.id, self.wang.id})
        self.assertFalse(self.as_user("village_doctor_b1", "bphs.visit").search(action["domain"]))
        for wrong in ("", "1/2/3", "x/y/z/counts", f"{self.q1.id}/{self.clinic_a1.id}/0/counts", "1/2/9999999999999/x"):
            self.assertFalse(self.Visit.search([("counted_in", "=", wrong)]))
        self.denied_line = self.line(self.statement_a1, self.item["PATROL"])
        with self.refused("No records were counted for this item yet"):
            self.as_user("village_doctor_a1", self.denied_line).action_visits()

    def test_mental_illness_opens_to_named_persons_alone(self):
        self.counted(self.statement_a1)
        smi = self.line(self.statement_a1, self.item["SMI_FOLLOWUP"])
        with self.denied("open to named persons alone"):
            self.as_user("village_doctor_a1", smi).action_visits()
        self.name_person("village_doctor_a1")
        self.assertEqual(self.as_user("village_doctor_a1", smi).action_visits()["res_model"], "bphs.visit")

    def test_statements_are_not_counted_by_others(self):
        with self.no_right("write", "bphs.workload"):
            self.as_user("auditor", self.statement_a1).action_count_visits()
        with self.denied("your role may not change"):
            self.as_user("primary_care_officer", self.statement_a1).action_count_visits()

    def test_a_later_day_than_the_quarter_is_another_statements(self):
        self.done(self.zhao, date(2025, 3, 31) + timedelta(1))
        self.counted(self.statement_a1)
        self.assertEqual(self.htn.reported, 7)
