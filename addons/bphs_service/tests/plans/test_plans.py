from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestPlans(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()

    def join(self, resident, kind, days=100, key="village_doctor_a1"):
        return self.as_user(key, self.env["bphs.resident.group"]).create(
            {"resident_id": resident.id, "kind": kind, "date_from": self.today - timedelta(days)}
        )

    def codes(self, resident):
        return sorted(resident.plan_ids.filtered(lambda plan: not plan.date_to).mapped("code"))

    def test_plans_follow_from_age(self):
        self.assertEqual(self.codes(self.zhang), ["elder_exam", "elder_tcm"])
        self.assertEqual(self.codes(self.wang), [])
        self.wang.write({"id_number": False, "id_type": "none", "id_reason": "试验", "birth_date": "1950-02-03"})
        self.assertEqual(self.codes(self.wang), ["elder_exam", "elder_tcm"])

    def test_a_childs_plans_end_with_its_age(self):
        child = self.make("张小宝", self.village_a1, "20240301", 7, file_created_on="2024-03-05")
        plans = {plan.code: plan for plan in child.plan_ids}
        self.assertEqual(set(plans), {"child", "child_tcm"})
        self.assertEqual(str(plans["child"].date_to), "2031-02-28")
        self.assertEqual(str(plans["child"].anchor_on), "2024-03-01")

    def test_plans_follow_from_key_groups(self):
        member = self.join(self.wang, "hypertension")
        self.assertEqual(self.codes(self.wang), ["chronic_exam", "hypertension"])
        plan = self.wang.plan_ids.filtered(lambda plan: plan.code == "hypertension")
        self.assertEqual((plan.date_from, plan.origin), (member.date_from, "group"))
        member.date_from -= timedelta(10)
        self.assertEqual(plan.date_from, member.date_from)
        member.date_to = self.today
        self.assertEqual(plan.date_to, self.today)
        self.assertEqual(self.codes(self.wang), [])

    def test_the_dead_have_nothing_due(self):
        self.join(self.wang, "hypertension")
        self.wang.write({"status": "died", "status_date": self.today - timedelta(3), "status_evidence": "证明"})
        rows = self.wang.plan_ids.followup_ids
        self.assertTrue(rows)
        self.assertFalse(rows.filtered(lambda row: row.state in ("open", "overdue", "planned", "muted")))

    def test_what_follows_from_facts_is_written_by_nobody(self):
        self.join(self.wang, "hypertension")
        doctor = self.as_user("village_doctor_a1", self.wang.plan_ids[0])
        with self.refused("follows from a key group, an age or a colour"):
            doctor.date_to = self.today
        with self.refused("never deleted"):
            self.wang.plan_ids.unlink()

    def test_a_plan_by_hand(self):
        plans = self.as_user("village_doctor_a1", self.env["bphs.plan"])
        clock = self.env.ref("bphs_service.bphs_clock_antenatal")
        vals = {"resident_id": self.wang.id, "clock_id": clock.id, "date_from": self.today}
        with self.refused("counted from a day"):
            plans.create(vals)
        plan = plans.create({**vals, "anchor_on": self.today - timedelta(60)})
        self.assertEqual(plan.followup_ids.mapped("state")[0], "open")
        with self.refused("bphs_plan_open_uniq", kind=UniqueViolation), mute_logger("odoo.sql_db"):
            plans.create({**vals, "anchor_on": self.today})
        draft = self.env.ref("bphs_service.bphs_clock_hypertension_db1404")
        with self.refused("is not published yet"):
            plans.create({**vals, "clock_id": draft.id})
        plan.date_to = self.today
        group = self.env["bphs.resident.group"].create({"resident_id": self.wang.id, "kind": "disabled"})
        for forged in ({"group_id": group.id}, {"origin": "group"}):
            with self.subTest(forged), self.refused("is set by the system"):
                self.ask("village_doctor_a1", "bphs.plan", "create", [{**vals, "anchor_on": self.today, **forged}])
            with self.subTest(forged), self.refused("is set by the system"):
                self.ask("village_doctor_a1", "bphs.plan", "write", plan.ids, forged)

    def test_a_clock_of_hidden_illness_hides_its_plans(self):
        plan = self.env["bphs.plan"].create(
            {"resident_id": self.wang.id, "clock_id": self.env.ref("bphs_service.bphs_clock_smi").id}
        )
        self.assertTrue(plan.clock_id.sensitive)
        self.assertFalse(self.wang.restricted, "begun before anybody entered the group")
        own = [("resident_id", "=", self.wang.id)]
        for model in ("bphs.plan", "bphs.followup"):
            self.assertTrue(self.env[model].search(own), model)
            self.assertFalse(self.as_user("team_leader_a", model).search(own), model)

    def test_unknown_groups_are_refused(self):
        clock = self.as_user("primary_care_officer", self.env["bphs.clock"]).create(
            {"name": "试", "code": "trial", "every_number": 1, "for_groups": "hypertension gout"}
        )
        with self.refused("gout is no key group"):
            clock.action_publish()

    def test_plans_and_rows_are_seen_like_the_file(self):
        self.join(self.wang, "hypertension")
        for model in ("bphs.plan", "bphs.followup"):
            own = [("resident_id", "=", self.wang.id)]
            self.assertTrue(self.as_user("team_leader_a", model).search(own), model)
            self.assertFalse(self.as_user("team_leader_b", model).search(own), model)
            self.assertFalse(self.as_user("primary_care_officer", model).search(own), model)
        self.env["bphs.resident.group"].create({"resident_id": self.wang.id, "kind": "smi"})
        self.env.flush_all()
        self.assertFalse(self.as_user("team_leader_a", "bphs.followup").search([("resident_id", "=", self.wang.id)]))

    def test_a_plan_that_follows_is_muted_on_its_form(self):
        self.join(self.wang, "hypertension")
        plan = self.as_user("village_doctor_a1", self.wang.plan_ids[0])
        self.assertNotEqual(plan.origin, "manual")
        plan.write({"mute_ids": [Command.create({"reason": "外出务工"})]})
        self.assertEqual(plan.mute_ids.mapped("reason"), ["外出务工"])

    def test_mutes_are_of_plans_in_scope(self):
        self.join(self.wang, "hypertension")
        vals = {"plan_id": self.wang.plan_ids[0].id, "reason": "联系不上"}
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", "bphs.plan.mute").create(vals)
        mute = self.as_user("village_doctor_a1", "bphs.plan.mute").create(vals)
        with self.refused("stays with its plan"):
            mute.plan_id = self.zhang.plan_ids[0]

    def test_a_merge_and_its_undoing_carry_plans_along(self):
        again = self.make("王晓明", self.village_a1, "19800203", 15)
        self.join(again, "hypertension")
        merge = self.as_user("township_public_health_a", again)._merge_into(
            self.as_user("township_public_health_a", self.wang), "同一人建了两份档案"
        )
        self.assertEqual(self.codes(self.wang), ["chronic_exam", "hypertension"])
        self.assertEqual(self.codes(again), [])
        merge.action_undo("弄错了，不是同一人")
        self.assertEqual(self.codes(again), ["chronic_exam", "hypertension"])
        self.assertEqual(self.codes(self.wang), [])

    # === WHAT IS HIDDEN OF SOMEBODY WHOM EVERYBODY SEES === #

    def hidden_plan(self, resident):
        """A plan that a named person began before anybody entered the group."""
        clock = self.env.ref("bphs_service.bphs_clock_smi")
        return self.env["bphs.plan"].create({"resident_id": resident.id, "clock_id": clock.id})

    def test_whether_there_is_a_hidden_plan_is_not_told_by_making_one(self):
        plan = self.hidden_plan(self.wang)
        own = self.env["bphs.plan"].create(
            {"resident_id": self.zhang.id, "clock_id": self.env.ref("bphs_service.bphs_clock_diabetes").id}
        )
        again = own.copy_data({"resident_id": self.wang.id})[0]
        shown = self.env["bphs.plan"].create(again)
        plans = self.as_user("village_doctor_a1", "bphs.plan")
        for resident in (self.wang, self.zhang):
            with self.denied("may not add this record"), self.env.cr.savepoint():
                plans.create({"resident_id": resident.id, "clock_id": plan.clock_id.id})
        for one in (own, shown):
            with self.denied("not yours to change"), self.env.cr.savepoint():
                one.with_user(self.user["village_doctor_a1"]).clock_id = plan.clock_id
        self.name_person("village_doctor_a1")
        self.assertTrue(plans.create({"resident_id": self.zhang.id, "clock_id": plan.clock_id.id}))

    def test_merging_tells_of_what_one_sees(self):
        again = self.make("王晓明", self.village_a1, "19800203", 15)
        clock = self.env.ref("bphs_service.bphs_clock_diabetes")
        self.env["bphs.plan"].create({"resident_id": again.id, "clock_id": clock.id})
        plan = self.hidden_plan(again)
        key = "township_public_health_a"
        dialogs = self.as_user(key, "bphs.resident.merging")
        dialog = dialogs.create({"first_id": self.wang.id, "second_id": again.id, "stays": "first"})
        name = self.env["ir.model"]._get("bphs.plan").name
        self.assertIn((name, 1, 0), dialog._link_lines())
        merge = self.as_user(key, again)._merge_into(self.as_user(key, self.wang), "同一人建了两份档案")
        self.assertEqual(plan.resident_id, self.wang, "it moves untold")
        self.assertIn(f"{name}: 1 moved", merge.explanation)
        with self.denied("linked"):
            merge.read(["linked"])
        plan.resident_id = self.zhang  # as another merge would
        with self.refused("What the merge had moved has been changed since"):
            merge.action_undo("弄错了，不是同一人")
        self.name_person(key)
        merge.invalidate_recordset()
        self.assertIn(f"{name}: 2 moved", merge.explanation)
        with self.refused("has been changed since the merge. Note the new value"):
            merge.action_undo("弄错了，不是同一人")

    def test_merges_of_before_tell_named_persons_alone_how_many(self):
        again = self.make("王晓明", self.village_a1, "19800203", 15)
        key = "township_public_health_a"
        merge = self.as_user(key, again)._merge_into(self.as_user(key, self.wang), "同一人建了两份档案")
        merge.sudo().linked = [{"model": "bphs.plan", "moved": 3, "stayed": 1}]
        self.assertNotIn("3 moved", merge.explanation)
        self.name_person(key)
        merge.invalidate_recordset()
        self.assertIn("3 moved", merge.explanation)
