from datetime import date

from odoo.tests import tagged

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestLateEntries(GradingCase):
    """What is entered after its day changes the colour from the day it was entered, and says so."""

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)
        self.man = self.make("赵大年", self.village_a1, "19550601", 11)
        self.visit("village_doctor_a1", self.man, "elder_exam", done_on=self.day)
        vals = {"resident_id": self.man.id, "kind": "adl_score", "value": "0"}
        self.as_user("village_doctor_a1", "bphs.elderly.outside").create(vals)

    def rows(self, cause):
        return self.Grading.search([("resident_id", "=", self.man.id), ("whole", "=", False), ("cause", "=", cause)])

    def test_a_late_entry_says_so_on_the_history_line_and_in_the_reasons(self):
        self.on(2026, 3, 20)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80, done_on="2026-03-05")
        row = self.rows("worse")
        self.assertEqual((row.colour, row.date_from), ("red", date(2026, 3, 20)))
        for words in (row.reason_words, row.reason_html, self.standing(self.man).reason_words):
            self.assertIn("entered late, on 2026-03-20", words)
        self.assertIn("entered late on 2026-03-20", row.reason_html, "the fact says it too")
        day = self.env["bphs.elderly.grading"]._on(date(2026, 3, 10))
        told = {one[1]: one[4] for one in self.env.execute_query(day)}
        self.assertEqual(told[self.man.id], "green", "no past day changes")

    def test_what_is_entered_on_its_day_does_not(self):
        self.on(2026, 3, 20)
        self.visit("village_doctor_a1", self.man, "elder_follow", systolic=186, diastolic=80)
        for words in (self.rows("worse").reason_html, self.standing(self.man).reason_html):
            self.assertNotIn("entered late", words)

    def test_what_was_known_on_the_first_day_is_not_late(self):
        other = self.make("钱大年", self.village_a1, "19400601", 12)
        vals = {"resident_id": other.id, "kind": "hypertension", "date_from": "2015-01-01"}
        self.as_user("village_doctor_a1", "bphs.condition").create(vals)
        first = self.Grading.search([("resident_id", "=", other.id), ("cause", "=", "first")], limit=1)
        self.assertNotIn("entered late", first.reason_html or "")
