from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_base.tests.common import CountyCase

from ...tools.clocks.terms import Interval


@tagged("post_install", "-at_install")
class TestClock(CountyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Clock = cls.env["bphs.clock"]

    def make(self, **vals):
        return self.as_user("primary_care_officer", self.Clock).create(
            {"name": "试验时钟", "code": "trial", "every_number": 1, "version": 7, **vals}
        )

    def test_what_is_shipped_is_published_but_what_is_empty(self):
        drafts = self.Clock.search([("state", "=", "draft")])
        self.assertEqual(drafts.mapped("code"), ["hypertension_db1404"])
        for clock in self.Clock.search([("state", "=", "published")]):
            self.assertTrue(clock._core(), clock.code)
        self.assertGreater(self.Clock.search_count([("state", "=", "published")]), 25)

    def test_forms_and_groups_are_told_in_words(self):
        clock = self.make(form_codes="hypertension elder_exam", for_groups="hypertension smi").with_context(
            lang="zh_CN"
        )
        self.assertEqual(clock.forms_told, "高血压患者随访服务记录表、健康体检表")
        self.assertEqual(clock.groups_told, "高血压、严重精神障碍")

    def test_an_empty_one_is_not_published(self):
        empty = self.as_user("primary_care_officer", self.env.ref("bphs_service.bphs_clock_hypertension_db1404"))
        with self.refused("is no clock yet. clock.every.months: "):
            empty.action_publish()

    def test_windows_that_meet_are_refused(self):
        clock = self.make(before_days=14, after_days=14)
        with self.refused("clock.after_days: "):
            clock.action_publish()
        clock.after_days = 13
        clock.action_publish()
        self.assertIsInstance(clock._core(), Interval)

    def test_a_published_one_stays_as_it_is(self):
        clock = self.make()
        clock.action_publish()
        for vals in ({"every_number": 2}, {"name": "另一个"}, {"kind": "yearly"}):
            with self.refused("Begin a new version"):
                clock.write(vals)
        with self.refused("Begin a new version"):
            clock.unlink()
        with self.refused("Begin a new version"):
            clock.action_publish()
        with self.refused("set by the steps"):
            clock.state = "draft"

    def test_the_steps_of_a_published_one_too(self):
        step = {"code": "a", "name": "第一步", "due_days": 7, "closes_days": 14}
        clock = self.make(kind="schedule", step_ids=[Command.create(step)])
        clock.step_ids.due_days = 8
        clock.action_publish()
        with self.refused("Begin a new version"):
            clock.step_ids.due_days = 9
        with self.refused("Begin a new version"):
            clock.step_ids.create({**step, "clock_id": clock.id, "code": "b"})
        with self.refused("Begin a new version"):
            clock.step_ids.unlink()
        draft = self.make(code="other", kind="schedule")
        with self.refused("Begin a new version"):
            clock.step_ids.clock_id = draft

    def test_steps_out_of_order_are_refused(self):
        steps = [
            Command.create({"code": code, "name": code, "opens_days": day, "due_days": day, "closes_days": day})
            for code, day in (("a", 7), ("b", 7))
        ]
        with self.refused("clock.steps[1].opens: "):
            self.make(kind="schedule", step_ids=steps).action_publish()

    def test_a_new_version_is_the_latest_once_it_is_published(self):
        first = self.make()
        first.action_publish()
        second = self.Clock.browse(first.action_new_version()["res_id"])
        self.assertEqual((second.version, second.state, second.every_number), (2, "draft", 1))
        self.assertEqual(self.Clock._in_force("trial"), first)
        second.every_number = 2
        self.as_user("primary_care_officer", second).action_publish()
        self.assertEqual(self.Clock._in_force("trial"), second)
        with self.refused("No version of the clock copd is published"):
            self.Clock._in_force("copd")

    def test_a_new_version_has_the_steps(self):
        shipped = self.as_user("primary_care_officer", self.env.ref("bphs_service.bphs_clock_child"))
        draft = self.Clock.browse(shipped.action_new_version()["res_id"])
        self.assertEqual(draft._document(), shipped._document())

    def test_others_neither_make_nor_publish_one(self):
        with self.no_right("create", "bphs.clock"):
            self.as_user("team_leader_a", self.Clock).create({"name": "x", "code": "x"})
        with self.no_right("write", "bphs.clock"):
            self.as_user("administrator", self.make()).action_publish()
