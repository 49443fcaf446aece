from datetime import timedelta

from odoo.tests import Form, tagged

from .common import OutsideCase


@tagged("post_install", "-at_install")
class TestOutsideBeside(OutsideCase):
    """What other systems say stands beside a record; what they prescribed is taken over by one tap."""

    def setUp(self):
        super().setUp()
        self.day = self.zhang._county_today() - timedelta(days=5)

    def prescribe(self, *medicines, day=None, **values):
        row = {**self.person(self.zhang, medicines=[*medicines], place="县医院", **values), "day": str(day or self.day)}
        self.assertEqual(self.results(self.push("record", row)), ["new"])

    def draft(self, key="village_doctor_a1", **values):
        return self.visit(key, self.zhang, complete=False, **values)

    def test_offered_and_taken_over(self):
        self.prescribe(
            {"name": "氨氯地平", "dose": 5, "dose_unit": "mg", "times_a_day": 1},
            {"name": "阿司匹林"},
            systolic=156,
            diastolic=92,
        )
        visit = self.draft()
        self.assertIn("156/92", visit.outside_words)
        self.assertIn("县医院", visit.outside_words)
        self.assertIn("氨氯地平 1 a day, 5mg each", visit.offered_words)
        visit.action_take_medicines()
        self.assertEqual(visit.medicine_ids.mapped("name"), ["氨氯地平", "阿司匹林"])
        self.assertFalse(visit.offered_words, "what was taken over is offered no more")
        visit.action_take_medicines()
        self.assertEqual(len(visit.medicine_ids), 2, "pressed twice it acts once")
        visit.action_complete()
        with self.refused('is "Done"'):
            visit.action_take_medicines()
        self.assertFalse(self.draft(done_on=self.zhang._county_today()).offered_words)

    def test_another_dose_is_offered_and_replaces(self):
        before = self.draft(done_on=self.day - timedelta(days=30))
        self.env["bphs.visit.medicine"].create({"visit_id": before.id, "name": "氨氯地平", "dose": 5, "times_a_day": 1})
        before.action_complete()
        self.prescribe({"name": "氨氯地平", "dose": 10, "dose_unit": "mg", "times_a_day": 1})
        form = Form(self.as_user("village_doctor_a1", self.Visit))
        form.resident_id, form.template_id = self.zhang, self.form("hypertension")
        self.assertIn("氨氯地平 1 a day, 10mg each", form.offered_words)
        visit = form.save()
        self.assertEqual(visit.medicine_ids.dose, 5, "carried over from the last record")
        visit.action_take_medicines()
        self.assertEqual((visit.medicine_ids.dose, len(visit.medicine_ids)), (10, 1))

    def test_what_is_old_or_was_looked_at_is_not_offered(self):
        self.prescribe({"name": "旧药"}, day=self.day - timedelta(days=200))
        self.assertFalse(self.draft().offered_words)
        done = self.draft(done_on=self.day - timedelta(days=1))
        self.env["bphs.visit.medicine"].create({"visit_id": done.id, "name": "甲"})
        done.action_complete()
        self.prescribe({"name": "乙"}, day=self.day - timedelta(days=3), external_id="P8")
        self.assertFalse(self.draft().offered_words, "the doctor has seen the person since")

    def test_rights(self):
        self.prescribe({"name": "氨氯地平"})
        visit = self.draft()
        with self.denied("not yours to change"):
            self.as_user("village_doctor_b1", visit).action_take_medicines()
        record = self.env["bphs.outside.record"].search([("resident_id", "=", self.zhang.id)])
        self.assertEqual(self.as_user("village_doctor_a1", record).search([]), record)
        self.assertFalse(self.as_user("village_doctor_b1", record).search([]))
        for key in ("village_doctor_a1", "primary_care_officer"):
            with self.no_right("write", "bphs.outside.record"):
                self.as_user(key, record).place = "别处"
        action = self.as_user("village_doctor_a1", self.zhang).action_outside()
        self.assertEqual(action["domain"], [("resident_id", "=", self.zhang.id)])
        self.assertTrue(self.as_user("village_doctor_a1", self.zhang).has_outside)

    def test_merged_files_keep_it(self):
        self.prescribe({"name": "氨氯地平"})
        other = self.make("张三丰", self.village_a1, "19500101", 51)
        self.zhang._merge_into(other, "同一人")
        self.assertTrue(other.has_outside)
