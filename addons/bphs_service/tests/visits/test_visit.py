from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestVisit(ServiceCase):
    def test_a_record_keeps_both_days_the_worker_and_the_institution_then(self):
        today = self.env["bphs.visit"]._county_today()
        worker = self.env["bphs.worker"].create(
            {
                "name": "赵医生",
                "institution_id": self.township_a.id,
                "profession": "gp",
                "user_id": self.user["team_leader_a"].id,
            }
        )
        visit = self.visit("team_leader_a", self.zhang, done_on=today - timedelta(days=9), mode="home")
        self.assertEqual((visit.done_on, visit.entered_on), (today - timedelta(days=9), today))
        self.assertEqual((visit.worker_id, visit.institution_id), (worker, self.township_a))
        self.assertEqual(visit.item_id, self.item_htn)
        self.assertTrue(visit.face_to_face)
        with self.refused("is set by the steps"):
            visit.institution_id = self.township_b
        self.assertEqual(self.visit("village_doctor_a1", self.zhang).institution_id, self.clinic_a1)

    def test_which_ways_are_face_to_face(self):
        faces = {
            mode: self.visit("village_doctor_a1", self.zhang, mode=mode).face_to_face
            for mode in ("clinic", "station", "community", "home", "group", "phone", "wechat", "device", "other")
        }
        self.assertEqual({mode for mode, face in faces.items() if not face}, {"phone", "wechat", "device", "other"})

    def test_sent_twice_it_is_one(self):
        vals = {"resident_id": self.zhang.id, "template_id": self.form("hypertension").id, "client_token": "t" * 32}
        doctor = self.as_user("village_doctor_a1", self.Visit)
        first = doctor.create(vals)
        self.assertEqual(doctor.create(vals), first)
        other, again = doctor.create([{**vals, "client_token": "u" * 32}, vals])
        self.assertEqual(again, first)
        self.assertNotEqual(other, first)
        with self.refused("is another record's"):
            self.as_user("team_leader_a", self.Visit).create(vals)

    def test_a_form_brings_a_token(self):
        form = Form(self.as_user("village_doctor_a1", self.Visit))
        self.assertEqual(len(form.client_token), 32)

    def test_days_that_cannot_be(self):
        today = self.Visit._county_today()
        with self.refused("on a day to come"):
            self.visit("village_doctor_a1", self.zhang, done_on=today + timedelta(days=1))
        with self.refused("before the resident was born"):
            self.visit("village_doctor_a1", self.zhang, done_on="1949-12-31")
        died = today - timedelta(days=5)
        self.zhang.write({"status": "died", "status_date": died, "status_evidence": "证明"})
        with self.refused("nothing was done after it"):
            self.visit("village_doctor_a1", self.zhang, done_on=today)
        self.assertTrue(self.visit("village_doctor_a1", self.zhang, done_on=died))

    def test_a_draft_is_gone_on_with_and_a_record_that_is_done_stays(self):
        visit = self.visit("village_doctor_a1", self.zhang, complete=False, systolic=150)
        visit.systolic = 148
        visit.action_complete()
        with self.refused("Reopen it first"):
            visit.systolic = 138
        with self.refused("is set by the steps"):
            visit.state = "draft"
        with self.refused("is set by the steps"):
            visit.resident_id = self.wang
        with self.refused("Say why"):
            visit.action_reopen(" ")
        visit.action_reopen("收缩压录错")
        visit.systolic = 138
        visit.action_complete()
        self.assertEqual((visit.systolic, visit.step_reason), (138, "收缩压录错"))

    def test_it_is_voided_with_a_reason_and_never_deleted(self):
        visit = self.visit("village_doctor_a1", self.zhang)
        with self.refused("never deleted"):
            self.Visit.browse(visit.id).unlink()
        with self.refused("Say why"):
            visit.action_void("")
        visit.action_void("重复录入")
        for step in (visit.action_complete, lambda: visit.action_void("又一次"), lambda: visit.action_reopen("又一次")):
            with self.refused("Voided"):
                step()

    def test_a_service_that_no_record_tells_of_comes_back(self):
        today = self.Visit._county_today()
        elsewhere = today - timedelta(200)
        self.zhang.last_service_on = elsewhere
        first = self.visit("village_doctor_a1", self.zhang, done_on=today - timedelta(20))
        second = self.visit("village_doctor_a1", self.zhang, done_on=today)
        self.assertEqual(self.zhang.last_service_on, today)
        second.action_void("重复录入")
        self.assertEqual(self.zhang.last_service_on, today - timedelta(20))
        first.action_void("没有做")
        self.assertEqual(self.zhang.last_service_on, elsewhere)

    def test_the_last_service_follows_what_is_done(self):
        today = self.Visit._county_today()
        early, late = (today - timedelta(days=days) for days in (60, 3))
        self.visit("village_doctor_a1", self.zhang, done_on=early)
        visit = self.visit("village_doctor_a1", self.zhang, complete=False, done_on=late)
        self.assertEqual(self.zhang.last_service_on, early)
        visit.action_complete()
        self.assertEqual(self.zhang.last_service_on, late)
        self.assertTrue(self.zhang.dynamic)
        visit.action_void("没有做")
        self.assertEqual(self.zhang.last_service_on, early)

    def test_it_stands_in_the_timeline_while_it_counts(self):
        visit = self.visit("village_doctor_a1", self.zhang, mode="home")
        doctor = self.as_user("village_doctor_a1", self.zhang)
        (event,) = [event for event in doctor.timeline() if event["kind"] == "visit"]
        self.assertEqual((event["title"], event["id"]), ("高血压患者随访服务记录表", visit.id))
        visit.action_void("没有做")
        self.assertFalse([event for event in doctor.timeline() if event["kind"] == "visit"])

    def test_medicines_are_rows_of_a_draft(self):
        visit = self.visit(
            "village_doctor_a1",
            self.zhang,
            complete=False,
            medicine_ids=[Command.create({"name": "氨氯地平", "times_a_day": 1, "dose": 5})],
        )
        visit.medicine_ids.dose = 2.5
        with self.refused("bphs_visit_medicine_amounts_check", kind=CheckViolation), mute_logger("odoo.sql_db"):
            visit.medicine_ids.dose = -1
            self.env.flush_all()
        visit.action_complete()
        with self.refused("Reopen it first"):
            visit.medicine_ids.dose = 5
        with self.refused("Reopen it first"):
            visit.medicine_ids.unlink()
        with self.refused("Reopen it first"):
            visit.medicine_ids.create({"visit_id": visit.id, "name": "二甲双胍"})

    def test_records_follow_a_merged_file(self):
        visit = self.visit("village_doctor_a1", self.zhang)
        self.zhang._merge_into(self.wang, "同一人")
        self.assertEqual(visit.resident_id, self.wang)
        self.assertEqual(visit.state, "done")
