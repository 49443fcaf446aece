from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestFacts(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["bphs.visit"]._county_today()

    def fact(self, model="bphs.condition", resident=None, key="village_doctor_a1", **vals):
        return self.as_user(key, model).create({"resident_id": (resident or self.zhang).id, **vals})

    def facts_of(self, resident, model="bphs.condition"):
        facts = self.env[model].search([("resident_id", "=", resident.id)], order="id")
        return [(fact.kind, fact.date_from or None, fact.date_to or None, fact.source, fact.state) for fact in facts]

    def groups_of(self, resident):
        return {(g.kind, g.date_to or None) for g in resident.group_ids}

    # === THE FACTS THEMSELVES === #

    def test_a_fact_keeps_who_entered_it_and_when(self):
        condition = self.fact(kind="chd", date_from="2019-05-01", place="县医院", stage="II")
        self.assertEqual(condition.entered_on, self.today)
        self.assertEqual(condition.entered_by_id, self.user["village_doctor_a1"])
        self.assertEqual(condition.source, "entered")
        self.assertFalse(condition.is_complication)
        self.assertTrue(self.fact(kind="retinopathy").is_complication)
        condition.stage = "III"
        for name, value in (("resident_id", self.wang.id), ("kind", "ckd"), ("source", "exam"), ("state", "voided")):
            with self.refused("is set by the steps"):
                condition[name] = value
            condition.invalidate_recordset()
        imported = self.fact(kind="ckd", source="imported")
        self.assertEqual(imported.source, "entered", "a client does not say where it comes from")

    def test_days_that_cannot_be(self):
        tomorrow = self.today + timedelta(days=1)
        with self.refused("a day to come is none"):
            self.fact(kind="ckd", date_from=tomorrow)
        with self.refused("a day to come is none"):
            self.fact("bphs.acute.event", kind="fall", event_on=tomorrow)
        with self.refused("before the resident was born"):
            self.fact(kind="ckd", date_from="1949-12-31")
        with self.refused("bphs_condition_dates_check", kind=CheckViolation), mute_logger("odoo.sql_db"):
            self.fact(kind="ckd", date_from="2020-01-02", date_to="2020-01-01")
        self.zhang.write({"status": "died", "status_date": self.today, "status_evidence": "证明"})
        self.assertTrue(self.fact(kind="chd", date_from=self.today))
        self.zhang.write({"status_date": self.today - timedelta(days=3)})
        with self.refused("nothing began after it"):
            self.fact("bphs.acute.event", kind="fall", event_on=self.today)

    def test_one_of_a_kind_runs_at_a_time(self):
        first = self.fact(kind="ckd", date_from="2020-01-01", stage="3 期")
        with self.refused("bphs_condition_open_uniq", kind=UniqueViolation), mute_logger("odoo.sql_db"):
            self.fact(kind="ckd")
        first.date_to = "2024-01-01"
        second = self.fact(kind="ckd", date_from="2024-01-02", stage="4 期")
        self.assertEqual((first.running, second.running), (False, True))

    def test_what_runs_on_a_day(self):
        known = self.fact(kind="ckd", date_from=self.today)
        ended = self.fact(kind="chd", date_from="2020-01-01", date_to=self.today)
        unknown = self.fact(kind="dementia")
        over = self.fact(kind="copd", date_to=self.today - timedelta(days=1))
        voided = self.fact(kind="neuropathy")
        voided.action_void("录错")
        facts = known | ended | unknown | over | voided
        self.assertEqual(facts.filtered("running"), known | ended | unknown)
        found = self.env["bphs.condition"].search([("id", "in", facts.ids), ("running", "=", True)])
        self.assertEqual(found, facts.filtered("running").sorted())

    def test_it_is_voided_with_a_reason_and_never_deleted(self):
        event = self.fact("bphs.acute.event", kind="stroke", event_on="2025-03-01")
        with self.refused("bphs_acute_event_day_uniq", kind=UniqueViolation), mute_logger("odoo.sql_db"):
            self.fact("bphs.acute.event", kind="stroke", event_on="2025-03-01")
        with self.refused("never deleted"):
            self.env["bphs.acute.event"].browse(event.id).unlink()
        with self.refused("Say why"):
            event.action_void(" ")
        event.action_void("别人的事")
        self.assertEqual((event.state, event.step_reason), ("voided", "别人的事"))
        with self.refused("Enter it anew"):
            event.note = "补充"
        self.assertTrue(self.fact("bphs.acute.event", kind="stroke", event_on="2025-03-01"))

    def test_it_stands_in_the_timeline(self):
        self.fact(kind="chd", date_from="2019-05-01", date_to="2024-05-01")
        self.fact("bphs.acute.event", kind="hip_fracture", event_on="2025-02-03", place="县医院")
        self.fact("bphs.social.fact", kind="no_carer", date_from="2025-02-20")
        told = self.as_user("village_doctor_a1", self.zhang).timeline()
        self.assertEqual(
            [(event["date"], event["title"]) for event in told if event["kind"] in ("condition", "acute", "social")],
            [
                ("2025-02-20", "Without a Carer"),
                ("2025-02-03", "Hip Fracture"),
                ("2024-05-01", "Over: Coronary Heart Disease"),
                ("2019-05-01", "Coronary Heart Disease"),
            ],
        )

    def test_facts_are_entered_on_the_file(self):
        zhang = self.as_user("village_doctor_a1", self.zhang)
        zhang.write({"condition_ids": [Command.create({"kind": "dementia", "date_from": "2023-04-01"})]})
        self.assertEqual(self.facts_of(self.zhang)[0][0], "dementia")
        self.assertIn("Dementia", self.zhang.glance)

    # === THE REGISTER FOLLOWS === #

    def test_a_key_group_follows_from_a_condition(self):
        condition = self.fact(kind="hypertension", date_from="2018-06-01", place="镇卫生院")
        (member,) = self.zhang.group_ids
        self.assertEqual((member.kind, member.date_from, member.basis), ("hypertension", self.today, "镇卫生院"))
        self.assertIn("hypertension", self.zhang.plan_ids.mapped("code"))
        condition.date_to = self.today
        self.assertEqual(self.groups_of(self.zhang), {("hypertension", self.today)})
        self.assertEqual(self.zhang.plan_ids.filtered(lambda plan: plan.code == "hypertension").date_to, self.today)

    def test_a_voided_condition_ends_the_group(self):
        condition = self.fact(kind="diabetes")
        condition.action_void("误诊")
        self.assertEqual(self.groups_of(self.zhang), {("diabetes", self.today)})

    def test_a_mark_follows_from_a_social_fact(self):
        alone = self.fact("bphs.social.fact", kind="living_alone", date_from="2024-01-01")
        self.assertTrue(self.zhang.living_alone)
        alone.date_to = self.today
        self.assertFalse(self.zhang.living_alone)
        alone = self.fact("bphs.social.fact", kind="living_alone")
        self.assertTrue(self.zhang.living_alone)
        alone.action_void("录错")
        self.assertFalse(self.zhang.living_alone)

    def test_a_mark_has_no_end_to_come(self):
        tomorrow = self.today + timedelta(days=1)
        with self.refused("when it has come"):
            self.fact("bphs.social.fact", kind="disability_card", date_to=tomorrow)
        self.assertTrue(self.fact("bphs.social.fact", kind="special_family", date_to=tomorrow).running)
        self.assertEqual(self.groups_of(self.zhang), {("special_family", tomorrow)})

    # === WHAT THE REGISTER SAYS IS TAKEN IN === #

    def test_a_key_group_entered_is_a_condition_since_unknown(self):
        self.zhang.group_ids = [Command.create({"kind": "hypertension", "date_from": "2024-02-01"})]
        self.assertEqual(self.facts_of(self.zhang), [("hypertension", None, None, "register", "recorded")])
        self.zhang.condition_ids.with_user(self.user["village_doctor_a1"]).date_from = "2015-01-01"
        self.assertEqual(self.zhang.group_ids.date_from.isoformat(), "2024-02-01", "looked after since then")
        self.zhang.group_ids.date_to = "2025-01-31"
        self.assertEqual(self.zhang.condition_ids.date_to.isoformat(), "2025-01-31")

    def test_groups_and_marks_at_creation(self):
        chen = self.make(
            "陈大爷",
            self.village_a1,
            "19440101",
            9,
            living_alone=True,
            group_ids=[Command.create({"kind": "copd"}), Command.create({"kind": "special_family"})],
        )
        self.assertEqual([fact[0] for fact in self.facts_of(chen)], ["copd"])
        social = self.facts_of(chen, "bphs.social.fact")
        self.assertEqual({fact[0] for fact in social}, {"living_alone", "special_family"})

    def test_a_mark_set_and_taken_off(self):
        self.zhang.living_alone = True
        self.assertEqual(
            self.facts_of(self.zhang, "bphs.social.fact"), [("living_alone", None, None, "register", "recorded")]
        )
        self.zhang.living_alone = False
        self.assertEqual(self.zhang.social_ids.date_to, self.today)

    def test_a_group_that_never_was_voids_its_fact(self):
        member = self.zhang.group_ids.create({"resident_id": self.zhang.id, "kind": "poverty_relieved"})
        member.unlink()
        self.assertEqual(self.zhang.social_ids.state, "voided")
        member = self.zhang.group_ids.create({"resident_id": self.zhang.id, "kind": "low_income"})
        member.kind = "disabled"
        states = {fact.kind: fact.state for fact in self.zhang.social_ids}
        self.assertEqual(states, {"poverty_relieved": "voided", "low_income": "voided", "disabled": "recorded"})

    def test_rolls_loaded_past_the_file_are_taken_in_once(self):
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO bphs_resident_group (resident_id, kind, date_from) VALUES (%s, 'tb', '2025-01-01')",
            (self.wang.id,),
        )
        self.env.cr.execute("UPDATE bphs_resident SET empty_nest = TRUE WHERE id = %s", (self.li.id,))
        self.env.invalidate_all()
        for __ in range(2):
            self.Resident._cron_take_in_facts()
            self.assertEqual(self.facts_of(self.wang), [("tb", None, None, "register", "recorded")])
            self.assertTrue(self.wang.condition_ids.sensitive)
            self.assertEqual([fact[0] for fact in self.facts_of(self.li, "bphs.social.fact")], ["empty_nest"])

    # === MERGING === #

    def test_facts_follow_a_merged_file(self):
        self.fact(kind="chd", date_from="2019-05-01")
        both = [self.fact(kind="ckd", resident=one, key="team_leader_a") for one in (self.zhang, self.li)]
        fall = self.fact("bphs.acute.event", kind="fall", event_on="2025-01-05")
        self.fact("bphs.acute.event", kind="fall", event_on="2025-01-05", resident=self.li, key="team_leader_a")
        self.zhang.living_alone = True
        merge = self.zhang._merge_into(self.li, "同一人")
        self.assertEqual({fact.kind for fact in self.li.condition_ids}, {"chd", "ckd"})
        self.assertEqual(both[0].resident_id, self.zhang, "the file that stays has it already")
        self.assertEqual(fall.resident_id, self.zhang)
        self.assertEqual(self.li.social_ids.filtered("running").mapped("kind"), ["living_alone"])
        merge.action_undo("不是同一人")
        self.assertEqual({fact.kind for fact in self.zhang.condition_ids}, {"chd", "ckd"})
        self.assertFalse(self.li.living_alone)
        self.assertFalse(self.li.social_ids.filtered(lambda fact: not fact.date_to))
