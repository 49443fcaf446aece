from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestDay(ServiceCase):
    """A village doctor's list: whose turn it is, where the house is, what else is due in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["bphs.visit"]._county_today()
        cls.far, cls.near = cls.env["bphs.household"].create(
            [
                {"division_id": cls.village_a1.id, "nickname": "老槐树王家", "landmark": "水塔旁", "door_order": 9},
                {"division_id": cls.village_a1.id, "door_order": 2, "address": "村东1号"},
            ]
        )
        cls.zhang.household_id = cls.far
        cls.wang.household_id = cls.near
        cls.chen = cls.make("陈大妈", cls.village_a1, "19550101", 8, household_id=cls.far.id)
        for resident in (cls.zhang, cls.wang, cls.chen):
            resident.group_ids = [Command.create({"kind": "hypertension", "date_from": cls.today - timedelta(days=80)})]
        cls.env.flush_all()

    def rows(self, key="village_doctor_a1", code="hypertension"):
        rows = self.as_user(key, "bphs.followup")
        found = rows.search([("clock_id.code", "=", code), ("state", "in", ("open", "overdue"))])
        return found.filtered(lambda row: row.resident_id in self.zhang | self.wang | self.chen)

    def test_door_by_door_where_nothing_else_comes_first(self):
        houses = [row.household_id for row in self.rows()]
        self.assertEqual(houses, [self.near, self.far, self.far])

    def test_a_row_lies_where_its_person_lives(self):
        """At once where somebody moves house or village; what is stored past the ORM follows in the night."""
        rows = self.chen.plan_ids.followup_ids
        self.assertEqual((rows.institution_id, set(rows.mapped("door_order"))), (self.clinic_a1, {9}))
        self.far.door_order = 1
        self.assertEqual([row.household_id for row in self.rows()], [self.far, self.far, self.near])
        self.far.door_order = False
        self.assertEqual([row.household_id for row in self.rows()], [self.near, self.far, self.far], "unplaced is last")
        self.chen.household_id = self.near
        self.assertEqual((rows.household_id, set(rows.mapped("door_order"))), (self.near, {2}))
        self.clinic_a1.village_ids -= self.village_a1
        self.clinic_a2.village_ids |= self.village_a1
        self.assertEqual(rows.institution_id, self.clinic_a2)
        self.assertFalse(self.rows())
        self.assertTrue(self.rows("village_doctor_a2"))
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_followup SET household_id = NULL, door_order = 5, institution_id = %s",
                            [self.clinic_b1.id])  # fmt: skip
        self.env.invalidate_all()
        self.env["bphs.plan"]._put_in_place()
        self.assertEqual((rows.household_id, rows.institution_id), (self.near, self.clinic_a2))
        self.assertEqual(set(rows.mapped("door_order")), {2})

    def test_danger_comes_first(self):
        self.visit("village_doctor_a1", self.chen, "elder_exam", systolic=190)
        rows = self.rows()
        self.assertEqual(rows[0].resident_id, self.chen)
        self.assertEqual(rows.mapped("in_danger"), [True, False, False])
        self.assertEqual(self.as_user("village_doctor_a1", "bphs.followup").search(
            [("in_danger", "=", True), ("id", "in", rows.ids)]), rows[0])  # fmt: skip
        reversed_rows = rows.search([("id", "in", rows.ids)], order="in_danger desc, id")
        self.assertEqual(reversed_rows[-1].resident_id, self.chen)

    def test_danger_that_named_persons_found_is_told_to_them(self):
        """Of somebody whom everybody sees: in danger without a finding one sees would tell that there is another."""
        exam = self.visit("village_doctor_a1", self.chen, "elder_exam", systolic=190)
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [exam.id])
        self.env.invalidate_all()
        self.assertFalse(
            self.as_user("village_doctor_a1", exam.sudo().finding_ids).sudo(False)._filtered_access("read")
        )
        rows = self.rows()
        in_danger = [("in_danger", "=", True), ("id", "in", rows.ids)]
        self.assertNotIn(True, rows.mapped("in_danger"))
        self.assertFalse(self.as_user("village_doctor_a1", "bphs.followup").search(in_danger))
        self.assertNotEqual(self.rows()[0].resident_id, self.chen)
        self.name_person("village_doctor_a1")
        self.env.invalidate_all()
        self.assertEqual(self.rows()[0].resident_id, self.chen)
        self.assertTrue(self.as_user("village_doctor_a1", "bphs.followup").search(in_danger))

    def test_the_longer_overdue_comes_first(self):
        zhang = self.zhang.group_ids
        zhang.date_from = self.today - timedelta(days=100)
        rows = self.rows()
        self.assertEqual(rows[0].resident_id, self.zhang)
        self.assertEqual(rows.mapped("overdue_days")[1:], [0, 0])
        self.assertGreater(rows[0].overdue_days, 0)

    def test_how_the_house_is_found_and_what_else_is_due_there(self):
        rows = {row.resident_id: row for row in self.rows()}
        self.assertEqual(rows[self.zhang].house_words, "老槐树王家 · 水塔旁")
        self.assertEqual(rows[self.wang].house_words, "村东1号")
        others = self.as_user("village_doctor_a1", "bphs.followup").search_count(
            [("household_id", "=", self.far.id), ("state", "in", ("open", "overdue"))]
        )
        self.assertEqual(rows[self.zhang].house_more, others - 1)

    def test_once_done_it_says_what_else_is_due_in_the_house(self):
        visit = self.visit("village_doctor_a1", self.zhang, result="satisfied")
        self.assertIn("陈大妈", visit.house_due_words)
        action = visit.action_next_in_house()
        self.assertEqual(action["res_model"], "bphs.visit")
        self.assertIn(action["context"]["default_resident_id"], (self.zhang | self.chen).ids)
        self.assertFalse(self.visit("village_doctor_a1", self.zhang, complete=False).house_due_words)

    def test_a_house_with_nothing_more_leads_back_to_the_list(self):
        home = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        alone = self.make("孤老", self.village_a1, "19900101", 31, household_id=home.id)
        visit = self.visit("village_doctor_a1", alone, "contract_service", service_kind="other")
        self.assertFalse(visit.house_due_words)
        self.assertEqual(visit.action_next_in_house()["res_model"], "bphs.followup")

    def test_a_call_is_one_tap_and_logged_with_the_row_as_its_reason(self):
        row = self.rows().filtered(lambda one: one.resident_id == self.zhang)
        self.assertTrue(row.may_call)
        self.assertEqual(row.action_call()["url"], "tel:13812341234")
        (entry,) = self.log(self.zhang, kind="unmask")
        self.assertIn(str(row.due_on), entry.reason)
        self.assertFalse(self.rows().filtered(lambda one: one.resident_id == self.wang).may_call, "no telephone")
        director = row.with_user(self.user["township_director_a"])
        self.assertFalse(director.may_call)
        with self.denied("does not see whole numbers"):
            director.action_call()
        with self.denied("not within your scope"):
            row.with_user(self.user["village_doctor_b1"]).action_call()

    def test_reading_where_a_house_is_is_reading_of_its_people(self):
        mine = [("user_id", "=", self.user["team_leader_a"].id), ("kind", "=", "list")]
        before = self.env["bphs.resident.access"].search_count(mine)
        self.as_user("team_leader_a", self.far).read(["landmark"])
        self.assertEqual(self.env["bphs.resident.access"].search_count(mine), before + 1)

    def test_the_first_page_says_how_far_the_month_is(self):
        cards = {card.key: card for card in self.as_user("village_doctor_a1", "bphs.home")._cards()}
        told, danger, overdue, __ = cards["services"].lines
        self.assertRegex(told.value, r"^\d+ of \d+$")
        rows = self.as_user("village_doctor_a1", "bphs.followup")
        before = rows.search_count(danger.domain)
        self.visit("village_doctor_a1", self.chen, "elder_exam", systolic=190)
        self.assertGreater(rows.search_count(danger.domain), before)
        self.assertNotIn("services", {card.key for card in self.as_user("auditor", "bphs.home")._cards()})
