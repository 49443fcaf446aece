from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ResidentCase

SPECIALIST, OFFICER = "county_specialist", "primary_care_officer"


@tagged("post_install", "-at_install")
class TestNoBrowsingByCounting(ResidentCase):
    """Who must search finds the person, not the next number of a run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env["bphs.household"].create({"division_id": cls.village_a1.id})
        cls.zhang.write({"household_id": cls.home.id, "relation": "head"})
        cls.zhang.group_ids = [Command.create({"kind": "diabetes", "date_from": "2020-01-01"})]
        cls.env.flush_all()

    def page(self, key, query, filters=None):
        self.env.invalidate_all()
        return self.as_user(key, self.Resident).search_page(query, filters)

    def test_not_by_numbers_that_run_on(self):
        number = self.zhang.ehr_number
        for key in (SPECIALIST, OFFICER):
            for query in (number, number[:14], number[:12], self.home.number, f"张三丰 {number}"):
                page = self.page(key, query)
                with self.subTest(key, query=query):
                    self.assertEqual((page["rows"], page["hint"]), ([], "person"))
        for query in (number, number[:14], self.home.number):
            self.assertEqual(self.names("village_doctor_a1", query)[:1], ["张三丰"], "others find as before")

    def test_by_the_whole_name_alone(self):
        self.make("王大明", self.village_a2, "19800203", 5)
        for key in (SPECIALIST, OFFICER):
            for query in ("张三丰", "zhangsanfeng", "甲一 张三丰"):
                self.assertEqual(self.names(key, query), ["张三丰"], (key, query))
            for query in ("三丰", "sanfeng", "zha", "zhang", "wang", "大明", "甲一村", "zsf", "zhangsf", "甲一 zsf"):
                self.assertEqual(self.names(key, query), [], (key, query))
        self.assertEqual(self.names(SPECIALIST, "张三"), ["张三"])

    def test_searches_by_name_are_entered_and_so_many_a_day(self):
        self.env["ir.config_parameter"].set_param("bphs_resident.searches_a_day", "2")
        key = SPECIALIST
        for query in ("张三丰", "张三丰", "没有这个人", "甲一村", "zsf", "wangxiaoming", "张三丰"):
            self.page(key, query)
        mine = [("user_id", "=", self.user[key].id)]
        entries = self.env["bphs.resident.access"].search([*mine, ("kind", "=", "search")], order="id")
        self.assertEqual(entries.mapped("nth"), [1, 2], "the same name once a day, and only where it finds somebody")
        self.assertEqual(entries.mapped("count"), [1, 1])
        self.assertFalse(entries.filtered(lambda entry: "张" in f"{entry.what}{entry.reason}{entry.fingerprint}"))
        page = self.page(key, "李晓霞")
        self.assertEqual((page["rows"], page["hint"]), ([], "names"))
        self.assertEqual(self.page(key, "张三丰")["rows"][0]["name"], "张三丰", "asked today already")
        limit = self.env["bphs.resident.access"].search([*mine, ("kind", "=", "search_limit")])
        self.assertEqual(limit.what, "2 searches by name")
        self.assertIn(limit, self.as_user("auditor", "bphs.resident.access").search([]))
        self.assertTrue(self.page(OFFICER, "李晓霞")["rows"], "others have their own")
        for query in ("张三丰", "王小明", "wangxiaoming", "zsf"):
            self.assertTrue(self.page("village_doctor_a1", query)["rows"], query)
        doctor = [("user_id", "=", self.user["village_doctor_a1"].id), ("kind", "=", "search")]
        self.assertFalse(self.env["bphs.resident.access"].search_count(doctor), "who may browse has no such limit")

    def test_which_place_in_the_day_an_opening_has_is_nobodys_to_read(self):
        """Of openings in a row the one that is missing would be that of a file for named persons."""
        self.name_person(SPECIALIST)
        for resident in (self.zhang, self.wang):
            self.as_user(SPECIALIST, resident).action_open("核查病情")
        log = self.as_user("auditor", "bphs.resident.access")
        mine = [("user_id", "=", self.user[SPECIALIST].id), ("kind", "=", "open")]
        self.assertTrue(log.search(mine).mapped("reason"))
        for ask in (
            lambda: log.search(mine).read(["nth"]),
            lambda: log.search(mine, order="nth"),
            lambda: log.search([("nth", "=", 1)]),
            lambda: log.formatted_read_group(mine, [], ["nth:max"]),
        ):
            with self.denied("nth"):
                ask()

    def test_a_name_narrowed_down_is_another_search(self):
        """Of a name that hundreds bear, each village, each standing and each further page tells of others."""
        self.env["ir.config_parameter"].set_param("bphs_resident.searches_a_day", "3")
        self.make("张三丰", self.village_b1, "19700101", 7)
        one, other = {"division_id": self.village_a1.id}, {"division_id": self.village_b1.id}
        for filters in ({}, one, one, other, {}):
            self.assertTrue(self.page(SPECIALIST, "张三丰", filters)["rows"], filters)
        mine = [("user_id", "=", self.user[SPECIALIST].id), ("kind", "=", "search")]
        entries = self.env["bphs.resident.access"].search(mine, order="id")
        self.assertEqual(entries.mapped("nth"), [1, 2, 3])
        for filters in ({"status": "active"}, {"institution_id": self.clinic_b1.id}, one | {"status": "active"}):
            page = self.page(SPECIALIST, "张三丰", filters)
            self.assertEqual((page["rows"], page["hint"]), ([], "names"), filters)
        page = self.as_user(SPECIALIST, self.Resident).search_page("张三丰", {}, 1, 1)
        self.assertEqual((page["rows"], page["hint"]), ([], "names"))

    def test_results_tell_of_no_group_and_no_household(self):
        for key in (SPECIALIST, OFFICER):
            (row,) = self.page(key, "张三丰")["rows"]
            self.assertEqual((row["groups"], row["household"]), ([], False))
            self.as_user(key, self.zhang).action_open("随访核查")
            (row,) = self.page(key, "张三丰")["rows"]
            self.assertIn("diabetes", row["groups"])
        (row,) = self.page("village_doctor_a1", "张三丰")["rows"]
        self.assertIn("diabetes", row["groups"])

    def test_no_filter_tells_it_either(self):
        self.assertFalse(self.as_user(SPECIALIST, self.Resident).search_words()["by_group"])
        for filters in ({"group": "diabetes"}, {"group": "copd"}, {"household_id": self.home.id}, {"household_id": -1}):
            rows = self.page(SPECIALIST, "张三丰", filters)["rows"]
            self.assertEqual([row["name"] for row in rows], ["张三丰"], filters)
        self.assertEqual(self.page("village_doctor_a1", "张三丰", {"group": "copd"})["rows"], [])

    def test_so_many_openings_a_day(self):
        self.env["ir.config_parameter"].set_param("bphs_resident.openings_a_day", "2")
        key = SPECIALIST
        for file in (self.zhang, self.wang, self.zhang):
            self.as_user(key, file).action_open("随访核查")
        with self.assertRaisesRegex(UserError, "2 files have been opened today"):
            self.as_user(key, self.li).action_open("随访核查")
        self.assertFalse(self.log(self.li, kind="open", user_id=self.user[key].id))
        self.as_user(key, self.zhang).action_open("再看一次")  # is open today already
        limit = self.env["bphs.resident.access"].search([("kind", "=", "opening_limit")])
        self.assertEqual((limit.user_id, limit.what), (self.user[key], "2 files opened"))
        self.assertIn(limit, self.as_user("auditor", "bphs.resident.access").search([]))
        self.as_user(OFFICER, self.li).action_open("随访核查")
        for file in (self.zhang, self.wang, self.li):
            self.as_user("township_public_health_a", file).action_open()  # who may browse has no such limit
        self.env.cr.execute("ALTER TABLE bphs_resident_access DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE bphs_resident_access SET date = date - %s, nth_on = nth_on - 1", [timedelta(days=1)]
        )
        self.env.invalidate_all()
        self.as_user(key, self.li).action_open("随访核查")

    def test_a_reason_has_words(self):
        doctor = self.as_user("village_doctor_a1", self.zhang)
        export = self.as_user("village_doctor_a1", "bphs.resident.export").create({"reason": "。"})
        closed = self.make("张三封", self.village_a1, "19500101", 3)
        merging = self.as_user("township_public_health_a", "bphs.resident.merging").create(
            {"first_id": self.zhang.id, "second_id": closed.id, "reason": "11"}
        )
        for reason in (".", "", None, "  ", "11", "aaa", "。。", "随"):
            for attempt in (
                lambda reason=reason: self.as_user(SPECIALIST, self.zhang).action_open(reason),
                lambda reason=reason: self.as_user(OFFICER, self.zhang).action_open(reason),
                lambda reason=reason: doctor.action_unmask("phone", reason),
            ):
                with self.subTest(reason), self.assertRaisesRegex(UserError, "Say in words"):
                    attempt()
        for attempt in (export.action_submit, merging.action_merge, merging.action_distinct):
            with self.assertRaisesRegex(UserError, "Say in words"):
                attempt()
