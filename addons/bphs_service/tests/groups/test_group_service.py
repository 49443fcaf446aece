import io
from datetime import timedelta

from pypdf import PdfReader

from odoo import Command
from odoo.tests import Form, tagged

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestGroupService(ServiceCase):
    """A lecture is one record of many people, in the file of each who is named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.zhao = cls.make("赵大年", cls.village_a1, "19600101", 7)

    def lecture(self, key="village_doctor_a1", complete=True, people=None, **vals):
        given = {"topic": "高血压防治", "people_count": 30, "place": "村委会", **vals}
        if people is not None:
            given["participant_ids"] = [Command.set(people.ids)]
        group = self.as_user(key, "bphs.group.service").create(given)
        if complete:
            group.action_complete()
        return group

    def told(self, resident, key="village_doctor_a1"):
        return [event["text"] for event in self.as_user(key, resident).timeline() if event["kind"] == "visit"]

    def test_one_record_counts_once_and_stands_in_every_file(self):
        group = self.lecture(people=self.zhang | self.wang)
        self.assertEqual((group.item_id.code, group.people_count, group.named_count), ("HEALTH_LECTURE", 30, 2))
        self.assertEqual(group.institution_id, self.clinic_a1)
        self.assertEqual(group.visit_ids.resident_id, self.zhang | self.wang)
        self.assertEqual(set(group.visit_ids.mapped("state")), {"done"})
        self.assertFalse(group.visit_ids.item_id, "the work is the lecture's, not each listener's")
        self.assertEqual(group.visit_ids.institution_id, self.clinic_a1)
        self.assertEqual(self.told(self.zhang), ["高血压防治"])
        self.assertEqual(self.zhang.last_service_on, self.today)
        self.assertTrue(self.log(self.zhang, kind="change"))
        self.assertEqual(self.lecture(kind="consultation", people_count=5).item_id.code, "CONSULT")

    def test_nobody_need_be_named(self):
        group = self.lecture()
        self.assertEqual((group.state, group.named_count), ("done", 0))
        self.assertFalse(group.visit_ids)

    def test_people_are_counted_and_not_fewer_than_named(self):
        with self.refused("say how many people were there"):
            self.lecture(people_count=0)
        with self.refused("2 people are named, and only 1 were counted"):
            self.lecture(people=self.zhang | self.wang, people_count=1)
        with self.refused("on a day to come"):
            self.lecture(done_on=self.today + timedelta(days=1))

    def test_what_was_wrong_is_put_right_with_its_records(self):
        group = self.lecture(people=self.zhang | self.wang)
        with self.refused("Reopen it first"):
            group.topic = "糖尿病防治"
        visit = group.visit_ids.filtered(lambda one: one.resident_id == self.zhang)
        with self.refused("change that activity"):
            visit.action_void("没有来")
        self.assertFalse(visit.allowed_steps)
        group.action_reopen("少写一人")
        self.assertEqual(self.told(self.zhang), [])
        self.assertFalse(self.zhang.last_service_on)
        with self.refused("change that activity"):
            visit.action_complete()
        earlier = self.today - timedelta(days=2)
        group.write({"participant_ids": [Command.set((self.zhang | self.zhao).ids)], "done_on": earlier})
        group.action_complete()
        states = {one.resident_id: (one.state, one.done_on) for one in group.visit_ids}
        self.assertEqual(states[self.zhang], ("done", earlier))
        self.assertEqual(states[self.zhao], ("done", earlier))
        self.assertEqual(states[self.wang][0], "voided")
        self.assertEqual(self.zhang.last_service_on, earlier)
        group.action_void("没有办")
        self.assertEqual(set(group.visit_ids.mapped("state")), {"voided"})
        self.assertFalse(self.zhang.last_service_on)
        with self.refused("never deleted"):
            self.env["bphs.group.service"].browse(group.id).unlink()

    def test_of_a_merged_file_the_one_that_stays_was_there(self):
        group = self.lecture(people=self.zhang | self.wang)
        self.zhang._merge_into(self.wang, "同一人")
        group.action_reopen("改地点")
        group.place = "卫生院"
        group.action_complete()
        done = group.visit_ids.filtered(lambda one: one.state == "done")
        self.assertEqual(done.resident_id, self.wang)

    def test_whoever_is_named_is_somebody_one_may_read(self):
        with self.denied("not within your scope"):
            self.lecture(people=self.zhang_b)
        group = self.lecture(complete=False)
        with self.denied("not within your scope"):
            group.participant_ids = [Command.link(self.zhang_b.id)]

    def test_whoever_is_hidden_is_neither_shown_nor_counted(self):
        group = self.lecture(
            "township_public_health_a", people=self.zhang | self.wang, institution_id=self.clinic_a1.id
        )
        self.wang.group_ids = [Command.create({"kind": "smi", "date_from": self.today})]
        self.env.flush_all()
        seen = self.as_user("village_doctor_a1", group)
        seen.invalidate_recordset()
        self.assertEqual(seen.participant_ids, self.zhang)
        self.assertEqual(seen.named_count, 1)
        self.name_person("township_public_health_a")
        self.assertEqual(self.as_user("township_public_health_a", group).named_count, 2)
        self.assertEqual(seen.visit_ids.resident_id, self.zhang)
        seen.action_reopen("改人数")
        seen.people_count = 31
        seen.action_complete()
        self.assertEqual(self.Visit.search_count([("group_id", "=", group.id), ("state", "=", "done")]), 2)

    def test_scope(self):
        group = self.lecture()
        self.assertFalse(self.as_user("village_doctor_b1", "bphs.group.service").search([("id", "=", group.id)]))
        self.assertTrue(self.as_user("township_director_a", "bphs.group.service").search([("id", "=", group.id)]))
        with self.no_right("create", "bphs.group.service"):
            self.lecture("township_director_a")

    def test_its_form_and_its_paper(self):
        form = Form(self.as_user("village_doctor_a1", "bphs.group.service"))
        form.topic, form.people_count, form.materials = "合理用药", 18, "折页"
        form.material_kinds, form.material_copies = 2, 40
        group = form.save()
        self.assertEqual(group.state, "draft")
        group.action_complete()
        __, content = group._print_file("H1", "pdf")
        text = _words(content)
        for words in ("健康教育活动记录表", "合理用药", "18", "折页", "2种", "40份"):
            self.assertIn(words, text)
        self.assertNotIn("张三丰", text)
        self.assertEqual(group.action_participants()["domain"], [("group_id", "=", group.id)])


def _words(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")
