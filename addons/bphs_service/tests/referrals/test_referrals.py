from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestReferrals(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["bphs.visit"]._county_today()
        cls.hospital = cls.env["bphs.institution"].create(
            {
                "code": "T90",
                "name": "试验县人民医院",
                "kind": "county_hospital",
                "parent_id": cls.bureau.id,
                "division_id": cls.bureau.division_id.id,
            }
        )
        cls.user["county_specialist"].bphs_institution_ids = [Command.set(cls.hospital.ids)]

    def refer(self, key="village_doctor_a1", send=True, **vals):
        to = {} if "to_words" in vals else {"to_key": str(self.township_a.id)}
        referral = self.as_user(key, "bphs.referral").create(
            {"resident_id": self.zhang.id, "reason": "连续两次血压控制不满意", **to, **vals}
        )
        if send:
            referral.action_send()
        return referral

    def act(self, key, referral):
        return self.as_user(key, referral)

    def test_from_village_to_township_and_back(self):
        referral = self.refer()
        self.assertEqual((referral.from_institution_id, referral.state), (self.clinic_a1, "sent"))
        self.assertEqual((referral.sent_on, referral.answer_by), (self.today, self.today + timedelta(days=14)))
        with self.denied("for the other institution"):
            referral.action_receive()
        doctor = self.act("team_leader_a", referral)
        doctor.action_receive()
        with self.refused("Say first what was done there"):
            doctor.action_answer()
        doctor.write({"diagnosis": "高血压3级", "answer": "调整用药", "advice": "两周后复测"})
        doctor.action_answer()
        with self.refused("this step does not apply"):
            doctor.action_answer()
        referral.action_come_back()
        self.assertEqual((referral.state, referral.came_back_on), ("closed", self.today))
        with self.refused("cannot be changed now"):
            referral.advice = "别的"

    def test_where_to_is_one_place(self):
        for vals in ({"to_key": False}, {"to_words": "市医院", "to_key": str(self.hospital.id)}):
            with self.refused("Say where to"):
                self.as_user("village_doctor_a1", "bphs.referral").create(
                    {"resident_id": self.zhang.id, "reason": "胸痛", **vals}
                )
        with self.refused("Nobody is referred to where they are"):
            self.refer(to_key=str(self.clinic_a1.id))

    def test_whoever_refers_upwards_finds_those_above_by_name(self):
        places = dict(self.as_user("village_doctor_a1", "bphs.referral")._receivers())
        for place in (self.hospital, self.township_a, self.township_b, self.clinic_a1):
            self.assertEqual(places.get(str(place.id)), place.name)
        for place in (self.clinic_a2, self.bureau):
            self.assertNotIn(str(place.id), places)

    def test_down_to_the_village(self):
        referral = self.refer("team_leader_a", direction="down", to_key=str(self.clinic_a1.id))
        self.assertEqual((referral.from_institution_id, referral.to_institution_id), (self.township_a, self.clinic_a1))
        self.act("village_doctor_a1", referral).action_receive()
        self.assertEqual(referral.state, "received")

    def test_outside_the_county_the_papers_are_entered_by_whoever_sent(self):
        referral = self.refer(to_words="市第一医院")
        referral.action_receive()
        referral.answer = "已住院治疗"
        referral.action_answer()
        self.assertEqual(referral.state, "answered")

    def test_the_county_sees_whom_it_was_sent_and_not_the_file(self):
        referral = self.refer("team_leader_a", to_key=str(self.hospital.id))
        other = self.refer("team_leader_a", to_words="市第一医院")
        specialist = self.as_user("county_specialist", "bphs.referral")
        self.assertEqual(specialist.search([("id", "in", (referral | other).ids)]), referral)
        self.assertEqual(specialist.browse(referral.id).person, "张三丰 Male 76 years")
        self.assertFalse(self.as_user("county_specialist", "bphs.resident").search([("id", "=", self.zhang.id)]))
        answering = specialist.browse(referral.id)
        answering.action_receive()
        answering.answer = "造影未见狭窄"
        answering.action_answer()
        self.assertTrue(self.log(self.zhang, user_id=self.user["county_specialist"].id))

    def test_files_of_named_persons_stay_theirs(self):
        referral = self.refer()
        self.zhang.group_ids.create({"resident_id": self.zhang.id, "kind": "smi"})
        self.env.flush_all()
        self.assertFalse(self.as_user("team_leader_a", "bphs.referral").search([("id", "=", referral.id)]))

    def test_scope(self):
        referral = self.refer()
        seen = {
            key: bool(self.as_user(key, "bphs.referral").search([("id", "=", referral.id)]))
            for key in ("township_director_a", "auditor", "team_leader_b", "village_doctor_a2", "primary_care_officer")
        }
        self.assertEqual([key for key, sees in seen.items() if sees], ["township_director_a", "auditor"])
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", "bphs.referral").create(
                {"resident_id": self.zhang_b.id, "reason": "胸痛", "to_words": "市医院"}
            )

    def test_it_is_withdrawn_with_a_reason_and_never_deleted(self):
        referral = self.refer()
        with self.refused("never deleted"):
            referral.sudo().unlink()
        with self.refused("Say why"):
            referral.action_withdraw(" ")
        referral.action_withdraw("本人不愿去")
        self.assertEqual(referral.state, "withdrawn")
        self.assertIn("本人不愿去", self.log(self.zhang, kind="change").mapped("reason"))

    def test_what_came_of_it_stands_with_the_finding(self):
        exam = self.visit("village_doctor_a1", self.zhang, "elder_exam", systolic=186)
        finding = exam.finding_ids.with_user(self.user["village_doctor_a1"])
        context = finding.action_refer()["context"]
        given = {name.removeprefix("default_"): value for name, value in context.items()}
        referral = self.refer(**{name: value for name, value in given.items() if name != "resident_id"})
        self.assertEqual((referral.finding_id, referral.summary), (finding, "收缩压 186 mmHg"))
        doctor = self.act("team_leader_a", referral)
        doctor.write({"diagnosis": "高血压3级", "answer": "住院一周"})
        doctor.action_answer()
        self.assertEqual((finding.state, finding.handling), ("open", "referred"))
        self.assertEqual(finding.outcome, "高血压3级 住院一周")
        finding.action_close()
        self.assertEqual(finding.state, "closed")

    # === REMINDERS AND WHAT WAITS === #

    def reminders(self, referral, days):
        base = self.env.registry["base"]
        with patch.object(base, "_county_today", lambda _self: self.today + timedelta(days=days)):
            self.env["bphs.referral"]._cron_remind()
        return {activity.user_id: activity.summary for activity in referral.sudo()._reminder_activities()}

    def test_whoever_has_not_answered_is_reminded_then_the_township(self):
        referral = self.refer()
        self.assertFalse(self.reminders(referral, 5))
        asked = self.reminders(referral, 7)
        self.assertEqual(set(asked.values()), {"A referral waits for its answer"})
        self.assertIn(self.user["team_leader_a"], asked)
        self.assertNotIn(self.user["township_director_a"], asked)
        self.assertEqual(referral.told_rung, "before_7")
        self.assertIn(self.user["township_director_a"], self.reminders(referral, 18))
        doctor = self.act("team_leader_a", referral)
        doctor.answer = "已处理"
        doctor.action_answer()
        self.assertFalse(self.reminders(referral, 30))

    def test_of_those_outside_whoever_sent_is_reminded(self):
        referral = self.refer(to_words="市第一医院")
        self.assertEqual(set(self.reminders(referral, 14)), {self.user["village_doctor_a1"]})

    def test_nobody_is_reminded_of_what_they_may_not_open(self):
        referral = self.refer()
        self.zhang.group_ids.create({"resident_id": self.zhang.id, "kind": "smi"})
        self.env.flush_all()
        self.assertFalse(self.reminders(referral, 14))

    def waits(self, key):
        rows = self.as_user(key, "bphs.waiting")._rows()
        return {row["key"]: row["count"] for row in rows if row["key"].startswith(("referral", "finding"))}

    def test_what_waits_for_whom(self):
        self.visit("village_doctor_a1", self.zhang, "elder_exam", systolic=186)
        referral = self.refer()
        before = self.waits("village_doctor_a1")
        self.assertEqual(before.get("finding"), 1)
        self.assertNotIn("referral_answer", before)
        self.assertEqual(self.waits("team_leader_a").get("referral_answer"), 1)
        doctor = self.act("team_leader_a", referral)
        doctor.answer = "已处理"
        doctor.action_answer()
        self.assertEqual(self.waits("village_doctor_a1").get("referral_back"), 1)

    def test_it_stands_in_the_timeline_and_follows_a_merged_file(self):
        referral = self.refer()
        told = [event for event in self.zhang.timeline() if event["kind"] == "referral"]
        self.assertEqual([event["title"] for event in told], ["Referral: 甲一村卫生室 → 甲镇卫生院"])
        self.zhang._merge_into(self.wang, "同一人")
        self.assertEqual(referral.resident_id, self.wang)
