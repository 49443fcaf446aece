from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .common import ResidentCase, id_number


@tagged("post_install", "-at_install")
class TestSearch(ResidentCase):
    def test_a_person_is_found_by_all_that_is_known_of_them(self):
        number = id_number("19500101", 1)
        for query in (
            "张三丰",
            "三丰",
            "张",
            "丰",
            "zsf",
            "zhangsf",
            "zhangsanfeng",
            "sanf",
            "zh",
            number,
            f"张 {number[-4:]}",
            "13812341234",
            self.zhang.ehr_number,
            self.zhang.ehr_number[:14],
            "张 zsf",
            "甲一 张三丰",
        ):
            with self.subTest(query):
                self.assertIn("张三丰", self.names("village_doctor_a1", query))

    def test_groups_by_age_need_no_entry(self):
        """Who is old or young enough is in the group, in the rows, the filter and the file."""
        self.make("张小苗", self.village_a1, f"{self.zhang._county_today().year - 3}0101", 11)
        for group, name in (("elderly_65", "张三丰"), ("child_0_6", "张小苗")):
            page = self.as_user("village_doctor_a1", self.Resident).search_page("", {"group": group})
            self.assertEqual([row["name"] for row in page["rows"]], [name])
            self.assertEqual([row["groups"] for row in page["rows"]], [[group]])
        self.assertEqual(self.names("village_doctor_a1", "张", {"group": "elderly_65"}), ["张三丰"])
        kinds = dict(self.env["bphs.resident.group"]._fields["kind"]._description_selection(self.env))
        self.assertEqual(self.zhang.glance, [kinds["elderly_65"]])
        self.assertFalse(self.wang.glance)

    def test_a_group_holds_until_its_last_day(self):
        today = self.wang._county_today()
        self.wang.group_ids = [
            Command.create({"kind": "pregnant", "date_from": "2020-01-01", "date_to": today + timedelta(40)}),
            Command.create({"kind": "diabetes", "date_from": "2020-01-01", "date_to": today - timedelta(1)}),
        ]
        for group, found in (("pregnant", ["王小明"]), ("diabetes", [])):
            with self.subTest(group):
                self.assertEqual(self.names("village_doctor_a1", "", {"group": group}), found)
        (row,) = self.as_user("village_doctor_a1", self.Resident).search_page("王小明")["rows"]
        self.assertEqual(row["groups"], ["pregnant"])

    def test_another_township_is_not_found(self):
        for query in ("张三", "zs", id_number("19700101", 5), "13800000000", self.zhang_b.ehr_number):
            with self.subTest(query):
                self.assertNotIn("张三", self.names("township_public_health_a", query))
                self.assertIn("张三", self.names("township_public_health_b", query))

    def test_whom_one_may_not_see_takes_nobodys_place(self):
        """The index hands over a bounded number of people: of another township or hidden ones are not among them."""
        phone = "13900001111"
        self.make("赵一", self.village_b1, "19700101", 21, phone=phone)
        hidden = Command.create({"kind": "smi", "date_from": "2020-01-01", "basis": "档案"})
        self.make("赵二", self.village_a1, "19700101", 23, phone=phone, group_ids=[hidden])
        self.make("赵三", self.village_a1, "19700101", 25, phone=phone)
        with patch("odoo.addons.bphs_resident.models.finding.bphs_resident_search.CANDIDATES", 1):
            for key in ("township_public_health_a", "village_doctor_a1", "primary_care_officer"):
                with self.subTest(key):
                    found = self.names(key, phone)
                    # Of the two whom the county sees the database finds either first.
                    seen = ["赵三"] if key != "primary_care_officer" else ["赵一", "赵三"]
                    self.assertTrue(len(found) == 1 and found[0] in seen, found)

    def test_whole_names_come_first(self):
        self.make("张三", self.village_a1, "19810101", 9)
        self.assertEqual(self.names("township_public_health_a", "张三"), ["张三", "张三丰"])

    def test_an_empty_box_shows_the_files_opened_last(self):
        self.as_user("village_doctor_a1", self.zhang).action_open()
        page = self.as_user("village_doctor_a1", self.Resident).search_page("")
        self.assertTrue(page["recent"])
        self.assertEqual([row["id"] for row in page["rows"]], self.zhang.ids)

    def test_signs_alone_find_nobody(self):
        self.as_user("village_doctor_a1", self.zhang).action_open()
        for query in ("%", "＿", "?!", "。"):
            page = self.as_user("village_doctor_a1", self.Resident).search_page(query)
            with self.subTest(query):
                self.assertEqual((page["rows"], page["recent"]), ([], False))

    def test_a_moved_clinic_takes_its_files_along(self):
        self.clinic_a1.parent_id = self.township_b
        self.env.flush_all()
        self.assertEqual(self.zhang.township_id, self.township_b)
        self.assertEqual(self.names("township_public_health_b", "张三丰"), ["张三丰"])
        self.assertFalse(self.names("township_public_health_a", "张三丰"))

    def test_choosing_fields_find_by_the_same(self):
        found = self.as_user("village_doctor_a1", self.Resident).name_search("zsf")
        self.assertEqual([id_ for id_, __ in found], self.zhang.ids)
